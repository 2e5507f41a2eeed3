package org.hnvf.lab;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.hnvf.cli.FastLane;
import org.hnvf.cli.ProductGuests;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;

/** The laboratory. The only place of it that ends the process. */
public final class Main {
  private Main() {}

  /**
   * Runs the command line and exits with what came of it. It knows all verbs of the product, too; a
   * daemon on a simulated guest takes the same lane as any other, and is as small.
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    SimulatedGuests guests =
        new SimulatedGuests(new ProductGuests(), Path.of(System.getProperty("user.home")));
    List<String> words = List.of(args);
    OptionalInt status = new FastLane(out, err, guests).run(words);
    System.exit(
        status.isPresent() ? status.getAsInt() : LabVerbs.commandLine(out, err, guests).run(words));
  }
}
