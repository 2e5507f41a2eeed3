package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.Prefix;
import org.hnvf.sim.DhcpServer;
import org.hnvf.sim.HostAction;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.state.Pairs;

/**
 * The host and other programs that work on the guest; keeps how they change the required
 * configuration.
 */
final class ThirdParty {

  /** Acts after which an interface may have been without a link for a while. */
  private static final ImmutableSet<ScenarioEvent.Stray> FLAPPING =
      ImmutableSet.of(
          ScenarioEvent.Stray.VF_UP,
          // To give an interface an address brings it up.
          ScenarioEvent.Stray.ADDRESS_ON_VF,
          ScenarioEvent.Stray.PORT_TAKEN_OUT,
          ScenarioEvent.Stray.PORT_DOWN,
          ScenarioEvent.Stray.LAGG_DOWN,
          ScenarioEvent.Stray.NO_DHCLIENT);

  private static final String RC_DESTINATION = "192.0.2.0/24";

  private final SimulatedGuest guest;
  private final Baseline baseline;

  ThirdParty(SimulatedGuest guest, Baseline baseline) {
    this.guest = guest;
    this.baseline = baseline;
  }

  /** Does it, where it makes sense; says what was typed. */
  Optional<String> act(ScenarioEvent.ByOther other, GuestState state) {
    Pair pair = Pairs.find(state, new HnUnit(other.unit())).orElseThrow();
    Optional<String> lagg = state.laggOf(pair.hn()).map(NetInterface::name);
    Baseline.Unit unit = baseline.unit(other.unit());
    String hn = pair.hn().value();
    Optional<String> line =
        switch (other.act()) {
          case VF_UP -> pair.vf().map(vf -> "ifconfig " + vf + " up");
          // While the VF carries the traffic hn has no link, and dhclient(8) gives up.
          case DHCLIENT_ON_PORT ->
              lagg.filter(l -> unit.hasInet() && state.find(pair.hn()).orElseThrow().hasCarrier())
                  .map(l -> "dhclient -b " + hn);
          case ALIAS ->
              Optional.of("ifconfig " + lagg.orElse(hn) + " inet " + alias(1, unit) + " alias")
                  .filter(l -> unit.hasInet());
          case ALIAS_ON_PORT ->
              lagg.map(l -> "ifconfig " + hn + " inet " + alias(2, unit) + " alias")
                  .filter(l -> unit.hasInet());
          case ADDRESS_ON_VF ->
              lagg.flatMap(l -> pair.vf()).map(vf -> "ifconfig " + vf + " inet 10.9.9.9/24");
          // With several networks it is not known whose the next default route is.
          case NO_DEFAULT_ROUTE ->
              lagg.filter(l -> baseline.units().size() == 1 && unit.isPutBack("default"))
                  .map(l -> "route delete default");
          // A client on an hn that is no port belongs to the process that started it: it moves
          // along.
          case PORT_TAKEN_OUT ->
              lagg.filter(l -> state.dhcpClientsOn(pair.hn()).isEmpty())
                  .map(l -> "ifconfig " + l + " -laggport " + hn);
          case PORT_DOWN -> lagg.map(l -> "ifconfig " + hn + " down");
          case LAGG_DOWN -> lagg.map(l -> "ifconfig " + l + " down");
          case NO_DHCLIENT ->
              lagg.filter(l -> unit.dhcp)
                  .map(l -> "pkill -TERM -F /var/run/dhclient/dhclient." + l + ".pid");
          case NO_STATIC_ROUTES ->
              lagg.filter(
                      l -> unit.number == 0 && unit.isPutBack(RC_DESTINATION) && hasRcRoute(state))
                  .map(l -> "route delete " + GuestFactory.RC_ROUTE);
        };
    line.ifPresent(
        l -> {
          unit.fragile |= FLAPPING.contains(other.act());
          boolean done = GuestFactory.type(guest, l);
          if (done && other.act() == ScenarioEvent.Stray.ALIAS) {
            unit.add(Prefix.of(alias(1, unit)), guest.timer().now());
          } else if (done && other.act() == ScenarioEvent.Stray.ALIAS_ON_PORT) {
            Prefix alias = Prefix.of(alias(2, unit));
            if (state.dhcpClientsOn(pair.hn()).isEmpty()) {
              unit.add(alias, guest.timer().now());
            } else {
              unit.perhaps.add(alias);
            }
          } else if (other.act() == ScenarioEvent.Stray.DHCLIENT_ON_PORT) {
            // A client that is being bound takes the first address of its interface away.
            state.find(pair.hn()).stream()
                .flatMap(port -> port.inet().limit(1))
                .map(InterfaceAddress.V4::prefix)
                .filter(unit.addresses::remove)
                .forEach(unit.perhaps::add);
          }
        });
    return line;
  }

