package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.Action;
import org.hnvf.model.Configuration;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.Expectation;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LaggPort;
import org.hnvf.model.LeasedAddress;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.Prefix;

/**
 * The release: the configuration moves to hn, the VF goes down, and the lagg is destroyed.
 *
 * <p>The IPv4 addresses are added to hn while it is still a port, or while the VF carries the
 * lagg's traffic without it. The critical section follows: the first IPv6 address, which hn and
 * lagg cannot both have, is deleted from the lagg; one process removes hn from the lagg and deletes
 * the lagg's first IPv4 address; the IPv6 address and the default route are added to hn. The same
 * plan rebuilds hn after a failed rollback: it does only what is missing, in any state.
 *
 * <p>Then the VLANs move and the lagg is destroyed. After the critical section the guest is
 * reachable over hn, so a failure does not roll the plan back. If the VF carries the lagg's traffic
 * without hn, no failure rolls it back.
 */
final class ReleasePlan {

  private final PlanInput s;
  private final Configuration conf;
  private final InterfaceName hn;
  private final Optional<InterfaceName> lagg;
  private final NetInterface hnNow;

  /** The IPv6 address that moves in the critical section. */
  private final Optional<Prefix> first6;

  /**
   * The IPv6 addresses to add to hn after the lagg is destroyed, because hn and lagg cannot both
   * have them.
   */
  private final ImmutableList<Prefix> others6;

  private final StepList steps = new StepList();

  ReleasePlan(PlanInput situation) {
    this.s = situation;
    this.conf = situation.configuration();
    this.hn = situation.pair().hn();
    this.lagg = situation.pair().lagg();
    this.hnNow = situation.guest().find(hn).orElseThrow();
    ImmutableList<Prefix> coming =
        lagg.isPresent() ? Ipv6.missing(conf, hnNow) : ImmutableList.of();
    this.first6 = coming.stream().findFirst().filter(this::isOnLagg);
    this.others6 =
        coming.stream()
            .filter(prefix -> first6.filter(prefix::equals).isEmpty())
            .collect(ImmutableList.toImmutableList());
  }

