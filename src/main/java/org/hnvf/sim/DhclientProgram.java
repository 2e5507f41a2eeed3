package org.hnvf.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** dhclient(8) as it is started: it returns when it is bound, or with {@code -b} at once. */
final class DhclientProgram implements GuestCommand {
  private static final String USAGE =
      "usage: dhclient [-bdnqu] [-c conffile] [-l leasefile] interface\n";

  private final Kernel kernel;
  private final Dhclients dhclients;

  DhclientProgram(Kernel kernel, Dhclients dhclients) {
    this.kernel = kernel;
    this.dhclients = dhclients;
  }

  @Override
  public void act(Job job) throws OutOfTime {
    boolean background = false;
    boolean quiet = false;
    List<String> words = new ArrayList<>(job.args());
    String conf = ClientConfiguration.DEFAULT_FILE;
    while (!words.isEmpty() && words.get(0).startsWith("-")) {
      if (words.get(0).equals("-c") && words.size() > 1) {
        conf = words.get(1);
        words = words.subList(2, words.size());
        continue;
      }
      for (char letter : words.remove(0).substring(1).toCharArray()) {
        if ("bdnqu".indexOf(letter) < 0) {
          job.fail(1, "dhclient: illegal option -- " + letter);
          job.err(USAGE);
          return;
        }
        background |= letter == 'b';
        quiet |= letter == 'q';
      }
    }
    if (words.size() != 1) {
      job.status(1);
      job.err(USAGE);
      return;
    }
    start(job, words.get(0), conf, background, quiet);
  }

  private void start(Job job, String ifName, String conf, boolean background, boolean quiet)
      throws OutOfTime {
    Optional<DhclientProc> running = dhclients.running(ifName);
    if (running.isPresent()) {
      job.fail(1, "dhclient already running, pid: " + running.get().pid + ".");
      job.err("exiting.\n");
      return;
    }
    long preinitAt = job.started() + dhclients.preinitCost();
    Optional<Iface> iface = kernel.interfaces().find(ifName);
    if (iface.isEmpty()) {
      job.waitUntil(preinitAt);
      job.fail(1, "ifconfig: interface " + ifName + " does not exist");
      job.err(ifName + ": not found\nexiting.\n");
      return;
    }
    DhclientProc proc = dhclients.start(iface.get(), conf, background, preinitAt);
    try {
      while (proc.status < 0) {
        job.waitForNext();
      }
    } catch (OutOfTime e) {
      dhclients.kill(proc, false);
      throw e;
    } finally {
      job.err(quiet ? "" : proc.said);
    }
    job.status(proc.status);
  }
}
