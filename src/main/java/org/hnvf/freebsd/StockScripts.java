package org.hnvf.freebsd;

import org.hnvf.model.Command;

/** The scripts of the base system that hnvf replaces, {@code hyperv_vfattach} and -{@code up}. */
public final class StockScripts {

  /** The pattern of their command lines, for pgrep(1) and pkill(1). */
  public static final String PATTERN = "^/bin/sh /usr/libexec/hyperv/hyperv_vf(attach|up) ";

  private StockScripts() {}

  /** Shows the ids of those that run; exit status 1 if no such script runs. */
  public static Command running() {
    return Command.reading(TimeLimits.PS, "pgrep", "-f", PATTERN);
  }
}
