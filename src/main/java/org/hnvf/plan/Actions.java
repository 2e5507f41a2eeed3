package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hnvf.freebsd.Bridge;
import org.hnvf.freebsd.Dhclient;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.freebsd.Resolvconf;
import org.hnvf.freebsd.RouteCommands;
import org.hnvf.model.Action;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.DhcpClient;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.hnvf.model.Vlan;

/**
 * The actions of plans, each with FreeBSD's error texts that mean that the guest is already in the
 * wanted state: another process may have changed the guest since the snapshot, and the check after
 * the plan decides.
 */
final class Actions {

  private static final String NO_SUCH_ADDRESS = "Can't assign requested address";
  private static final String NO_SUCH_INTERFACE = "does not exist";
  private static final String NO_SUCH_PORT = "SIOCSLAGGDELPORT: No such file or directory";
  private static final String NOT_A_PORT = "SIOCSLAGGDELPORT: Invalid argument";
  private static final String NO_SUCH_PROCESS = "No such process";
  private static final String ROUTE_EXISTS = "File exists";
  private static final String NO_SUCH_ROUTE = "route has not been found";

  /**
   * The error text for the zone of an interface that no longer exists; such an interface has no
   * routes (transcript 64).
   */
  private static final String NO_SUCH_ZONE = "Name does not resolve";

  private static final String IS_MEMBER = "File exists";
  private static final String NO_SUCH_MEMBER = "No such file or directory";
  private static final String IN_GROUP = "SIOCAIFGROUP: File exists";
  private static final String NOT_IN_GROUP = "SIOCDIFGROUP: No such file or directory";

  private Actions() {}

  static Action up(InterfaceName name) {
    return Action.Run.of(Ifconfig.up(name));
  }

  /** Takes an interface down; a missing interface counts as down. */
  static Action down(InterfaceName name) {
    return Action.Run.tolerating(Ifconfig.down(name), NO_SUCH_INTERFACE);
  }

  static Action addPorts(
      InterfaceName lagg, List<InterfaceName> ports, Optional<Prefix> inet6Address) {
    return Action.Run.of(Ifconfig.addPorts(lagg, ports, inet6Address));
  }

  static Action addPort(InterfaceName lagg, InterfaceName port) {
    return Action.Run.of(Ifconfig.addPort(lagg, port));
  }

  static Action removePort(InterfaceName lagg, InterfaceName port) {
    return Action.Run.tolerating(
        Ifconfig.removePort(lagg, port), NO_SUCH_PORT, NO_SUCH_INTERFACE, NOT_A_PORT);
  }

  /**
   * If the interface is no longer a port, the address stays on the lagg until the lagg is
   * destroyed.
   */
  static Action removePortAndInet(InterfaceName lagg, InterfaceName port, Prefix address) {
    return Action.Run.tolerating(
        Ifconfig.removePortAndInet(lagg, port, address),
        NO_SUCH_PORT,
        NO_SUCH_INTERFACE,
        NOT_A_PORT,
        NO_SUCH_ADDRESS);
  }

  static Action destroy(InterfaceName name) {
    return Action.Run.tolerating(Ifconfig.destroy(name), NO_SUCH_INTERFACE);
  }

  /** Adds an address as an alias: without {@code alias} ifconfig replaces the first address. */
  static Action addInet(InterfaceName name, InetAddressAt address) {
    return Action.Run.of(Ifconfig.addInet(name, address.prefix(), address.broadcast(), true));
  }

  static Action removeInet(InterfaceName name, Prefix prefix) {
    return Action.Run.tolerating(
        Ifconfig.removeInet(name, prefix), NO_SUCH_ADDRESS, NO_SUCH_INTERFACE);
  }

  static Action addInet6(InterfaceName name, Prefix prefix) {
    return Action.Run.of(Ifconfig.addInet6(name, prefix));
  }

  static Action removeInet6(InterfaceName name, Prefix prefix) {
    return Action.Run.tolerating(
        Ifconfig.removeInet6(name, prefix), NO_SUCH_ADDRESS, NO_SUCH_INTERFACE);
  }

  /** Changes the parent of a VLAN; a VLAN that was destroyed is skipped. */
  static ImmutableList<Action> moveVlan(Vlan vlan, InterfaceName parent) {
    return ImmutableList.of(
        Action.Run.tolerating(Ifconfig.withoutVlanParent(vlan.name()), NO_SUCH_INTERFACE),
        Action.Run.tolerating(Ifconfig.vlan(vlan, parent), NO_SUCH_INTERFACE));
  }

  static Action inet6Flags(InterfaceName name, List<String> words) {
    return Action.Run.of(Ifconfig.inet6Flags(name, words.toArray(String[]::new)));
  }

