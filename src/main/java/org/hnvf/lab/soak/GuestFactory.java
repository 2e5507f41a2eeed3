package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;
import org.hnvf.sim.Crowd;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;

/** Boots the guest of a case, and puts on it what an administrator put there. */
final class GuestFactory {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration REST = Duration.ofSeconds(20);

  /** The hn that an override script takes care of, where there is one. */
  static final InterfaceName SCRIPTED = new InterfaceName("hn0");

  /** The static route of rc.conf, where routes are drawn. */
  static final String RC_ROUTE = "-net 192.0.2.0/24 10.0.2.9";

  private static final String SCRIPT = "/usr/local/libexec/hnvf/hyperv_vfup.hn0";

  private GuestFactory() {}

  static SimulatedGuest boot(GuestDraw draw, long seed, RcConfShell shell) {
    if (draw.copy().isPresent()) {
      return draw.copy().get().guest().boot();
    }
    Scenario scenario = scenario(draw).seed(seed).shell(shell);
    draw.pathTask(seed).ifPresent(scenario::pathSwitchedAfter);
    SimulatedGuest guest = scenario.start();
    if (draw.large()) {
      guest.crowd(new Crowd(50, 20_000, 550));
    }
    rcConf(guest, draw);
    if (draw.handAlias()) {
      type(guest, "ifconfig hn0 inet 10.0.2.62/24 alias");
    }
    if (draw.ipv6() == GuestDraw.Ipv6.STATIC_WITH_DEFAULT_ROUTE) {
      type(guest, "route -6 -q add default 2001:db8::77");
    }
    if (draw.routes() > 1) {
      type(guest, "route -q add -net 198.51.100.0/24 10.0.2.2");
    }
    if (draw.vlans() > 0) {
      type(guest, "route -q add -net 203.0.113.0/24 172.16.7.1");
      type(guest, "route -q add -inet6 2001:db8:7777::/48 2001:db8:77::1");
    }
    if (draw.described()) {
      type(guest, "ifconfig hn0 description uplink");
    }
    if (draw.extras().dhclientConf()) {
      guest
          .files()
          .write("/etc/dhclient.conf", "interface \"hn0\" {\n\tsend host-name \"guest\";\n}\n");
    }
    firewall(guest, draw.extras().firewall());
    if (draw.script() != GuestDraw.Script.NONE) {
      script(guest, draw.script());
    }
    rest(guest);
    guest.drainEvents();
    return guest;
  }

  /** Its rules are loaded again at each boot. */
  private static void firewall(SimulatedGuest guest, Extras.Firewall firewall) {
    ImmutableList<String> none = ImmutableList.of();
    switch (firewall) {
      case NONE -> {}
      case NAMES_HN ->
          guest
              .packetFilters()
              .pf(ImmutableList.of("block drop in on hn0 proto tcp all"), none, none);
      case TWIN ->
          guest
              .packetFilters()
              .pf(
                  ImmutableList.of(
                      "block drop in on hn0 proto tcp all", "block drop in on lagg0 proto tcp all"),
                  none,
                  ImmutableList.of("lo0"));
      case GROUP ->
          guest
              .packetFilters()
              .pf(ImmutableList.of("block drop in on ext proto tcp all"), none, none);
    }
  }

  /** Boots it anew; what an administrator did by hand is gone. */
  static void reboot(SimulatedGuest guest, GuestDraw draw, Duration length) {
    if (draw.copy().isPresent()) {
      draw.copy().get().guest().reboot(guest, length);
      rest(guest);
      return;
    }
    guest.reboot(length);
    rcConf(guest, draw);
    rest(guest);
  }

  /** Adds the part of rc(8) that the scenario leaves out. */
  private static void rcConf(SimulatedGuest guest, GuestDraw draw) {
    draw.extras().beside().boot(guest);
    if (draw.rcAlias()) {
      type(guest, "ifconfig hn0 inet 10.0.2.61/32 alias");
    }
    if (draw.address() == GuestDraw.Address.DHCP && isStatic(draw.ipv6())) {
      type(guest, "ifconfig hn0 inet6 2001:db8::50/64");
    }
    if (draw.extras().grouped()) {
      type(guest, "ifconfig hn0 group ext group egress");
    }
    if (draw.extras().jumbo() != Extras.Jumbo.NO) {
      type(guest, "ifconfig hn0 mtu 9000");
    }
    if (draw.routes() > 0) {
      type(guest, "route -q add " + RC_ROUTE);
    }
    if (draw.foreign() == GuestDraw.Foreign.WITH_ADDRESS) {
      type(guest, "ifconfig lagg0 inet 172.16.9.1/24");
    }
  }

