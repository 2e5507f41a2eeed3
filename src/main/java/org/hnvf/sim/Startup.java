package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What rc(8) makes of a guest's configuration, each time that it boots.
 *
 * @param dhcp how many of its NICs have DHCP, from hn0 on
 * @param isStatic whether hn0 has static addresses
 * @param slaac whether hn0 takes IPv6 from router advertisements
 * @param router the link-local address of the router that advertises, where it is not the usual one
 * @param foreignLagg whether there is a lagg that has nothing to do with hn
 * @param vlans the ifconfig commands that make the VLANs of rc.conf
 */
record Startup(
    int dhcp,
    boolean isStatic,
    boolean slaac,
    Optional<InetAddress> router,
    boolean foreignLagg,
    ImmutableList<ImmutableList<String>> vlans) {

  void configure(Boot boot) {
    router.ifPresent(boot::router);
    if (slaac) {
      boot.slaac();
    }
    for (int unit = 0; unit < dhcp; unit++) {
      boot.dhcp(unit);
    }
    if (isStatic) {
      boot.staticAddresses();
    }
    if (foreignLagg) {
      boot.foreignLagg();
    }
    vlans.forEach(boot::ifconfig);
  }
}
