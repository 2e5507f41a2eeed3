package org.hnvf;

import org.hnvf.model.ExitCode;

/** The program. The only place that ends the process. */
public final class Main {
  private Main() {}

  /** Runs the command line and exits with what came of it. */
  public static void main(String[] args) {
    System.exit(ExitCode.USAGE.status());
  }
}
