package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.Optional;

/**
 * The evaluated network variables of rc.conf(5) for one pair.
 *
 * @param hn the configuration of the synthetic NIC
 * @param defaultRouters by FIB, {@code defaultrouter="…"} and {@code defaultrouter_fibN="…"} of
 *     rc.conf, where set
 * @param ipv6DefaultRouters the same for IPv6
 * @param staticRoutes the operands of route(8), {@code -net 192.0.2.0/24 10.0.2.9}, of {@code
 *     static_routes}; of {@code ipv6_static_routes} too, with {@code -inet6} in front
 * @param dhclientProgram {@code dhclient_program}
 * @param dhclientFlags {@code dhclient_flags_IF} or {@code dhclient_flags}, split into words, and
 *     what {@code background_dhclient} and {@code dhclient_arpwait} add to them
 * @param vfDelay {@code hyperv_vf_delay}: how long an attached VF is left down
 * @param laggsConfigured the administrator's own laggs: those that have an {@code ifconfig_laggX}
 *     or are named in {@code cloned_interfaces}
 * @param otherClients the variables that start another DHCP client on hn: {@code dhcpcd_enable},
 *     {@code dhcp6c_enable}
 * @param warnings the warnings for the log
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

  /** The base system's DHCP client, the default of {@code dhclient_program}. */
  public static final String DHCLIENT = "/sbin/dhclient";

  /**
   * Creates a configuration for an rc.conf that cannot be evaluated, so that only the live
   * configuration is used. It suffices to take a VF down or to move everything back to hn.
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

  /** Returns a copy with this configuration of hn. */
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

  /** Returns a copy with these static routes, without those that stand elsewhere. */
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

  /** Returns the IPv4 default router of a FIB, if rc.conf sets one. */
  public Optional<String> defaultRouter(int fib) {
    return Optional.ofNullable(defaultRouters.get(fib));
  }

  /** Returns the IPv6 default router of a FIB, if rc.conf sets one. */
  public Optional<String> ipv6DefaultRouter(int fib) {
    return Optional.ofNullable(ipv6DefaultRouters.get(fib));
  }

  /**
   * Returns a copy in which this lagg is the administrator's own: hnvf adds the VF to it and moves
   * nothing.
   */
  public GuestConfig adopting(InterfaceName lagg) {
    return with(
        hn, ImmutableList.<String>builder().addAll(laggsConfigured).add(lagg.value()).build());
  }
}
