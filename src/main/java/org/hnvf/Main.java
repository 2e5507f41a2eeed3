package org.hnvf;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.hnvf.cli.Cli;
import org.hnvf.cli.FastLane;
import org.hnvf.cli.GuestOpener;
import org.hnvf.cli.ProductGuests;

/** The main class of the product. It is the only place that ends the process. */
public final class Main {
  private Main() {}

  /**
   * Runs the command line and exits with its status. An event of devd and the daemon are run
   * without the parser of command lines, whose start would take longer than they do.
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    GuestOpener guests = new ProductGuests();
    List<String> words = List.of(args);
    OptionalInt status = new FastLane(out, err, guests).run(words);
    System.exit(status.isPresent() ? status.getAsInt() : new Cli(out, err, guests).run(words));
  }
}
