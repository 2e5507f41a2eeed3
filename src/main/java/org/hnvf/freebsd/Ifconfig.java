package org.hnvf.freebsd;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Prefix;
import org.hnvf.model.Vlan;

/** The argument vectors of ifconfig(8). */
public final class Ifconfig {

  /** The error text of an ifconfig without {@code -D} (before FreeBSD 14). */
  public static final String UNKNOWN_OPTION = "illegal option";

  private static final String PROGRAM = "ifconfig";

  private Ifconfig() {}

  /** Shows every interface, with the name that its driver gave it. */
  public static Command all() {
    return Command.reading(TimeLimits.READ, PROGRAM, "-a", "-D");
  }

  /** Shows every interface, for an ifconfig without {@code -D}. */
  public static Command allPlain() {
    return Command.reading(TimeLimits.READ, PROGRAM, "-a");
  }

  /** Lists the names of all interfaces. */
  public static Command list() {
    return Command.reading(TimeLimits.BEFOREHAND, PROGRAM, "-l");
  }

  /** Shows one interface: exit status 1 if it does not exist. */
  public static Command show(InterfaceName name) {
    return Command.reading(TimeLimits.READ, PROGRAM, name.value());
  }

  /** Brings an interface up. */
  public static Command up(InterfaceName name) {
    return change(name, "up");
  }

  /** Takes an interface down. */
  public static Command down(InterfaceName name) {
    return change(name, "down");
  }

  /**
   * Creates a failover lagg(4) in one command. ifconfig processes the words from left to right;
   * with {@code create}, an address must be the last one before {@code up} and without the word
   * {@code inet}. If one part fails, ifconfig still does the others, and the exit status is 1.
   *
   * @param lagg the lagg to create
   * @param groups the groups to add before the first port
   * @param ports its ports; the first is the master and determines the MAC address and MTU
   * @param inetAddress an IPv4 address for it
   * @param up whether to bring it up, which brings its ports up too
   */
  public static Command createFailoverLagg(
      InterfaceName lagg,
      List<String> groups,
      Optional<Integer> fib,
      List<InterfaceName> ports,
      Optional<Prefix> inetAddress,
      boolean up) {
    ImmutableList.Builder<String> words = ImmutableList.builder();
    words.add("create", "laggproto", "failover");
    groups.forEach(group -> words.add("group", group));
    fib.ifPresent(number -> words.add("fib", number.toString()));
    ports.forEach(port -> words.add("laggport", port.value()));
    inetAddress.ifPresent(address -> words.add(inet(address).toString()));
    if (up) {
      words.add("up");
    }
    return raw(lagg, words.build());
  }

  /** Adds a port to a lagg. */
  public static Command addPort(InterfaceName lagg, InterfaceName port) {
    return addPorts(lagg, ImmutableList.of(port), Optional.empty());
  }

  /**
   * Adds ports to a lagg(4), the first as its master where it has none, and then an IPv6 address to
   * the lagg, in one command: ifconfig processes the words in order, but the address last, and in
   * the address family that is named first (ifconfig_ioctl of sbin/ifconfig/ifconfig.c; setlaggport
   * of iflagg.c). If a port cannot be added, ifconfig still does the rest, and the exit status is
   * 1.
   */
  public static Command addPorts(
      InterfaceName lagg, List<InterfaceName> ports, Optional<Prefix> inet6Address) {
    ImmutableList.Builder<String> words = ImmutableList.builder();
    inet6Address.ifPresent(address -> words.add("inet6"));
    ports.forEach(port -> words.add("laggport", port.value()));
    inet6Address.ifPresent(address -> words.add(inet6(address).toString()));
    return raw(lagg, words.build());
  }

  /** Removes a port from a lagg; the port stays up. */
  public static Command removePort(InterfaceName lagg, InterfaceName port) {
    return change(lagg, "-laggport", port.value());
  }

  /**
   * Removes a port from a lagg and then an IPv4 address from the lagg, in one command (see {@link
   * #addPorts}). If the port cannot be removed, ifconfig exits and the address stays (unsetlaggport
   * of iflagg.c).
   */
  public static Command removePortAndInet(InterfaceName lagg, InterfaceName port, Prefix address) {
    return change(lagg, "inet", inet(address).host(), "-alias", "-laggport", port.value());
  }

