package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The guest's configuration by rc(8) at each boot.
 *
 * @param dhcp the number of NICs with DHCP, from hn0 on
 * @param isStatic whether hn0 has static addresses
 * @param slaac whether hn0 accepts IPv6 router advertisements
 * @param router the link-local address of the advertising router, if it is not the usual one
 * @param foreignLagg whether there is a lagg of another owner
 * @param vlans the ifconfig commands that create the VLANs of rc.conf
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
