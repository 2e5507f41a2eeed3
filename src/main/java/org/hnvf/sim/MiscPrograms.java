package org.hnvf.sim;

import java.util.List;

/**
 * jls(8) and kldstat(8) of a guest that has neither jails nor netgraph(4), unless a test puts a
 * program of its own in their place.
 */
final class MiscPrograms {

  private MiscPrograms() {}

  /** {@code jls -n PARAMETER...}: a line a jail. */
  static void jls(Job job) {
    job.status(0);
  }

  /** {@code kldstat -q -m MODULE}: whether the kernel has a module. */
  static void kldstat(Job job) {
    List<String> args = job.args();
    if (args.size() == 3 && args.get(0).equals("-q") && args.get(1).equals("-m")) {
      job.status(1);
    } else {
      job.fail(1, "kldstat: the simulated guest knows only -q -m MODULE");
    }
  }
}