  Plan build() {
    boolean carries = carriesWithoutHn();
    if (!carries) {
      takeVfOut();
    }
    lagg.ifPresent(l -> Dhcp.stop(s, l, steps));
    // A client on a port has not passed the name servers to resolvconf(8), so a new client replaces
    // it.
    lagg.ifPresent(l -> Dhcp.stopStray(s, hn, steps));
    if (lagg.isEmpty() && !hnNow.isUp()) {
      steps.add("bring " + hn + " up", ImmutableList.of(Actions.up(hn)), ImmutableList.of());
    }
    if (lagg.isPresent() && !conf.dhcp()) {
      dropStray();
    }
    conf.inet().forEach(this::stand);
    LabelSteps.join(s, hn, steps);
    if (comesWithIpv6() && !hnNow.hasNd6("NO_DAD")) {
      steps.add(
          "keep " + hn + " from looking for others with its addresses",
          ImmutableList.of(Actions.inet6Flags(hn, ImmutableList.of("no_dad"))),
          ImmutableList.of(Actions.inet6Flags(hn, ImmutableList.of("-no_dad"))));
    }
    if (carries) {
      steps.cutBegins();
      takeVfOut();
    }
    OldLease.takeOff(s, hn, steps);
    steps.cutBegins();
    lagg.ifPresent(l -> BridgeSteps.leave(s, l, steps));
    lagg.ifPresent(this::changeOver);
    BridgeSteps.join(s, hn, steps);
    defaultRoute("default route through " + hn);
    lagg.ifPresent(l -> CarpSteps.back(s, l, steps));
    steps.cutIsOver();
    // A rollback begins with the VF down, which cuts off a guest whose hn is no port.
    int noReturn = lagg.isPresent() && !carries ? steps.size() : 0;
    // hn cannot be a VLAN parent while it is a port, and destroying the lagg leaves the VLANs
    // without a parent.
    VlanSteps.onto(hn, lagg.isPresent() ? conf.vlans() : VlanSteps.notOn(s, hn), steps);
    lagg.ifPresent(this::destroy);
    if (lagg.isPresent()) {
      // An address that could not be deleted from the lagg kept the default route there until now.
      defaultRoute("default route through " + hn + ", if not yet");
    }
    steps.add(
        "static routes through " + hn,
        Expectations.lacksRoutes(s, hn) ? Actions.addRoutes(conf.routes(), hn) : ImmutableList.of(),
        ImmutableList.of());
    if (Ipv6.isMissing(s, hnNow)) {
      Ipv6.onto(s, hn, comesWithIpv6() ? ImmutableList.of() : Ipv6.missing(conf, hnNow), steps);
      Ipv6.afterwards(s, hn, steps);
    }
    LabelSteps.describe(
        conf.description().filter(text -> !hnNow.description().equals(conf.description())),
        hn,
        steps);
    if (conf.dhcp() && (lagg.isPresent() || s.guest().dhcpClientsOn(hn).isEmpty())) {
      Dhcp.start(s, lagg.orElse(hn), hn, steps);
    }
    ImmutableList.Builder<Expectation> expected =
        ImmutableList.<Expectation>builder().addAll(Expectations.of(s, hn));
    s.pair().vf().ifPresent(vf -> expected.add(new Expectation.IsDown(vf)));
    lagg.ifPresent(l -> expected.add(new Expectation.IsGone(l)));
    ImmutableList.Builder<Expectation> fallback = ImmutableList.builder();
    lagg.ifPresent(
        l -> fallback.addAll(Expectations.of(s, l)).add(new Expectation.ActivePort(l, hn)));
    s.pair().vf().ifPresent(vf -> fallback.add(new Expectation.IsDown(vf)));
    return new Plan(
        new Pair(s.pair().unit(), hn, s.pair().vf(), Optional.empty()),
        Intent.RELEASE,
        steps.build(),
        noReturn,
        VfSteps.firstUndo(s),
        expected.build(),
        fallback.build(),
        conf.notes());
  }

  /**
   * Returns whether the VF carries the traffic of the lagg, and hn is not a port, so that no packet
   * passes from the moment at which the VF goes down until the addresses are on hn. Then they are
   * added to hn first: each takes a process.
   */
  private boolean carriesWithoutHn() {
    Optional<NetInterface> from = lagg.flatMap(l -> s.guest().find(l));
    return from.filter(l -> l.port(hn).isEmpty()).isPresent()
        && s.pair()
            .vf()
            .flatMap(vf -> from.flatMap(l -> l.port(vf)))
            .filter(LaggPort::isActive)
            .isPresent();
  }

  private void takeVfOut() {
    VfSteps.down(s, steps);
    VfSteps.clear(s, steps);
    lagg.ifPresent(l -> VfSteps.takeOut(s, l, steps));
  }

  /** Deletes the address that a stray client added to the port. */
  private void dropStray() {
    Optional.ofNullable(s.guest().leases().get(hn.value()))
        .map(LeasedAddress::prefix)
        .filter(p -> hnNow.inet().anyMatch(v4 -> v4.prefix().equals(p)))
        .filter(p -> conf.inet().stream().noneMatch(a -> a.prefix().equals(p)))
        .ifPresent(
            p ->
                steps.add(
                    "take " + p + " off " + hn,
                    ImmutableList.of(Actions.removeInet(hn, p)),
                    ImmutableList.of()));
  }

  /**
   * Destroys the lagg. Only the remaining IPv6 addresses wait for it: hn has been up since it left
   * the lagg.
   */
  private void destroy(InterfaceName l) {
    if (!comesWithIpv6()) {
      steps.add(
          "destroy " + l, ImmutableList.of(Actions.destroy(l), Actions.up(hn)), ImmutableList.of());
      return;
    }
    steps.add("destroy " + l, ImmutableList.of(Actions.destroy(l)), ImmutableList.of());
    others6.forEach(
        prefix ->
            steps.add(
                "add " + prefix + " to " + hn,
                ImmutableList.of(Actions.addInet6(hn, prefix)),
                ImmutableList.of()));
    steps.add("bring " + hn + " up", ImmutableList.of(Actions.up(hn)), ImmutableList.of());
  }

