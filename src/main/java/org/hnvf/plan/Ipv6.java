package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.freebsd.Rtsol;
import org.hnvf.model.Action;
import org.hnvf.model.Configuration;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/**
 * The steps that concern IPv6. They follow the critical section, so that IPv4 does not wait for
 * them.
 */
final class Ipv6 {

  private Ipv6() {}

  /**
   * Configures IPv6 on {@code to}. The kernel has already removed it from the other interface, or
   * that interface no longer exists. Duplicate address detection would make each address
   * unreachable for a second, so it is off while the addresses are added.
   */
  static void onto(PlanInput s, InterfaceName to, StepList steps) {
    onto(s, to, s.configuration().inet6(), steps);
  }

  /** Configures IPv6 on {@code to} and adds only these addresses. */
  static void onto(PlanInput s, InterfaceName to, ImmutableList<Prefix> missing, StepList steps) {
    Configuration conf = s.configuration();
    if (!conf.ipv6()) {
      return;
    }
    steps.add("IPv6 on " + to, ImmutableList.of(on(s, to)), ImmutableList.of());
    addresses(s, to, missing, steps);
  }

  /** Adds the addresses and routes if IPv6 is already on. */
  static void addresses(
      PlanInput s, InterfaceName to, ImmutableList<Prefix> missing, StepList steps) {
    missing.forEach(
        prefix ->
            steps.add(
                "add " + prefix + " to " + to,
                ImmutableList.of(Actions.addInet6(to, prefix)),
                ImmutableList.of()));
    steps.add("IPv6 routes through " + to, routes(s, to), ImmutableList.of());
  }

  /**
   * Moves the routes to {@code to}. Routes through the other interface are deleted first, except
   * those of a destroyed lagg, whose name is unknown to route(8) (transcript 64).
   */
  private static ImmutableList<Action> routes(PlanInput s, InterfaceName to) {
    InterfaceName hn = s.pair().hn();
    boolean back = to.equals(hn);
    ImmutableList.Builder<Action> actions = ImmutableList.builder();
    for (Route route : s.configuration().routes6()) {
      Optional<Route> standing =
          (back ? Stream.of(hn) : Stream.of(hn, to))
              .flatMap(name -> s.guest().routesOn(name).filter(route.on(name)::hasSameDestination))
              .findFirst();
      Optional<Route> inTheWay = back ? standing : standing.or(() -> Optional.of(route.on(hn)));
      inTheWay.ifPresent(r -> actions.add(Actions.deleteRoute(r)));
      actions.add(Actions.addRoute(route, to));
    }
    return actions.build();
  }

  /** Enables IPv6 and disables duplicate address detection. */
  static Action on(PlanInput s, InterfaceName name) {
    ImmutableList.Builder<String> words = ImmutableList.builder();
    words.add("no_dad", "-ifdisabled", "auto_linklocal");
    if (s.configuration().acceptRtadv()) {
      words.add("accept_rtadv");
    }
    return Actions.inet6Flags(name, words.build());
  }

  /**
   * Adds the steps that take time or matter only later: the router solicitation, and the previous
   * setting of duplicate address detection.
   */
  static void afterwards(PlanInput s, InterfaceName to, StepList steps) {
    Configuration conf = s.configuration();
    if (!conf.ipv6()) {
      return;
    }
    if (conf.acceptRtadv()) {
      steps.add("ask for a router on " + to, ImmutableList.of(solicit(to)), ImmutableList.of());
    }
    if (conf.duplicateDetection()) {
      steps.add(
          "duplicate address detection on " + to + " as it was",
          ImmutableList.of(Actions.inet6Flags(to, ImmutableList.of("-no_dad"))),
          ImmutableList.of());
    }
  }

  /**
   * Solicits a router; a missing answer is ignored, because the kernel repeats the solicitation.
   */
  static Action solicit(InterfaceName name) {
    return new Action.AskForRouter(Action.Run.optional(Rtsol.solicit(name)));
  }

  /** Returns whether this interface lacks a part of the pair's IPv6 configuration. */
  static boolean isMissing(PlanInput s, NetInterface holder) {
    Configuration conf = s.configuration();
    boolean flags =
        holder.isIpv6Disabled()
            || !holder.hasNd6("AUTO_LINKLOCAL")
            || (conf.acceptRtadv() && !holder.hasNd6("ACCEPT_RTADV"))
            || (conf.duplicateDetection() && holder.hasNd6("NO_DAD"));
    InterfaceName name = new InterfaceName(holder.name());
    boolean routes =
        conf.routes6().stream()
            .map(route -> route.on(name))
            .anyMatch(route -> s.guest().routesOn(name).noneMatch(route::hasSameDestination));
    return conf.ipv6() && (flags || routes || !missing(conf, holder).isEmpty());
  }

  /**
   * Returns the addresses that this interface does not have, because adding an existing one is an
   * error.
   */
  static ImmutableList<Prefix> missing(Configuration conf, NetInterface holder) {
    return conf.inet6().stream()
        .filter(prefix -> !has(holder, prefix))
        .collect(ImmutableList.toImmutableList());
  }

  /** Whether this interface has the address. */
  private static boolean has(NetInterface holder, Prefix prefix) {
    return holder.inet6().anyMatch(v6 -> v6.prefix().equals(prefix));
  }
}
