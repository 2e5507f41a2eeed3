package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;

/**
 * Other users of an hn that ifconfig(8), ps(1) and rc.conf do not show. hnvf reads them before it
 * interrupts any traffic.
 *
 * @param mentions the lines of files that name it
 * @param jails the jails that run
 * @param netgraph the netgraph(4) hooks that are attached to it
 * @param bridgeEntries the static MAC addresses that it has in each bridge that it is a member of
 * @param unreadBridges the bridges whose static addresses could not be read
 * @param firewall the rules of the packet filters
 * @param flaggedBlocks the interfaces that have a block in the file that {@code -c} of
 *     dhclient_flags names
 * @param confFault why dhclient.conf(5) cannot be read, if a client needs it
 * @param unread the sources that could not be read, with the reason; they may also name the hn
 */
public record OtherUse(
    ImmutableList<Mention> mentions,
    ImmutableList<Jail> jails,
    ImmutableList<String> netgraph,
    ImmutableMap<String, ImmutableList<String>> bridgeEntries,
    ImmutableSet<String> unreadBridges,
    FirewallAnswer firewall,
    ImmutableSet<String> flaggedBlocks,
    Optional<String> confFault,
    ImmutableList<String> unread) {

  /** No other user, or not read. */
  public static final OtherUse NONE =
      new OtherUse(
          ImmutableList.of(),
          ImmutableList.of(),
          ImmutableList.of(),
          ImmutableMap.of(),
          ImmutableSet.of(),
          FirewallAnswer.NONE,
          ImmutableSet.of(),
          Optional.empty(),
          ImmutableList.of());

  /** Returns a copy with the rules of the packet filters. */
  public OtherUse with(FirewallAnswer answer) {
    return new OtherUse(
        mentions,
        jails,
        netgraph,
        bridgeEntries,
        unreadBridges,
        answer,
        flaggedBlocks,
        confFault,
        unread);
  }

  /**
   * Returns a copy with the interfaces that have a block in the file of dhclient_flags, and the
   * reason why dhclient.conf(5) cannot be read.
   */
  public OtherUse withDhclientConf(ImmutableSet<String> interfaces, Optional<String> fault) {
    return new OtherUse(
        mentions,
        jails,
        netgraph,
        bridgeEntries,
        unreadBridges,
        firewall,
        interfaces,
        fault,
        unread);
  }

  /**
   * A line of a file that names an interface.
   *
   * @param file the file
   * @param line its number, from 1; 0 if the file's own name contains the interface name
   * @param text the line, printable and shortened
   */
  public record Mention(String file, int line, String text) {

    /** Returns the file and the line number. */
    public String place() {
      return line == 0 ? file : file + ", line " + line;
    }
  }

  /**
   * A running jail with its addresses.
   *
   * @param name its name
   * @param addresses its addresses, as jls(8) prints them
   */
  public record Jail(String name, ImmutableList<String> addresses) {}
}
