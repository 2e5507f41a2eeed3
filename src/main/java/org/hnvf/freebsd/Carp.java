package org.hnvf.freebsd;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.model.CarpGroup;
import org.hnvf.model.Command;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;

/**
 * carp(4): how ifconfig(8) shows virtual hosts, and the commands that create them (transcript 62).
 */
public final class Carp {

  /** The text that replaces a password in a displayed command. */
  public static final String MASKED = "…";

  private static final String VHID = "vhid";
  private static final Pattern STATE =
      Pattern.compile(
          "carp: (\\S+) vhid (\\d{1,3}) advbase (\\d{1,3}) advskew (\\d{1,3})(?: key \"(.*)\")?");

  /** The default peers; hnvf does not support unicast peers. */
  private static final String PEERS = "peer 224.0.0.18 peer6 ff02::12";

  private Carp() {}

  /** Returns whether the interface has a carp(4) virtual host. */
  public static boolean isOn(NetInterface shown) {
    return shown.others().stream().anyMatch(line -> line.startsWith("carp: "))
        || Stream.concat(
                shown.inet().map(InterfaceAddress.V4::others),
                shown.inet6().map(InterfaceAddress.V6::others))
            .anyMatch(words -> words.contains(VHID));
  }

  /** Returns whether {@link #groups} contains all virtual hosts of the interface. */
  public static boolean isUnderstood(NetInterface shown) {
    ImmutableList<CarpGroup> groups = groups(shown);
    long states = shown.others().stream().filter(line -> line.startsWith("carp: ")).count();
    boolean peers =
        shown.others().stream()
            .map(String::strip)
            .filter(line -> line.startsWith("peer "))
            .allMatch(PEERS::equals);
    return peers
        && shown.inet6().noneMatch(v6 -> v6.others().contains(VHID))
        && states == groups.size()
        && shown
            .inet()
            .filter(v4 -> v4.others().contains(VHID))
            .allMatch(v4 -> groups.stream().anyMatch(g -> g.prefixes().contains(v4.prefix())));
  }

  /** Returns the virtual hosts with IPv4 addresses. A lagg port shows none. */
  public static ImmutableList<CarpGroup> groups(NetInterface shown) {
    Map<Integer, Matcher> states = new LinkedHashMap<>();
    for (String line : shown.others()) {
      Matcher state = STATE.matcher(line);
      if (state.matches()) {
        states.put(Integer.valueOf(state.group(2)), state);
      }
    }
    ImmutableList.Builder<CarpGroup> groups = ImmutableList.builder();
    states.forEach(
        (vhid, state) -> {
          ImmutableList<Prefix> prefixes =
              shown
                  .inet()
                  .filter(v4 -> vhid(v4).filter(vhid::equals).isPresent())
                  .map(InterfaceAddress.V4::prefix)
                  .collect(ImmutableList.toImmutableList());
          if (!prefixes.isEmpty()) {
            groups.add(
                new CarpGroup(
                    vhid,
                    Integer.parseInt(state.group(3)),
                    Integer.parseInt(state.group(4)),
                    prefixes));
          }
        });
    return groups.build();
  }

  /** Returns the virtual host of an address. */
  public static Optional<Integer> vhid(InterfaceAddress.V4 address) {
    List<String> words = address.others();
    int at = words.indexOf(VHID);
    return at >= 0 && at + 1 < words.size()
        ? Optional.ofNullable(Ints.tryParse(words.get(at + 1)))
        : Optional.empty();
  }

  /** Shows an interface with the passwords of its virtual hosts. */
  public static Command showWithKeys(InterfaceName name) {
    return Command.reading(TimeLimits.READ, "ifconfig", "-k", name.value());
  }

  /**
   * A virtual host as shown with its password.
   *
   * @param password the password, if it has one
   */
  public record Shown(Optional<String> password) {

    /** Returns a text without the password. */
    @Override
    public String toString() {
      return "a virtual host" + (password.isPresent() ? " with a password" : "");
    }
  }

  /** Finds a virtual host in the output of {@link #showWithKeys}. */
  public static Optional<Shown> find(String text, int vhid) {
    return text.lines()
        .map(line -> STATE.matcher(line.strip()))
        .filter(Matcher::matches)
        .filter(state -> Integer.parseInt(state.group(2)) == vhid)
        .findFirst()
        .map(state -> new Shown(Optional.ofNullable(state.group(5))));
  }

  /** Adds an address of a virtual host to an interface. */
  public static Command set(
      InterfaceName name, CarpGroup group, Prefix prefix, Optional<String> key) {
    ImmutableList.Builder<String> words = ImmutableList.builder();
    words.add(VHID, Integer.toString(group.vhid()));
    if (group.advbase() != 1) {
      words.add("advbase", Integer.toString(group.advbase()));
    }
    words.add("advskew", Integer.toString(group.advskew()));
    key.ifPresent(secret -> words.add("pass", secret));
    return Ifconfig.raw(name, words.add("alias", prefix.toString()).build());
  }
}
