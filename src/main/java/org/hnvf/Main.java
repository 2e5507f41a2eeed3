package org.hnvf;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.hnvf.cli.Cli;

/** The program. The only place that ends the process. */
public final class Main {
  private Main() {}

  /** Runs the command line and exits with what came of it. */
  public static void main(String[] args) {
    Cli cli =
        new Cli(
            new PrintWriter(System.out, false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            Path.of(System.getProperty("user.home")));
    System.exit(cli.run(List.of(args)));
  }
}
