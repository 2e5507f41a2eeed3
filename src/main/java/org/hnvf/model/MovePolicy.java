package org.hnvf.model;

import com.google.common.collect.ImmutableSet;
import java.net.InetAddress;

/**
 * What an administrator allows beyond what hnvf does by itself when a configuration moves.
 *
 * @param move what is moved that is refused by default
 * @param namesHn what follows where a file names the hn
 * @param leaveOff addresses of rc.conf that are neither added nor expected where they are not live:
 *     they float between hosts
 * @param firewall whether the packet filters are asked before a configuration moves
 */
public record MovePolicy(
    ImmutableSet<Movable> move,
    NamesHn namesHn,
    ImmutableSet<InetAddress> leaveOff,
    FirewallUse firewall) {

  /** A policy that has the packet filters asked. */
  public MovePolicy(
      ImmutableSet<Movable> move, NamesHn namesHn, ImmutableSet<InetAddress> leaveOff) {
    this(move, namesHn, leaveOff, FirewallUse.ASK);
  }

  /** What holds where nothing is said. */
  public static final MovePolicy DEFAULTS =
      new MovePolicy(ImmutableSet.of(), NamesHn.TELL, ImmutableSet.of());

  /** What is refused unless an administrator says otherwise. */
  public enum Movable {
    /** The membership of hn in a bridge(4). */
    BRIDGE("bridge"),
    /** Addresses of carp(4). */
    CARP("carp");

    private final String text;

    Movable(String text) {
      this.text = text;
    }

    /** Its word in the configuration file. */
    public String text() {
      return text;
    }
  }

  /** What follows where a file names the hn. */
  public enum NamesHn {
    /** The operator is told. */
    TELL("tell"),
    /** The VF is not used. */
    REFUSE("refuse");

    private final String text;

    NamesHn(String text) {
      this.text = text;
    }

    /** Its word in the configuration file. */
    public String text() {
      return text;
    }
  }

  /** Whether this is moved. */
  public boolean moves(Movable what) {
    return move.contains(what);
  }
}
