package org.hnvf.service;

import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import org.hnvf.sim.Reachability.Vantage;
import org.hnvf.sim.Scenario;

/** Two VLANs as in transcript 74, and how they are to be after whatever hnvf does. */
final class GuestVlans {

  /** The addresses of the two. */
  static final ImmutableList<String> ADDRESSES =
      ImmutableList.of("198.51.100.5", "2001:db8:7::5", "192.0.2.5");

  private GuestVlans() {}

  /** The same with two VLANs on hn0. */
  static Scenario added(Scenario scenario) {
    return scenario
        .rcConf("cloned_interfaces=\"vlan7\"")
        .rcConf("ifconfig_vlan7=\"inet 198.51.100.5/24 vlan 7 vlandev hn0 vlanpcp 3 mtu 1400\"")
        .rcConf("ifconfig_vlan7_ipv6=\"inet6 2001:db8:7::5/64 no_dad\"")
        .rcConf("vlans_hn0=\"100\"")
        .rcConf("ifconfig_hn0_100=\"inet 192.0.2.5/24 description storage\"");
  }

  /** Where the guest has the two, each is on this interface, as it was, and answers. */
  static void areOn(Guest guest, String holder, String what) {
    if (!guest.sim.interfaces().contains("vlan7")) {
      return;
    }
    String vlan7 = guest.type("ifconfig", "vlan7").stdout();
    assertWithMessage(what)
        .that(vlan7)
        .contains("vlan: 7 vlanproto: 802.1q vlanpcp: 3 parent interface: " + holder + "\n");
    assertWithMessage(what).that(vlan7).contains(" mtu 1400\n");
    String vlan100 = guest.type("ifconfig", "hn0.100").stdout();
    assertWithMessage(what)
        .that(vlan100)
        .contains("vlan: 100 vlanproto: 802.1q vlanpcp: 0 parent interface: " + holder + "\n");
    assertWithMessage(what).that(vlan100).contains(" mtu 1500\n");
    assertWithMessage(what).that(vlan100).contains("description: storage\n");
    assertWithMessage(what + ": silent").that(silent(guest)).isEmpty();
  }

  /** Returns the addresses that do not answer a host on the VLAN's own network. */
  static ImmutableList<String> silent(Guest guest) {
    return ADDRESSES.stream()
        .filter(
            address ->
                !guest
                    .sim
                    .reachability()
                    .isReachable(InetAddresses.forString(address), Vantage.ON_LINK))
        .collect(ImmutableList.toImmutableList());
  }
}
