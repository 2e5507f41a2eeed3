package org.hnvf.lab.compare;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.time.Duration;
import org.hnvf.model.Command;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Reachability.Vantage;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;

/** How a guest is configured. */
public enum Kind {
  /** IPv4 by DHCP, on every NIC. */
  DHCP,
  /** IPv4, an alias and IPv6, on every NIC. */
  STATIC;

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** The first IPv4 address, seen from the same network: what the recordings measured. */
  public static final String IPV4 = "IPv4";

  /** The same from beyond the gateway: the answer needs the default route. */
  public static final String BEYOND = "IPv4, beyond the gateway";

  /** The alias. */
  public static final String ALIAS = "alias";

  /** The IPv6 address. */
  public static final String IPV6 = "IPv6";

  /**
   * An address of one NIC, and from where it is asked.
   *
   * @param name what it is called
   */
  record View(String name, InetAddress address, Vantage vantage) {}

  /** A guest that has just booted, at rest. */
  SimulatedGuest boot(int nics, RcConfShell shell) {
    Scenario scenario =
        this == DHCP
            ? Scenario.azure().nics(nics).dhcpOnAllNics()
            : Scenario.staticGuest().nics(nics);
    for (int unit = 1; this == STATIC && unit < nics; unit++) {
      String hn = "ifconfig_hn" + unit;
      scenario
          .rcConf(hn + "=\"inet 10.0." + (2 + unit) + ".50 netmask 255.255.255.0\"")
          .rcConf(hn + "_alias0=\"inet 10.0." + (2 + unit) + ".51 netmask 255.255.255.255\"")
          .rcConf(hn + "_ipv6=\"inet6 2001:db8:" + unit + "::50 prefixlen 64\"");
    }
    SimulatedGuest guest = scenario.shell(shell).start();
    for (int unit = 1; this == STATIC && unit < nics; unit++) {
      String hn = "hn" + unit;
      type(guest, hn, "inet", "10.0." + (2 + unit) + ".50/24", "up");
      type(guest, hn, "inet", "10.0." + (2 + unit) + ".51/32", "alias");
      type(guest, hn, "inet6", "2001:db8:" + unit + "::50/64");
      type(guest, hn, "inet6", "-ifdisabled");
    }
    return guest;
  }

  private static void type(SimulatedGuest guest, String... arguments) {
    guest.run(Command.changing(LIMIT, "ifconfig", arguments));
  }

  /** Returns the names of the first NIC's views. */
  ImmutableList<String> viewNames() {
    return views(0).stream().map(View::name).collect(ImmutableList.toImmutableList());
  }

  /** Returns the views of a NIC. The default route goes through the first NIC. */
  ImmutableList<View> views(int unit) {
    ImmutableList.Builder<View> views = ImmutableList.builder();
    InetAddress first =
        InetAddresses.forString("10.0." + (2 + unit) + (this == DHCP ? ".15" : ".50"));
    views.add(new View(IPV4, first, Vantage.ON_LINK));
    if (unit == 0) {
      views.add(new View(BEYOND, first, Vantage.BEYOND_GATEWAY));
    }
    if (this == STATIC) {
      String ip6 = unit == 0 ? "2001:db8::50" : "2001:db8:" + unit + "::50";
      views
          .add(
              new View(
                  ALIAS, InetAddresses.forString("10.0." + (2 + unit) + ".51"), Vantage.ON_LINK))
          .add(new View(IPV6, InetAddresses.forString(ip6), Vantage.ON_LINK));
    }
    return views.build();
  }
}
