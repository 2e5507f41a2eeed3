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
 * make one and take it away.
 */
public final class Bridge {

  /** What a member gets of itself, unless ifconfig is told otherwise, and what takes it away. */
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

  /** Of a link of 10 Gbit/s; hn(4) and a lagg of it show the same (transcript 61). */
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
   * How it is a member; without its static entries, which ifconfig tells by {@link #addresses}.
   *
   * @return empty where it is none, or one with something that no recording shows
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

  /** Whether hnvf can give a member all of these flags. */
  public static boolean areKnown(ImmutableSet<String> flags) {
    return flags.stream().allMatch(flag -> ON.containsKey(flag) || OFF.containsKey(flag));
  }

  /** Makes an interface a member, with all that this membership has. */
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

  /** Takes a member away. */
  public static Command leave(InterfaceName bridge, InterfaceName member) {
    return Ifconfig.raw(bridge, ImmutableList.of("deletem", member.value()));
  }

  /** Shows which MAC addresses a bridge knows. */
  public static Command addresses(InterfaceName bridge) {
    return Command.reading(TimeLimits.READ, "ifconfig", bridge.value(), "addr");
  }

  /** Those among what that printed which somebody gave to this member. */
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