  private static boolean hasRcRoute(GuestState state) {
    return state.routes().stream()
        .anyMatch(route -> GuestFactory.RC_ROUTE.contains(route.destination()));
  }

  private static String alias(int kind, Baseline.Unit unit) {
    return "10.0." + (2 + unit.number) + ".7" + kind + "/32";
  }

  /** The host and the networks are well again. */
  void heal(Case drawn) {
    for (Baseline.Unit unit : baseline.units()) {
      HnUnit hn = new HnUnit(unit.number);
      guest.host().vfCarrier(hn, true);
      guest.host().vfAssociated(hn, true);
      guest.host().vfPassesTraffic(hn, true);
      guest.host().hnLink(hn, true);
      guest.host().now(HostAction.gateway(hn, true));
      if (unit.number == 0 && drawn.guest().ipv6() == GuestDraw.Ipv6.FROM_ROUTER) {
        guest.host().routerAdvertisements(hn, true);
      }
      if (drawn.guest().copy().isEmpty() || dhcpChanges(drawn, unit.number)) {
        DhcpServer server = DhcpServer.giving(given(drawn, unit));
        guest.host().dhcp(hn, server);
      }
    }
  }

  /** Returns the last address of a unit's server; it may have given another one before. */
  private static String given(Case drawn, Baseline.Unit unit) {
    Given addresses = Given.of(drawn.guest(), unit.number).orElseThrow();
    String last = addresses.usual().host();
    if (!unit.dhcp) {
      return last;
    }
    for (ScenarioEvent scenarioEvent : drawn.script()) {
      if (scenarioEvent instanceof ScenarioEvent.ByHost host
          && host.action().kind() == HostAction.Kind.DHCP
          && host.action().unit() == unit.number
          && host.action().dhcp().answers()) {
        last = host.action().dhcp().address();
        unit.leases.add(addresses.leased(last));
      }
    }
    return last;
  }

  /** Whether the DHCP server of this unit does something else than it did at first. */
  static boolean dhcpChanges(Case drawn, int unit) {
    return drawn.script().stream()
        .filter(ScenarioEvent.ByHost.class::isInstance)
        .map(scenarioEvent -> ((ScenarioEvent.ByHost) scenarioEvent).action())
        .anyMatch(action -> action.kind() == HostAction.Kind.DHCP && action.unit() == unit);
  }

  /** Adds the host's actions that may cut this unit off, with their durations. */
  void causes(Case drawn, Instant began, int unit, Bounds bounds) {
    Duration patience = drawn.delivery().period().plus(Bounds.REPAIR);
    Instant end = began.plus(drawn.latest()).plus(patience);
    for (ScenarioEvent scenarioEvent : drawn.script()) {
      if (scenarioEvent instanceof ScenarioEvent.ByHost host && host.action().unit() == unit) {
        Instant at = began.plus(host.at());
        switch (host.action().kind()) {
          case ASSOCIATION ->
              bounds.cause("the path is switched", at, at.plus(Bounds.SWITCH), Bounds.SWITCH);
          case UNPLUG -> bounds.cause("the VF goes", at, at.plus(Bounds.SWITCH), Bounds.SWITCH);
          case VF_CARRIER, VF_PASSES, HN_LINK, GATEWAY, DHCP ->
              bounds.cause(host.action().kind().toString(), at, end, Duration.between(at, end));
          default -> {}
        }
      }
    }
  }
}
