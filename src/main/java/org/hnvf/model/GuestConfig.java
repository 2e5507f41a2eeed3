package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.Optional;

/**
 * What rc.conf(5) says of one pair's network, evaluated.
 *
 * @param hn what it says of the synthetic NIC
 * @param defaultRouters by FIB, {@code defaultrouter="…"} and {@code defaultrouter_fibN="…"} of
 *     rc.conf, where set
 * @param ipv6DefaultRouters the same for IPv6
 * @param staticRoutes the operands of route(8), {@code -net 192.0.2.0/24 10.0.2.9}, of {@code
 *     static_routes}; of {@code ipv6_static_routes} too, with {@code -inet6} in front
 * @param dhclientProgram {@code dhclient_program}
 * @param dhclientFlags {@code dhclient_flags_IF} or {@code dhclient_flags}, split into words, and
 *     what {@code background_dhclient} and {@code dhclient_arpwait} add to them
 * @param vfDelay {@code hyperv_vf_delay}: how long an attached VF is left down
 * @param laggsConfigured the laggs that rc.conf has an {@code ifconfig_laggX} of or names in {@code
 *     cloned_interfaces}: the user's own
 * @param otherClients the variables that have another DHCP client started for hn: {@code
 *     dhcpcd_enable}, {@code dhcp6c_enable}
 * @param warnings what is odd in it, for the log
 */
public record GuestConfig(
    InterfaceConfig hn,
    ImmutableMap<Integer, String> defaultRouters,
    ImmutableMap<Integer, String> ipv6DefaultRouters,
    ImmutableList<ImmutableList<String>> staticRoutes,
    String dhclientProgram,
    ImmutableList<String> dhclientFlags,
    Duration vfDelay,
    ImmutableList<String> laggsConfigured,
    ImmutableList<String> otherClients,
    ImmutableList<String> warnings) {

  /** The base system's DHCP client, where {@code dhclient_program} says nothing else. */
  public static final String DHCLIENT = "/sbin/dhclient";

  /**
   * For an rc.conf that cannot be evaluated: nothing is known but what is live. Enough to take a VF
   * down or to bring everything back to hn.
   */
  public static GuestConfig liveOnly(InterfaceName hn) {
    return new GuestConfig(
        new InterfaceConfig(
            hn,
            false,
            false,
            true,
            false,
            Optional.empty(),
            ImmutableList.of(),
            ImmutableList.of()),
        ImmutableMap.of(),
        ImmutableMap.of(),
        ImmutableList.of(),
        DHCLIENT,
        ImmutableList.of(),
        Duration.ofSeconds(2),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of());
  }

  /** The same, with this said of hn. */
  public GuestConfig with(InterfaceConfig other) {
    return with(other, laggsConfigured);
  }

  private GuestConfig with(InterfaceConfig other, ImmutableList<String> laggs) {
    return new GuestConfig(
        other,
        defaultRouters,
        ipv6DefaultRouters,
        staticRoutes,
        dhclientProgram,
        dhclientFlags,
        vfDelay,
        laggs,
        otherClients,
        warnings);
  }

  /** The same without those of its static routes that stand elsewhere. */
  public GuestConfig withStaticRoutes(ImmutableList<ImmutableList<String>> routes) {
    return new GuestConfig(
        hn,
        defaultRouters,
        ipv6DefaultRouters,
        routes,
        dhclientProgram,
        dhclientFlags,
        vfDelay,
        laggsConfigured,
        otherClients,
        warnings);
  }

  /** The default router of a FIB, where rc.conf sets one. */
  public Optional<String> defaultRouter(int fib) {
    return Optional.ofNullable(defaultRouters.get(fib));
  }

  /** The same for IPv6. */
  public Optional<String> ipv6DefaultRouter(int fib) {
    return Optional.ofNullable(ipv6DefaultRouters.get(fib));
  }

  /** The same, with this lagg taken as the user's own: the VF is added to it, nothing is moved. */
  public GuestConfig adopting(InterfaceName lagg) {
    return with(
        hn, ImmutableList.<String>builder().addAll(laggsConfigured).add(lagg.value()).build());
  }
}