  private static boolean isStatic(GuestDraw.Ipv6 ipv6) {
    return ipv6 == GuestDraw.Ipv6.STATIC || ipv6 == GuestDraw.Ipv6.STATIC_WITH_DEFAULT_ROUTE;
  }

  private static Scenario scenario(GuestDraw draw) {
    boolean dhcp = draw.address() == GuestDraw.Address.DHCP;
    Scenario scenario = dhcp ? Scenario.azure() : Scenario.staticGuest();
    scenario.nics(draw.nics()).vfDelay(Integer.toString(draw.vfDelay()));
    if (dhcp && draw.nics() > 1) {
      scenario.dhcpOnAllNics();
    }
    if (draw.rcAlias()) {
      // rc(8) counts aliases from 0 and stops at the first that is missing; a static guest has one.
      scenario.rcConf("ifconfig_hn0_alias" + (dhcp ? 0 : 1) + "=\"inet 10.0.2.61/32\"");
    }
    if (dhcp && isStatic(draw.ipv6())) {
      scenario.rcConf("ifconfig_hn0_ipv6=\"inet6 2001:db8::50 prefixlen 64\"");
    }
    if (draw.routes() > 0) {
      scenario.rcConf("static_routes=\"lab\"").rcConf("route_lab=\"" + RC_ROUTE + "\"");
    }
    if (draw.ipv6() == GuestDraw.Ipv6.FROM_ROUTER) {
      scenario.slaac();
    }
    if (draw.vlans() > 0) {
      scenario
          .rcConf("cloned_interfaces=\"vlan7\"")
          .rcConf("ifconfig_vlan7=\"inet 172.16.7.5/24 vlan 7 vlandev hn0 vlanpcp 3 mtu 1400\"")
          .rcConf("ifconfig_vlan7_ipv6=\"inet6 2001:db8:77::5/64 no_dad\"");
    }
    if (draw.vlans() > 1) {
      scenario
          .rcConf("vlans_hn0=\"100\"")
          .rcConf("ifconfig_hn0_100=\"inet 172.16.100.5/24 description storage\"");
    }
    draw.extras().beside().rcConf().forEach(scenario::rcConf);
    if (draw.foreign() != GuestDraw.Foreign.NONE) {
      scenario.foreignLagg();
    }
    switch (draw.extras().jumbo()) {
      case NO, YES -> {}
      case OLD_LAGG -> scenario.laggRefusesOtherMtu();
      case VF_CANNOT -> scenario.vfMaxMtu(1500);
    }
    switch (draw.kernel()) {
      case NETLINK -> {}
      case IOCTL -> scenario.ioctlIfconfig();
      case OLD -> scenario.ioctlIfconfig().oldKernel();
      case TRANSPARENT -> scenario.transparent();
    }
    return scenario;
  }

  /** The example of the base system, in few words: all of it is the administrator's own. */
  private static void script(SimulatedGuest guest, GuestDraw.Script kind) {
    Path file = guest.root().resolve(SCRIPT.substring(1));
    try {
      Files.createDirectories(file.resolveSibling("x").getParent());
      Files.writeString(file, "#!/bin/sh\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot put a script on the simulated guest", e);
    }
    guest.program(
        SCRIPT,
        command -> {
          if (kind == GuestDraw.Script.FAILS) {
            return GuestProgram.Answer.silent(3);
          }
          return runScript(guest, command.environment(), kind);
        });
  }

  private static GuestProgram.Answer runScript(
      SimulatedGuest guest, Map<String, String> environment, GuestDraw.Script kind) {
    String vf = ImmutableMap.copyOf(environment).getOrDefault("HNVF_VF", "");
    type(guest, "ifconfig lagg9 create laggproto failover");
    type(guest, "ifconfig lagg9 laggport hn0 laggport " + vf + " up");
    if (kind == GuestDraw.Script.FAILS_HALF_WAY) {
      return GuestProgram.Answer.silent(1);
    }
    type(guest, "pkill -TERM -F /var/run/dhclient/dhclient.hn0.pid");
    for (String address : ImmutableList.of("10.0.2.15", "10.0.2.50")) {
      if (type(guest, "ifconfig hn0 inet " + address + " -alias")) {
        type(guest, "ifconfig lagg9 inet " + address + "/24");
      }
    }
    type(guest, "route -q add default 10.0.2.2");
    return GuestProgram.Answer.silent(0);
  }

  /** Types a command on the guest; whether it succeeded. */
  static boolean type(SimulatedGuest guest, String line) {
    String[] words = line.split(" ", -1);
    return guest
        .run(
            Command.changing(LIMIT, words[0], java.util.Arrays.copyOfRange(words, 1, words.length)))
        .succeeded();
  }

  private static void rest(SimulatedGuest guest) {
    try {
      guest.timer().sleep(REST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
