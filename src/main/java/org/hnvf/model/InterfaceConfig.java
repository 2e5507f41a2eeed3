package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * The rc.conf(5) configuration of one interface: the ifconfig commands that FreeBSD's netif would
 * run for it, as argument vectors in the same order ({@code /etc/network.subr}).
 *
 * @param interfaceName the interface
 * @param dhcp whether a DHCP client is wanted
 * @param syncDhcp whether netif waits for the DHCP client
 * @param auto whether netif configures it at boot
 * @param acceptRtadv whether IPv6 is taken from router advertisements
 * @param vnetJail the VNET jail that receives the interface
 * @param commands the argument vectors, {@code rtsol IF} among them; not the DHCP client
 * @param warnings the warnings that network.subr would print
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

  /** Returns a copy with these commands. */
  public InterfaceConfig with(ImmutableList<ImmutableList<String>> others) {
    return new InterfaceConfig(
        interfaceName, dhcp, syncDhcp, auto, acceptRtadv, vnetJail, others, warnings);
  }
}
