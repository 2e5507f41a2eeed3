package org.hnvf.freebsd;

import java.util.Optional;
import org.hnvf.model.Command;

/**
 * The argument vectors of pfctl(8), and how it begins its answers. What is loaded is asked for,
 * never a file: macros are resolved then, lists expanded, anchors opened (transcript 73).
 */
public final class Pfctl {

  /**
   * What it complains of where the module is not loaded: err(1, "%s", pf_device) of main() in
   * sbin/pfctl/pfctl.c, which opens /dev/pf before anything else. Not recorded.
   */
  public static final String NO_DEVICE = "/dev/pf: No such file or directory";

  private static final String PROGRAM = "pfctl";
  private static final String EVERY_ANCHOR = "*";

  private Pfctl() {}

  /** Whether it is enabled, in the first line. */
  public static Command status() {
    return Command.reading(TimeLimits.QUESTION, PROGRAM, "-si");
  }

  /** The loaded filter rules, those of all anchors in their places. */
  public static Command rules() {
    return Command.reading(TimeLimits.QUESTION, PROGRAM, "-a", EVERY_ANCHOR, "-sr");
  }

  /** The loaded translation rules, those of all anchors in their places. */
  public static Command nat() {
    return Command.reading(TimeLimits.QUESTION, PROGRAM, "-a", EVERY_ANCHOR, "-sn");
  }

  /** The interfaces and groups that it knows, with {@code (skip)} where they are passed over. */
  public static Command interfaces() {
    return Command.reading(TimeLimits.QUESTION, PROGRAM, "-vsI");
  }

  /** Whether the answer to {@link #status} says enabled; empty where it says neither. */
  public static Optional<Boolean> isEnabled(String text) {
    if (text.startsWith("Status: Enabled")) {
      return Optional.of(true);
    }
    return text.startsWith("Status: Disabled") ? Optional.of(false) : Optional.empty();
  }
}