  static Action terminate(DhcpClient client) {
    return Action.Run.tolerating(Dhclient.terminate(client.pid()), NO_SUCH_PROCESS);
  }

  /** Stops a client whose process id is not in the snapshot: the undo of its start. */
  static Action terminateByPidFile(InterfaceName name) {
    return Action.Run.optional(Dhclient.terminateByPidFile(name)).ifFile(Dhclient.pidFile(name));
  }

  static Action startDhclient(GuestConfig rc, InterfaceName name) {
    return Action.Run.tolerating(
        Dhclient.start(rc.dhclientProgram(), rc.dhclientFlags(), name), "already running");
  }

  /** Starts a client with another interface's block of dhclient.conf(5). */
  static Action startDhclient(GuestConfig rc, String conf, InterfaceName name) {
    return Action.Run.tolerating(
        Dhclient.start(rc.dhclientProgram(), rc.dhclientFlags(), conf, name), "already running");
  }

  /**
   * The failure of resolvconf(8) is no reason for a rollback: /etc/resolv.conf may be immutable, or
   * a service that depends on it may not restart.
   */
  static Action forgetResolver(InterfaceName name, InterfaceName inFavourOf) {
    return new Action.Incidental(
        Action.Run.of(Resolvconf.delete(name)).ifFile(Resolvconf.entry(inFavourOf)));
  }

  static Action joinBridge(BridgeMembership how, InterfaceName member) {
    return Action.Run.tolerating(Bridge.join(how, member), IS_MEMBER);
  }

  static Action leaveBridge(BridgeMembership how, InterfaceName member) {
    return Action.Run.tolerating(
        Bridge.leave(how.bridge(), member), NO_SUCH_MEMBER, NO_SUCH_INTERFACE);
  }

  /**
   * Sets the MTU of the VF; a driver returns EINVAL for an MTU that its hardware does not support.
   */
  static Action demandMtu(InterfaceName vf, int bytes, InterfaceName as) {
    return new Action.Demand(
        Action.Run.of(Ifconfig.mtu(vf, bytes)),
        "Invalid argument",
        vf
            + " cannot have the MTU "
            + bytes
            + " of "
            + as
            + " and is left out: give "
            + as
            + " one that both can have (`ifconfig "
            + as
            + " mtu 1500`, and in rc.conf), or leave it so and use no VF");
  }

  /** Restores an MTU; a VF that no longer exists is skipped. */
  static Action mtuAsBefore(InterfaceName name, int bytes) {
    return Action.Run.tolerating(Ifconfig.mtu(name, bytes), NO_SUCH_INTERFACE);
  }

  static Action group(InterfaceName name, String group) {
    return Action.Run.tolerating(Ifconfig.group(name, group), IN_GROUP);
  }

  static Action ungroup(InterfaceName name, String group) {
    return Action.Run.tolerating(Ifconfig.ungroup(name, group), NOT_IN_GROUP, NO_SUCH_INTERFACE);
  }

  /** Adds a route; an existing default route of another interface is replaced. */
  static Action addRoute(Route route, InterfaceName onto) {
    Action.Run add = Action.Run.tolerating(RouteCommands.add(route, onto), ROUTE_EXISTS);
    return route.isDefault()
        ? new Action.AddDefaultRoute(
            add,
            RouteCommands.showDefault(route.ipv6(), route.fib()),
            Action.Run.of(RouteCommands.change(route, onto)),
            onto)
        : add;
  }

  /** Makes a default route the only one; an absent one is left to the check after the plan. */
  static Action replaceDefaultRoutes(Route route, InterfaceName onto) {
    return Action.Run.tolerating(RouteCommands.change(route, onto), NO_SUCH_ROUTE);
  }

  static Action deleteRoute(Route route) {
    return Action.Run.tolerating(
        RouteCommands.delete(route), NO_SUCH_ROUTE, "not in table", NO_SUCH_ZONE);
  }

  static ImmutableList<Action> addRoutes(Collection<Route> routes, InterfaceName onto) {
    return routes.stream()
        .map(route -> addRoute(route, onto))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * IPv6 routes through what was a lagg port are not removed by the kernel: they stay without
   * effect, and {@code route add} fails with {@code File exists}. So each one is deleted first.
   */
  static ImmutableList<Action> replaceRoutes(Collection<Route> routes, InterfaceName onto) {
    return routes.stream()
        .map(route -> route.on(onto))
        .flatMap(route -> ImmutableList.of(deleteRoute(route), addRoute(route, onto)).stream())
        .collect(ImmutableList.toImmutableList());
  }
}
