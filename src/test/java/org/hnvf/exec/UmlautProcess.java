package org.hnvf.exec;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;

/** A Java that runs a program with text outside ASCII in its arguments and its environment. */
final class UmlautProcess {

  /** Its output in bytes if the argument arrives unchanged. */
  static final String ARRIVED = "arrived 42 c3 bc 72 6f c3 9f";

  private UmlautProcess() {}

  /** Prints what arrived, or why it was not run. */
  public static void main(String[] arguments) {
    Command command =
        Command.reading(
                Duration.ofMinutes(1),
                "/bin/sh",
                "-c",
                "printf '%s%s' \"$0\" \"$SHARP_S\" | od -An -tx1",
                "B\u00fcro")
            .withEnvironment(ImmutableMap.of("SHARP_S", "\u00df"));
    CommandResult result = new ProcessRunner().run(command);
    System.out.println(result.succeeded() ? "arrived" + result.stdout() : result.summary());
  }
}
