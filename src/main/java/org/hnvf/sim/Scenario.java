package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Prefix;

/**
 * How a simulated guest begins. A scenario is used once: {@link #start} boots the guest.
 *
 * <p>Every guest has {@code lo0} and the synthetic NICs {@code hn0}, {@code hn1}… with the MAC
 * addresses 00:15:5d:0a:0b:10 and up; behind {@code hnN} is the network 10.0.(2+N).0/24 with a
 * gateway and DHCP server .2, a name server .3, and 2001:db8:N::/64.
 */
public final class Scenario {

  /** How the guest configures hn0. */
  private enum Configured {
    NOT,
    DHCP,
    STATIC
  }

  private final Configured configured;
  private final StringBuilder rcConf = new StringBuilder();
  private final SimState state = new SimState();
  private int nics = 1;
  private Instant start = Instant.parse("2026-11-22T12:00:00Z");
  private Duration booted = Duration.ofSeconds(90);
  private Optional<Path> root = Optional.empty();
  private Optional<RcConfShell> shell = Optional.empty();
  private boolean allNics;
  private boolean foreignLagg;
  private boolean slaac;
  private Optional<InetAddress> router = Optional.empty();
  private boolean vlans = true;
  private ImmutableList<String> macs = ImmutableList.of();

  private Scenario(Configured configured) {
    this.configured = configured;
  }

  /** A guest as on Azure: {@code ifconfig_hn0="SYNCDHCP"}, bound to 10.0.2.15. */
  public static Scenario azure() {
    return new Scenario(Configured.DHCP).rcConf("ifconfig_hn0=\"SYNCDHCP\"");
  }

  /** A guest with static IPv4, an alias, static IPv6 and a default route. */
  public static Scenario staticGuest() {
    return new Scenario(Configured.STATIC)
        .rcConf("ifconfig_hn0=\"inet 10.0.2.50 netmask 255.255.255.0\"")
        .rcConf("ifconfig_hn0_alias0=\"inet 10.0.2.51 netmask 255.255.255.255\"")
        .rcConf("ifconfig_hn0_ipv6=\"inet6 2001:db8::50 prefixlen 64\"")
        .rcConf("defaultrouter=\"10.0.2.2\"");
  }

  /** A guest whose NICs are there and down. */
  public static Scenario bare() {
    return new Scenario(Configured.NOT);
  }

  /**
   * Adds a line to {@code /etc/rc.conf}. Of all lines booting looks at those about VLANs alone; the
   * others are text in a file.
   */
  public Scenario rcConf(String line) {
    rcConf.append(line).append('\n');
    return this;
  }

  /** Makes no VLANs of rc.conf: the caller runs all of rc(8)'s commands itself. */
  public Scenario withoutVlans() {
    vlans = false;
    return this;
  }

  /** Sets {@code hyperv_vf_delay} in rc.conf. */
  public Scenario vfDelay(String seconds) {
    return rcConf("hyperv_vf_delay=\"" + seconds + "\"");
  }

