package org.hnvf.model;

import com.google.common.collect.ImmutableSet;
import java.net.InetAddress;

/**
 * The permissions that an administrator gives for moving a configuration, beyond the defaults of
 * hnvf.
 *
 * @param move the parts to move that hnvf refuses by default
 * @param namesHn the action of hnvf if a file names the hn
 * @param leaveOff addresses of rc.conf that float between hosts; hnvf neither adds nor expects them
 *     if they are not live
 * @param firewall whether hnvf reads the rules of the packet filters before a configuration moves
 */
public record MovePolicy(
    ImmutableSet<Movable> move,
    NamesHn namesHn,
    ImmutableSet<InetAddress> leaveOff,
    FirewallUse firewall) {

  /** Creates a policy under which hnvf reads the rules of the packet filters. */
  public MovePolicy(
      ImmutableSet<Movable> move, NamesHn namesHn, ImmutableSet<InetAddress> leaveOff) {
    this(move, namesHn, leaveOff, FirewallUse.ASK);
  }

  /** The policy of an empty configuration file. */
  public static final MovePolicy DEFAULTS =
      new MovePolicy(ImmutableSet.of(), NamesHn.TELL, ImmutableSet.of());

  /** A part of the configuration that hnvf moves only if the administrator allows it. */
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

  /** The action of hnvf if a file names the hn. */
  public enum NamesHn {
    /** hnvf reports it to the administrator. */
    TELL("tell"),
    /** hnvf does not use the VF. */
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

  /** Returns whether the policy allows moving this part. */
  public boolean moves(Movable what) {
    return move.contains(what);
  }
}
