package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Prefix;
import org.jspecify.annotations.Nullable;

/** Sets up a guest before the first command. */
final class Boot {
  private static final String DEFAULTS =
      """
      rc_conf_files="/etc/rc.conf /etc/rc.conf.local"
      network_interfaces="auto"
      cloned_interfaces=""
      dhclient_program="/sbin/dhclient"
      dhclient_flags=""
      background_dhclient="NO"
      synchronous_dhclient="NO"
      defaultrouter="NO"
      static_routes=""
      netif_ipexpand_max="2048"
      ipv6_network_interfaces="auto"
      ipv6_activate_all_interfaces="NO"
      ipv6_defaultrouter="NO"
      ipv6_static_routes=""
      ipv6_gateway_enable="NO"
      ipv6_cpe_wanif="NO"
      ipv6_privacy="NO"
      gateway_enable="NO"
      rtsold_enable="NO"
      rtsol_flags="-i"
      devd_enable="YES"
      """;

  /** The files that rc.d/cleanvar deletes and that are used here. */
  private static final ImmutableList<String> VOLATILE =
      ImmutableList.of("/var/run/hnvf", "/var/run/dhclient", ResolvconfDatabase.INTERFACES);

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final SimState state;
  private final GuestFiles files;
  private final Kernel kernel;
  private final Dhclients dhclients;
  private final Scheduler engine;

  Boot(SimState state, GuestFiles files) {
    this.state = state;
    this.files = files;
    this.kernel = new Kernel(state, Costs.recorded());
    this.dhclients = new Dhclients(kernel, files);
    this.engine = new Scheduler(kernel, dhclients);
  }

  /** The interfaces, the networks behind them, and the files of every guest. */
  void attach(int nics, List<String> macs, String rcConf) {
    loopback();
    for (int unit = 0; unit < nics; unit++) {
      nic(unit, unit < macs.size() ? macs.get(unit) : usualMac(unit));
      state.segments.add(segment(unit));
    }
    files.write("/etc/defaults/rc.conf", DEFAULTS);
    files.write("/etc/rc.conf", rcConf);
  }

  private static String usualMac(int unit) {
    return String.format(Locale.ROOT, "00:15:5d:0a:0b:%02x", 0x10 + unit);
  }

  private Iface nic(int unit, String mac) {
    Iface hn = kernel.interfaces().attach("hn" + unit, Iface.Kind.HN, mac);
    hn.unit = unit;
    hn.link = Iface.Link.UP;
    return hn;
  }

  /** All that was in memory is gone; the host has what it had. */
  void again(Startup startup, long length) {
    engine.settle();
    List<Iface> before = ImmutableList.copyOf(state.ifaces);
    state.ifaces.clear();
    state.routes.clear();
    state.neighbours.clear();
    state.dhclients.clear();
    state.messages.clear();
    state.events.clear();
    state.lostRequests.clear();
    state.laggLoaded = false;
    VOLATILE.forEach(this::empty);
    state.boot = state.now;
    loopback();
    before.stream()
        .filter(iface -> iface.kind == Iface.Kind.HN)
        .sorted(Comparator.comparingInt(iface -> iface.unit))
        .forEach(iface -> kernel.nics().setCarrier(nic(iface.unit, iface.hwMac), iface.carrier));
    before.stream()
        .filter(iface -> iface.kind == Iface.Kind.VF)
        .forEach(
            iface -> {
              String driver = iface.driverName.replaceFirst("[0-9]+$", "");
              kernel.nics().plug(new HnUnit(iface.unit), driver);
              kernel
                  .nics()
                  .vf(iface.unit)
                  .ifPresent(vf -> kernel.nics().setCarrier(vf, iface.carrier));
            });
    engine.advanceTo(state.now + length);
    startup.configure(this);
  }

  private void empty(String directory) {
    files.list(directory).forEach(name -> files.delete(directory + "/" + name));
  }

  private static Segment segment(int unit) {
    Segment segment = new Segment();
    String net = "10.0." + (2 + unit) + ".";
    String net6 = unit == 0 ? "2001:db8::" : "2001:db8:" + Integer.toHexString(unit) + "::";
    segment.unit = unit;
    segment.network = Prefix.of(net + "0/24");
    segment.gateway = InetAddresses.forString(net + "2");
    segment.nameServer = InetAddresses.forString(net + "3");
    segment.dhcp = DhcpServer.giving(net + "15");
    segment.advertised = Prefix.of(net6 + "/64");
    segment.gateway6 = InetAddresses.forString(net6 + "77");
    segment.neighbours.add(InetAddresses.forString(net6 + "1"));
    return segment;
  }

