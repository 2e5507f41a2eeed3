package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableList;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;

/**
 * How a recorded guest may have been when its transcript began. Transcripts do not say; each of
 * these is tried, and what none of them is, is taken over.
 */
enum StartingGuest {
  BARE("freshly booted, nothing configured"),
  UP("hn0 up", "ifconfig hn0 up", "sleep 3"),
  UP_WITH_IPV6("hn0 up, with IPv6", "ifconfig hn0 inet6 -ifdisabled up", "sleep 3"),
  AFTER_A_LAGG(
      "hn0 up, a lagg's port before, with the link-local address that it got there",
      "ifconfig hn0 inet6 -ifdisabled up",
      "ifconfig lagg0 create laggproto failover laggport hn0 up",
      "sleep 3",
      "ifconfig lagg0 destroy",
      "ifconfig hn0 up",
      "sleep 1"),
  VF_UP(
      "the VF of hn0 up", "ifconfig lagg0", "sysctl debug.fakehn.vf_plug=0", "ifconfig mlxen0 up"),
  DHCP("hn0 bound by DHCP"),
  DHCP_AND_SLAAC("hn0 bound by DHCP, with SLAAC"),
  DHCP_WITHOUT_ROUTER(
      "hn0 bound by DHCP, accepting router advertisements that do not come",
      "ifconfig hn0 inet6 -ifdisabled accept_rtadv up",
      "sleep 3",
      "dhclient hn0",
      "sleep 30"),
  DHCP_ON_BOTH("hn0 and hn1 bound by DHCP"),
  STATIC("hn0 with static addresses and a default route");

  private final String description;
  private final ImmutableList<String> preparation;

  StartingGuest(String description, String... preparation) {
    this.description = description;
    this.preparation = ImmutableList.copyOf(preparation);
  }

  String description() {
    return description;
  }

  ImmutableList<String> preparation() {
    return preparation;
  }

  /** The guest, in the recording rig: two NICs, and interfaces of other jails in between. */
  SimulatedGuest boot(Surroundings surroundings) {
    Scenario scenario =
        switch (this) {
          case DHCP -> Scenario.azure();
          case DHCP_ON_BOTH -> Scenario.azure().dhcpOnAllNics();
          case DHCP_AND_SLAAC -> Scenario.azure().slaac();
          case STATIC -> Scenario.staticGuest();
          default -> Scenario.bare();
        };
    scenario.nics(2).takenIndexes(1, 2, 5, 7, 8, 9, 10, 11);
    if (!surroundings.netlink()) {
      scenario.ioctlIfconfig();
    }
    surroundings.router().ifPresent(scenario::router);
    return scenario.start();
  }
}
