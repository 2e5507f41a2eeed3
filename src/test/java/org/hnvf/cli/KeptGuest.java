package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;

/** A simulated guest that is kept in a directory, and the command line on it. */
final class KeptGuest {

  private final Path directory;

  KeptGuest(Path directory) {
    this.directory = directory;
  }

  /** The answer to a command line. */
  record Answer(int status, String out, String err) {}

  /** Runs words that blanks separate, on the guest. */
  Answer hnvf(String words) {
    return elsewhere(words + " --sim=" + directory.resolve("guest"));
  }

  /** Runs words that blanks separate, of a verb without a guest. */
  Answer elsewhere(String words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        LabVerbs.commandLine(
                new PrintWriter(out),
                new PrintWriter(err),
                new SimulatedGuests(new ProductGuests(), directory))
            .run(ImmutableList.copyOf(words.split(" ")));
    return new Answer(status, out.toString(), err.toString());
  }
}