  /** Destroys a cloned interface. The ports of a lagg are left down. */
  public static Command destroy(InterfaceName name) {
    return change(name, "destroy");
  }

  /**
   * Adds an IPv4 address.
   *
   * @param alias whether to keep the existing addresses; otherwise the first one is replaced
   */
  public static Command addInet(InterfaceName name, Prefix address, boolean alias) {
    return addInet(name, address, Optional.empty(), alias);
  }

  /** Adds an IPv4 address with a broadcast address of its own. */
  public static Command addInet(
      InterfaceName name, Prefix address, Optional<String> broadcast, boolean alias) {
    ImmutableList.Builder<String> words = ImmutableList.builder();
    words.add("inet", inet(address).toString());
    broadcast.ifPresent(value -> words.add("broadcast", value));
    if (alias) {
      words.add("alias");
    }
    return raw(name, words.build());
  }

  /** Removes an IPv4 address, and with it every route that is bound to it. */
  public static Command removeInet(InterfaceName name, Prefix address) {
    return change(name, "inet", inet(address).host(), "-alias");
  }

  /**
   * Adds an IPv6 address.
   *
   * @param words the words after the address: {@code prefer_source}, {@code pltime 3600}, …
   */
  public static Command addInet6(InterfaceName name, Prefix address, String... words) {
    return raw(
        name,
        ImmutableList.<String>builder().add("inet6", inet6(address).toString()).add(words).build());
  }

  /** Removes an IPv6 address. */
  public static Command removeInet6(InterfaceName name, Prefix address) {
    return change(name, "inet6", inet6(address).host(), "-alias");
  }

  /**
   * Sets ND6 flags of an interface.
   *
   * @param words {@code no_dad}, {@code -ifdisabled}, {@code -auto_linklocal}, {@code
   *     accept_rtadv}, …
   */
  public static Command inet6Flags(InterfaceName name, String... words) {
    return raw(name, ImmutableList.<String>builder().add("inet6").add(words).build());
  }

  /**
   * Removes the parent of a vlan(4), which must be done before setting another one (EBUSY of
   * vlan_config of sys/net/if_vlan.c). The VLAN keeps its addresses and routes, but not its tag,
   * priority and MTU.
   */
  public static Command withoutVlanParent(InterfaceName vlan) {
    return change(vlan, "-vlandev");
  }

  /** Sets the parent, tag, priority and MTU of a vlan(4) without a parent (transcript 74). */
  public static Command vlan(Vlan vlan, InterfaceName parent) {
    return change(
        vlan.name(),
        "vlan",
        Integer.toString(vlan.tag()),
        "vlandev",
        parent.value(),
        "vlanpcp",
        Integer.toString(vlan.pcp()),
        "mtu",
        Integer.toString(vlan.mtu()));
  }

  /** Sets the MTU, in bytes. */
  public static Command mtu(InterfaceName name, int bytes) {
    return change(name, "mtu", Integer.toString(bytes));
  }

  /** Sets the description. */
  public static Command description(InterfaceName name, String text) {
    return change(name, "description", text);
  }

  /** Puts the interface into a group; an error if it is already in the group (transcript 01). */
  public static Command group(InterfaceName name, String group) {
    return change(name, "group", group);
  }

  /** Removes the interface from a group. */
  public static Command ungroup(InterfaceName name, String group) {
    return change(name, "-group", group);
  }

  /** Sets the routing table that the interface uses. */
  public static Command fib(InterfaceName name, int fib) {
    return change(name, "fib", Integer.toString(fib));
  }

  /** Runs the words of a command of rc.conf(5) on this interface. */
  public static Command raw(InterfaceName name, List<String> words) {
    return change(name, words.toArray(String[]::new));
  }

  private static Command change(InterfaceName name, String... words) {
    return Command.changing(
        TimeLimits.CHANGE,
        PROGRAM,
        ImmutableList.<String>builder()
            .add(name.value())
            .add(words)
            .build()
            .toArray(String[]::new));
  }

  private static Prefix inet(Prefix address) {
    if (address.isIpv6()) {
      throw new IllegalArgumentException("not an IPv4 address: " + address);
    }
    return address;
  }

  private static Prefix inet6(Prefix address) {
    if (!address.isIpv6()) {
      throw new IllegalArgumentException("not an IPv6 address: " + address);
    }
    return address;
  }
}
