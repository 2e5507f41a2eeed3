package org.hnvf.sim;

import org.jspecify.annotations.Nullable;

/** One dhclient: three processes in ps(1), one state machine here. Plain data. */
final class DhclientProc {

  /** The event or time that the client waits for. */
  enum Phase {
    /** Its script brings the interface up. */
    PREINIT,
    /** A link. */
    LINK,
    /** The next look at an unanswered REQUEST of an old lease. */
    REQUEST,
    /** The next DISCOVER. */
    DISCOVER,
    /** The server's answer. */
    ANSWER,
    /** Its script sets the address: the first address of the interface goes… */
    CLEAR,
    /** …and the new one comes, with its routes. */
    SET,
    /** Its script tells of it, and ends. */
    TELLING,
    /** Half of the lease. */
    BOUND,
    /** The next try, where no server answered. */
    SLEEPING,
    /** Its script runs for the last time. */
    DYING
  }

  int syslogPid;
  int privPid;
  int pid;
  String ifName = "";
  int ifIndex;
  Phase phase = Phase.PREINIT;

  /** When the phase ends. */
  long at;

  /** Whether it goes to the background (option b) as soon as its interface has a link. */
  boolean background;

  /** Whether it runs in the background. */
  boolean daemon;

  /** Its standard error while it ran in the foreground. */
  String said = "";

  /** Its exit status if it ended in the foreground; -1 before. */
  int status = -1;

  /** Whether its configuration has it ignore the server's router. */
  boolean ignoresRouters;

  /** The domain of its configuration; empty where it has none. */
  String domain = "";

  int dots;

  /** REQUESTs of the old lease so far. */
  int requests;

  /** Whether the answer awaited is to a REQUEST of an old lease, not to a DISCOVER. */
  boolean rebooting;

  /** When it gives up to discover. */
  long giveUpAt;

  /** When it last ran its script. */
  long scriptAt;

  /** The lease that the script will set, or has set. */
  @Nullable GrantedLease lease;

  /** The old lease that it asks for again. */
  @Nullable GrantedLease old;

  void say(String text) {
    if (!daemon) {
      said += text;
    }
  }
}
