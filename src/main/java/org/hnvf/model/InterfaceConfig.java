package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * What rc.conf(5) says of one interface: the ifconfig commands that FreeBSD's netif would run for
 * it, argument by argument, in its order ({@code /etc/network.subr}).
 *
 * @param interfaceName the interface
 * @param dhcp whether a DHCP client is wanted
 * @param syncDhcp whether it is to be waited for
 * @param auto whether netif configures it at boot
 * @param acceptRtadv whether IPv6 is taken from router advertisements
 * @param vnetJail the jail that it is given to
 * @param commands the argument vectors, {@code rtsol IF} among them; not the DHCP client
 * @param warnings what network.subr would have complained of
 */
public record InterfaceConfig(
    InterfaceName interfaceName,
    boolean dhcp,
    boolean syncDhcp,
    boolean auto,
    boolean acceptRtadv,
    Optional<String> vnetJail,
    ImmutableList<ImmutableList<String>> commands,
    ImmutableList<String> warnings) {

  /** The same with these commands. */
  public InterfaceConfig with(ImmutableList<ImmutableList<String>> others) {
    return new InterfaceConfig(
        interfaceName, dhcp, syncDhcp, auto, acceptRtadv, vnetJail, others, warnings);
  }
}
