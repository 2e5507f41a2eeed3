package org.hnvf.sim;

import java.util.List;

/**
 * jls(8) of a guest without jails, and kldstat(8), which knows if_lagg(4) alone (transcript 21); a
 * test may put programs of its own in their place.
 */
final class MiscPrograms {
  private static final String LAGG = "if_lagg";

  private final SimState state;

  MiscPrograms(SimState state) {
    this.state = state;
  }

  /** {@code jls -n PARAMETER...}: a line a jail. */
  void jls(Job job) {
    job.status(0);
  }

  /** {@code kldstat [-q] -m MODULE}: whether the kernel has a module. */
  void kldstat(Job job) {
    List<String> args = job.args();
    String options = String.join("", args.subList(0, Math.max(0, args.size() - 1)));
    if (!options.matches("-m|-qm|-q-m")) {
      job.fail(1, "kldstat: the simulated guest knows only [-q] -m MODULE");
      return;
    }
    boolean quiet = options.startsWith("-q");
    String module = args.get(args.size() - 1);
    if (state.laggLoaded && module.equals(LAGG)) {
      job.out(quiet ? "" : "Id  Refs Name\n140    1 if_lagg\n");
    } else {
      job.status(1);
      job.err(quiet ? "" : "kldstat: can't find module " + module + ": " + missing());
    }
  }

  private static String missing() {
    return Errno.ENOENT.text() + "\n";
  }
}