  /** How many synthetic NICs there are. */
  public Scenario nics(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a guest without a NIC");
    }
    nics = count;
    return this;
  }

  /** The other NICs of an Azure-like guest are bound by DHCP too: 10.0.3.15 on hn1, and so on. */
  public Scenario dhcpOnAllNics() {
    allNics = true;
    return this;
  }

  /** Sets the MAC addresses of the NICs, in their order; the rest have the usual ones. */
  public Scenario macs(List<String> addresses) {
    macs = ImmutableList.copyOf(addresses);
    return this;
  }

  /** When the story begins, in virtual time. */
  public Scenario startAt(Instant instant) {
    start = instant;
    return this;
  }

  /**
   * How long ago the guest was booted then. Its seconds of uptime, at which ARP repeats a request,
   * begin at that instant.
   */
  public Scenario bootedAgo(Duration duration) {
    booted = duration;
    return this;
  }

  /** Sets the seed of the random values. */
  public Scenario seed(long seed) {
    state.random = seed;
    return this;
  }

  /** The directory of the guest's files; without it they are in memory. */
  public Scenario root(Path directory) {
    root = Optional.of(directory);
    return this;
  }

  /** Sets the shell that evaluates rc.conf; without it such a command cannot be run. */
  public Scenario shell(RcConfShell rcConfShell) {
    shell = Optional.of(rcConfShell);
    return this;
  }

  /** {@code hw.hn.vf_transparent=1}: the kernel does the failover by itself. */
  public Scenario transparent() {
    state.transparent = 1;
    return this;
  }

  /** An old kernel: no {@code hw.hn.vf_transparent}, no {@code hw.hn.vfmap}. */
  public Scenario oldKernel() {
    state.transparent = null;
    state.hasVfMap = false;
    return this;
  }

  /**
   * The hn(4) of 2026: a task switches the data path, this long after a VF came up, and only while
   * the host says that the VF's association is allocated.
   */
  public Scenario pathSwitchedAfter(Duration task) {
    state.pathTask = Micros.of(task);
    return this;
  }

  /**
   * A kernel with {@code options ROUTE_MPATH}, as GENERIC: it accepts several routes to one
   * destination through different gateways. That of the recordings has not.
   */
  public Scenario multipath() {
    state.multipath = true;
    return this;
  }

  /** A kernel without {@code hw.hn.vflist}: nothing can be known of VFs. */
  public Scenario withoutVfList() {
    state.hasVfList = false;
    return this;
  }

  /** The ifconfig of FreeBSD 13 and earlier, which does not speak netlink(4). */
  public Scenario ioctlIfconfig() {
    state.netlink = false;
    return this;
  }

  /** Creates another owner's {@code lagg0}, without ports. */
  public Scenario foreignLagg() {
    foreignLagg = true;
    return this;
  }

  /** hn0 accepts router advertisements, and the router advertises. */
  public Scenario slaac() {
    slaac = true;
    return rcConf("ifconfig_hn0_ipv6=\"inet6 accept_rtadv\"");
  }

  /** The router of hn0's network advertises, and this is its link-local address. */
  public Scenario router(String linkLocal) {
    router = Optional.of(Prefix.of(linkLocal).address());
    return this;
  }

  /** Indexes that interfaces of other jails have, so that the guest's get others. */
  public Scenario takenIndexes(int... indexes) {
    for (int index : indexes) {
      state.takenIndexes.add(index);
    }
    return this;
  }

  /** The driver of VFs, {@code mlxen} where nothing is said. */
  public Scenario vfDriver(String driver) {
    state.vfDriver = driver;
    return this;
  }

  /** The largest MTU that VFs take: they may be of a driver, or on a host, without jumbo frames. */
  public Scenario vfMaxMtu(int bytes) {
    state.vfMaxMtu = bytes;
    return this;
  }

  /** A lagg(4) that refuses a port whose MTU is another, as before FreeBSD 14. */
  public Scenario laggRefusesOtherMtu() {
    state.laggSetsMtu = false;
    return this;
  }

  /** Boots the guest and lets time pass until the start of the story. */
  public SimulatedGuest start() {
    Path files = root.orElseGet(Scenario::inMemory);
    state.boot = Micros.of(start) - Micros.of(booted);
    state.now = state.boot;
    int bound = configured == Configured.DHCP ? (allNics ? nics : 1) : 0;
    for (int unit = 1; unit < bound; unit++) {
      rcConf("ifconfig_hn" + unit + "=\"SYNCDHCP\"");
    }
    new Boot(state, new GuestFiles(files)).attach(nics, macs, rcConf.toString());
    Startup startup =
        new Startup(
            bound,
            configured == Configured.STATIC,
            slaac,
            router,
            foreignLagg,
            vlans ? RcVlans.assigned(rcConf.toString()).commands(nics) : ImmutableList.of());
    SimulatedGuest guest = new SimulatedGuest(state, files, shell, Optional.of(startup));
    Boot boot = new Boot(state, new GuestFiles(files));
    startup.configure(boot);
    boot.finish(Micros.of(start));
    return guest;
  }

  /** Returns a file tree with owners and permissions, which writers of durable files need. */
  private static Path inMemory() {
    Configuration unix =
        Configuration.unix().toBuilder()
            .setAttributeViews("basic", "owner", "posix", "unix")
            .setWorkingDirectory("/")
            .build();
    return Jimfs.newFileSystem(unix).getPath("/");
  }
}