  private void stand(InetAddressAt address) {
    if (hnNow.inet().anyMatch(v4 -> v4.prefix().equals(address.prefix()))) {
      return;
    }
    boolean first = conf.inet().get(0).equals(address);
    ImmutableList.Builder<Action> undo = ImmutableList.builder();
    undo.add(Actions.removeInet(hn, address.prefix()));
    if (first) {
      // The kernel deletes the routes with hn's last address, so the undo adds them on the lagg.
      lagg.ifPresent(l -> undo.addAll(Actions.addRoutes(conf.inetRoutes(), l)));
    }
    steps.add(
        "add " + address.prefix() + " to " + hn,
        ImmutableList.of(Actions.addInet(hn, address)),
        undo.build());
  }

  private boolean comesWithIpv6() {
    return first6.isPresent() || !others6.isEmpty();
  }

  private boolean isOnLagg(Prefix prefix) {
    return lagg.flatMap(l -> s.guest().find(l)).stream()
        .flatMap(now -> Stream.concat(now.inet(), now.inet6()))
        .anyMatch(address -> address.prefix().equals(prefix));
  }

  private void changeOver(InterfaceName from) {
    first6.ifPresent(
        prefix ->
            steps.add(
                "take " + prefix + " off " + from,
                ImmutableList.of(Actions.removeInet6(from, prefix)),
                ImmutableList.of(Actions.addInet6(from, prefix))));
    leave(from);
    first6.ifPresent(
        prefix ->
            steps.add(
                "add " + prefix + " to " + hn,
                ImmutableList.of(Actions.addInet6(hn, prefix)),
                ImmutableList.of(Actions.removeInet6(hn, prefix))));
  }

  /**
   * Removes hn from the lagg and deletes the first address, in one process if the lagg is in its
   * expected state.
   */
  private void leave(InterfaceName from) {
    Optional<InetAddressAt> first = conf.inet().stream().findFirst();
    boolean isPort = s.guest().laggOf(hn).filter(l -> l.name().equals(from.value())).isPresent();
    Optional<InetAddressAt> with = first.filter(address -> isPort && isOnLagg(address.prefix()));
    with.ifPresentOrElse(
        address ->
            steps.add(
                "take " + hn + " out of " + from + ", and " + address.prefix() + " off it",
                ImmutableList.of(Actions.removePortAndInet(from, hn, address.prefix())),
                ImmutableList.of(Actions.addInet(from, address), Actions.addPort(from, hn))),
        () ->
            steps.add(
                "take " + hn + " out of " + from,
                ImmutableList.of(Actions.removePort(from, hn)),
                ImmutableList.of(Actions.addPort(from, hn))));
    Stream.concat(
            first.filter(address -> with.isEmpty()).stream(), SamePrefixAddresses.of(conf).stream())
        .forEach(
            address ->
                steps.add(
                    "take " + address.prefix() + " off " + from,
                    ImmutableList.of(Actions.removeInet(from, address.prefix())),
                    ImmutableList.of(Actions.addInet(from, address))));
    OldLease.standingOn(from, s.guest(), conf)
        .ifPresent(
            over ->
                steps.add(
                    "take " + over + ", whose lease is over, off " + from,
                    ImmutableList.of(Actions.removeInet(from, over)),
                    ImmutableList.of()));
  }

  private void defaultRoute(String name) {
    conf.defaultRoute()
        .filter(route -> s.guest().routesOn(hn).noneMatch(route::hasSameDestination))
        .ifPresent(
            route -> {
              ImmutableList.Builder<Action> actions = ImmutableList.builder();
              // The route to the gateway is first; the kernel deleted it with the address.
              actions.addAll(Actions.addRoutes(conf.routesToGateway(), hn));
              actions.add(Actions.addRoute(route, hn));
              steps.add(name, actions.build(), ImmutableList.of());
            });
  }
}