  private void loopback() {
    Iface lo = kernel.interfaces().attach("lo0", Iface.Kind.LOOPBACK, "");
    lo.up = true;
    lo.running = true;
    lo.mtu = 16384;
    lo.link = Iface.Link.UP;
    lo.nd6 = Iface.PERFORMNUD | Iface.AUTO_LINKLOCAL;
    lo.groups.add("lo");
    kernel.inet().add(lo, Prefix.of("127.0.0.1/8"), null);
    lo.inet6.add(new Ip6(Prefix.of("::1/128"), state.nextSerial++));
    lo.inet6.add(new Ip6(Prefix.of("fe80::1/64"), state.nextSerial++));
    special(lo, "::/96", 96, "URS", null);
    special(lo, "::1", 128, "UHS", null).pinned = true;
    RouteEntry mapped = special(lo, "::", 96, "URS", "::ffff:0.0.0.0/96");
    special(lo, "fe80::/10", 10, "URS", null);
    special(lo, "ff02::/16", 16, "URS", null);
    mapped.key[10] = (byte) 0xff;
    mapped.key[11] = (byte) 0xff;
    put(mapped);
    put(Routes.direct(Prefix.of("fe80::1/64"), lo, 0));
    RouteEntry own = Routes.direct(Prefix.of("fe80::1/128"), lo, 0);
    own.flags = "UHS";
    put(own);
  }

  /** Routes that rc.d/routing adds so that such packets never leave. */
  private RouteEntry special(
      Iface lo, String destination, int length, String flags, @Nullable String shown) {
    String plain = destination.replaceFirst("/.*", "");
    RouteEntry route = new RouteEntry();
    route.key = InetAddresses.forString(plain).getAddress();
    route.length = length;
    route.iface = lo.index;
    route.link = lo.index;
    route.flags = flags;
    route.shown = shown;
    if (shown == null) {
      put(route);
    }
    return route;
  }

  private void put(RouteEntry route) {
    try {
      kernel.routes().add(route);
    } catch (KernelError e) {
      throw new IllegalStateException("a route of the loopback interface is there twice", e);
    }
  }

  private Iface hn(int unit) {
    return kernel.interfaces().find("hn" + unit).orElseThrow();
  }

  void slaac() {
    engine.perform(HostAction.routerAdvertisements(new HnUnit(0), true));
    kernel.inet6().setFlag(hn(0), Iface.IFDISABLED, false);
    kernel.inet6().setFlag(hn(0), Iface.ACCEPT_RTADV, true);
  }

  void dhcp(int unit) {
    dhclients.start(hn(unit), false, state.now + dhclients.preinitCost());
    engine.advanceTo(state.now + 5 * Micros.SECOND);
  }

  void staticAddresses() {
    Iface hn = hn(0);
    InetAddress router = InetAddresses.forString("10.0.2.2");
    kernel.inet().add(hn, Prefix.of("10.0.2.50/24"), InetAddresses.forString("10.0.2.255"));
    kernel.inet().add(hn, Prefix.of("10.0.2.51/32"), InetAddresses.forString("10.0.2.51"));
    kernel.inet6().setFlag(hn, Iface.IFDISABLED, false);
    try {
      kernel.inet6().add(hn, Prefix.of("2001:db8::50/64"));
      Routes routes = kernel.routes();
      routes.add(routes.through(new byte[4], 0, routes.gateway(router, Optional.empty()), false));
    } catch (KernelError e) {
      throw new IllegalStateException("a guest that cannot be configured", e);
    }
  }

  void router(InetAddress linkLocal) {
    HnUnit unit = new HnUnit(0);
    engine.segment(unit).routerLinkLocal = linkLocal;
    engine.perform(HostAction.routerAdvertisements(unit, true));
  }

  /** Runs a command of rc(8); its errors only go to the console. */
  void ifconfig(List<String> words) {
    Command command = Command.changing(PATIENCE, "ifconfig", words.toArray(String[]::new));
    new IfconfigProgram(kernel).act(new Job(command, state, engine, Long.MAX_VALUE, Crowd.none()));
    engine.settle();
  }

  void foreignLagg() {
    kernel.laggs().create("lagg0");
    state.laggLoaded = true;
  }

  void finish(long start) {
    engine.advanceTo(start);
    state.events.clear();
  }
}
