package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

/**
 * What was asked besides about who else uses an hn: what neither ifconfig(8) nor ps(1) nor rc.conf
 * tells. It is asked while nothing is cut off.
 *
 * @param mentions the lines of files that name it
 * @param jails the jails that run
 * @param netgraph what of netgraph(4) is attached to it
 * @param bridgeEntries the static MAC addresses that it has in each bridge that it is a member of
 * @param unreadBridges the bridges of which that could not be read
 * @param firewall what the packet filters answered
 * @param flaggedBlocks the interfaces that have a block in the file that {@code -c} of
 *     dhclient_flags names
 * @param unread what could not be asked or read, and why: it may name it all the same
 */
public record OtherUse(
    ImmutableList<Mention> mentions,
    ImmutableList<Jail> jails,
    ImmutableList<String> netgraph,
    ImmutableMap<String, ImmutableList<String>> bridgeEntries,
    ImmutableSet<String> unreadBridges,
    FirewallAnswer firewall,
    ImmutableSet<String> flaggedBlocks,
    ImmutableList<String> unread) {

  /** Where nothing was asked, and where nobody else uses it. */
  public static final OtherUse NONE =
      new OtherUse(
          ImmutableList.of(),
          ImmutableList.of(),
          ImmutableList.of(),
          ImmutableMap.of(),
          ImmutableSet.of(),
          FirewallAnswer.NONE,
          ImmutableSet.of(),
          ImmutableList.of());

  /** The same, with what the packet filters answered. */
  public OtherUse with(FirewallAnswer answer) {
    return new OtherUse(
        mentions, jails, netgraph, bridgeEntries, unreadBridges, answer, flaggedBlocks, unread);
  }

  /** The same, with the interfaces that have a block in the file of dhclient_flags. */
  public OtherUse withFlaggedBlocks(ImmutableSet<String> interfaces) {
    return new OtherUse(
        mentions, jails, netgraph, bridgeEntries, unreadBridges, firewall, interfaces, unread);
  }

  /**
   * A line of a file that names an interface.
   *
   * @param file the file
   * @param line its number, from 1; 0 where the name of the file is what names the interface
   * @param text the line, printable and shortened
   */
  public record Mention(String file, int line, String text) {

    /** Where it stands. */
    public String place() {
      return line == 0 ? file : file + ", line " + line;
    }
  }

  /**
   * A jail that runs, with the addresses that it was given.
   *
   * @param name its name
   * @param addresses its addresses, as jls(8) prints them
   */
  public record Jail(String name, ImmutableList<String> addresses) {}
}
