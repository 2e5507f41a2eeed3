package org.hnvf.freebsd;

import java.util.Optional;
import org.hnvf.model.Command;

/**
 * The argument vectors of pfctl(8), and the beginnings of its output. hnvf reads the loaded rules
 * and never a file: the kernel's rules have macros resolved, lists expanded and anchors included
 * (transcript 73).
 */
public final class Pfctl {

  /**
   * The error text if the module is not loaded: err(1, "%s", pf_device) of main() in
   * sbin/pfctl/pfctl.c, which opens /dev/pf before anything else. Not recorded.
   */
  public static final String NO_DEVICE = "/dev/pf: No such file or directory";

  private static final String PROGRAM = "pfctl";
  private static final String EVERY_ANCHOR = "*";

  private Pfctl() {}

  /** Shows in the first line whether pf is enabled. */
  public static Command status() {
    return Command.reading(TimeLimits.QUESTION, PROGRAM, "-si");
  }

  /** The loaded filter rules, including those of all anchors. */
  public static Command rules() {
    return Command.reading(TimeLimits.QUESTION, PROGRAM, "-a", EVERY_ANCHOR, "-sr");
  }

  /** The loaded translation rules, including those of all anchors. */
  public static Command nat() {
    return Command.reading(TimeLimits.QUESTION, PROGRAM, "-a", EVERY_ANCHOR, "-sn");
  }

  /** Shows the interfaces and groups of pf, with {@code (skip)} if pf skips them. */
  public static Command interfaces() {
    return Command.reading(TimeLimits.QUESTION, PROGRAM, "-vsI");
  }

  /**
   * Returns whether the output of {@link #status} says enabled; empty if it says neither enabled
   * nor disabled.
   */
  public static Optional<Boolean> isEnabled(String text) {
    if (text.startsWith("Status: Enabled")) {
      return Optional.of(true);
    }
    return text.startsWith("Status: Disabled") ? Optional.of(false) : Optional.empty();
  }
}
