package org.hnvf.freebsd;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;

/**
 * if_bridge(4): how ifconfig(8) shows a member, in two lines (transcript 61), and the commands that
 * add and delete one.
 */
public final class Bridge {

  /** The default flags of a member, with the ifconfig words that clear them after a minus sign. */
  private static final ImmutableMap<String, String> ON =
      ImmutableMap.of(
          "LEARNING", "learn",
          "DISCOVER", "discover",
          "AUTOEDGE", "autoedge",
          "AUTOPTP", "autoptp");

  private static final ImmutableMap<String, String> OFF =
      ImmutableMap.of(
          "STP", "stp",
          "STICKY", "sticky",
          "PRIVATE", "private",
          "EDGE", "edge",
          "PTP", "ptp");

  /** The path cost of a 10 Gbit/s link, which hn(4) and a lagg over it show (transcript 61). */
  private static final int COST = 2000;

  private static final int PRIORITY = 128;

  private static final Pattern MEMBER =
      Pattern.compile("member: (\\S+) flags=[0-9a-f]+<([A-Z,]*)>");
  private static final Pattern PORT =
      Pattern.compile(
          "\\s*port \\d{1,6} priority (\\d{1,3}) path cost (\\d{1,9})"
              + "(?: vlan protocol 802\\.1q)?");
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}) Vlan\\d+ (\\S+) \\d+"
              + " flags=[0-9a-f]+<(.*)>\\s*");
  private static final Splitter COMMAS = Splitter.on(',').omitEmptyStrings();

  private Bridge() {}

  /** Whether this interface is a bridge with this member. */
  public static boolean has(NetInterface bridge, String member) {
    return bridge.others().stream()
        .map(MEMBER::matcher)
        .filter(Matcher::matches)
        .anyMatch(line -> line.group(1).equals(member));
  }

  /**
   * Returns the membership, without the static entries, which {@link #addresses} shows.
   *
   * @return empty if it is not a member, or has an attribute that no transcript shows
   */
  public static Optional<BridgeMembership> membership(NetInterface bridge, String member) {
    ImmutableList<String> lines = bridge.others();
    for (int i = 0; i + 1 < lines.size(); i++) {
      Matcher first = MEMBER.matcher(lines.get(i));
      Matcher second = PORT.matcher(lines.get(i + 1));
      if (first.matches() && first.group(1).equals(member) && second.matches()) {
        ImmutableSet<String> flags = ImmutableSet.copyOf(COMMAS.split(first.group(2)));
        return InterfaceName.of(bridge.name())
            .filter(name -> areKnown(flags))
            .map(
                name ->
                    new BridgeMembership(
                        name,
                        flags,
                        Integer.parseInt(second.group(1)),
                        Integer.parseInt(second.group(2)),
                        ImmutableList.of()));
      }
    }
    return Optional.empty();
  }

  /** Returns whether hnvf can set all of these flags on a member. */
  public static boolean areKnown(ImmutableSet<String> flags) {
    return flags.stream().allMatch(flag -> ON.containsKey(flag) || OFF.containsKey(flag));
  }

  /** Adds an interface as a member with all attributes of this membership. */
  public static Command join(BridgeMembership how, InterfaceName member) {
    String name = member.value();
    ImmutableList.Builder<String> words = ImmutableList.builder();
    words.add("addm", name);
    ON.forEach(
        (flag, word) -> {
          if (!how.flags().contains(flag)) {
            words.add("-" + word, name);
          }
        });
    for (Map.Entry<String, String> off : OFF.entrySet()) {
      if (how.flags().contains(off.getKey())) {
        words.add(off.getValue(), name);
      }
    }
    if (how.priority() != PRIORITY) {
      words.add("ifpriority", name, Integer.toString(how.priority()));
    }
    if (how.cost() != COST) {
      words.add("ifpathcost", name, Integer.toString(how.cost()));
    }
    how.entries().forEach(mac -> words.add("static", name, mac));
    return Ifconfig.raw(how.bridge(), words.build());
  }

  /** Deletes a member. */
  public static Command leave(InterfaceName bridge, InterfaceName member) {
    return Ifconfig.raw(bridge, ImmutableList.of("deletem", member.value()));
  }

  /** Shows the MAC addresses that a bridge has learned or that were set. */
  public static Command addresses(InterfaceName bridge) {
    return Command.reading(TimeLimits.READ, "ifconfig", bridge.value(), "addr");
  }

  /** Returns the static entries of this member in the output of {@link #addresses}. */
  public static ImmutableList<String> entries(String text, String member) {
    return text.lines()
        .map(ENTRY::matcher)
        .filter(Matcher::matches)
        .filter(line -> line.group(2).equals(member))
        .filter(line -> ImmutableList.copyOf(COMMAS.split(line.group(3))).contains("STATIC"))
        .map(line -> Ascii.toLowerCase(line.group(1)))
        .collect(ImmutableList.toImmutableList());
  }
}
