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
import org.hnvf.model.LeasedAddress;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.Prefix;

/**
 * The way back: hn gets everything, the VF goes down, the lagg goes away.
 *
 * <p>The IPv4 addresses stand on hn while it is still a port. Then the cut: the first IPv6 address,
 * which can stand on one of them only, leaves the lagg; hn leaves the lagg and so does the first
 * IPv4 address, in one process; the IPv6 address and the default route stand on hn. The same plan
 * rebuilds hn when an undo has failed: from whatever state, only what is missing is done.
 *
 * <p>Then the VLANs, and the lagg is destroyed. From the cut's end on the guest is reachable over
 * hn, and going on is better than going back.
 */
final class ReleasePlan {

  private final PlanInput s;
  private final Configuration conf;
  private final InterfaceName hn;
  private final Optional<InterfaceName> lagg;
  private final NetInterface hnNow;

  /** The IPv6 address that changes over in the cut. */
  private final Optional<Prefix> first6;

  /** Those that hn gets as soon as the lagg is gone: they cannot stand on both. */
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
    VfSteps.down(s, steps);
    VfSteps.clear(s, steps);
    lagg.ifPresent(l -> VfSteps.takeOut(s, l, steps));
    lagg.ifPresent(l -> Dhcp.stop(s, l, steps));
    // One on a port has told nobody the name servers: a new client takes its place.
    lagg.ifPresent(l -> Dhcp.stopStray(s, hn, steps));
    if (lagg.isEmpty() && !hnNow.isUp()) {
      steps.add("bring " + hn + " up", ImmutableList.of(Actions.up(hn)), ImmutableList.of());
    }
    if (lagg.isPresent() && !conf.dhcp()) {
      dropStray();
    }
    conf.inet().forEach(this::stand);
    OldLease.takeOff(s, hn, steps);
    LabelSteps.join(s, hn, steps);
    if (comesWithIpv6() && !hnNow.hasNd6("NO_DAD")) {
      steps.add(
          "keep " + hn + " from looking for others with its addresses",
          ImmutableList.of(Actions.inet6Flags(hn, ImmutableList.of("no_dad"))),
          ImmutableList.of(Actions.inet6Flags(hn, ImmutableList.of("-no_dad"))));
    }
    steps.cutBegins();
    lagg.ifPresent(l -> BridgeSteps.leave(s, l, steps));
    lagg.ifPresent(this::changeOver);
    BridgeSteps.join(s, hn, steps);
    defaultRoute("default route through " + hn);
    lagg.ifPresent(l -> CarpSteps.back(s, l, steps));
    steps.cutIsOver();
    int noReturn = lagg.isPresent() ? steps.size() : 0;
    // hn takes none while it is a port, and a lagg that goes leaves them without a parent.
    VlanSteps.onto(hn, lagg.isPresent() ? conf.vlans() : VlanSteps.notOn(s, hn), steps);
    lagg.ifPresent(this::destroy);
    if (lagg.isPresent()) {
      // An address that would not leave the lagg kept the default route there until now.
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

  /** What a client that others started on the port has put there. */
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

  /** IPv6 waits for it, and for nothing else: hn is up since it left the lagg. */
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
      // The last address to leave hn takes the routes with it: they stand on the lagg again then.
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

  /** Where the lagg is as it should be, one process takes hn out and the first address off. */
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
        .filter(route -> s.guest().routesOn(hn).noneMatch(route::leadsAs))
        .ifPresent(
            route -> {
              ImmutableList.Builder<Action> actions = ImmutableList.builder();
              // First the way to its gateway, which went with the address.
              actions.addAll(Actions.addRoutes(conf.ways(), hn));
              actions.add(Actions.addRoute(route, hn));
              steps.add(name, actions.build(), ImmutableList.of());
            });
  }
}
