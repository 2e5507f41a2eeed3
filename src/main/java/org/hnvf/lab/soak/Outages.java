package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hnvf.model.Prefix;
import org.hnvf.sim.Reachability;

/** Holds the outages of a case against what may have caused them. */
final class Outages {

  private final Case drawn;
  private final Instant began;
  private final Instant ended;
  private final Reachability probe;
  private final Bounds bounds;

  Outages(Case drawn, Instant began, Instant ended, Reachability probe, Bounds bounds) {
    this.drawn = drawn;
    this.began = began;
    this.ended = ended;
    this.probe = probe;
    this.bounds = bounds;
  }

  /** Returns the violations of a unit's outages: its first IPv4 address stands for all. */
  ImmutableList<String> violated(Baseline.Unit unit, ThirdParty others) {
    others.causes(drawn, began, unit.number, bounds);
    if (unit.fragile) {
      bounds.cause("dhclient asks anew", began, ended, Bounds.SWITCH);
    }
    // A server that changes its behaviour may also withhold the address.
    boolean leased = unit.dhcp && !ThirdParty.dhcpChanges(drawn, unit.number);
    return Stream.concat(
            leased ? unit.leases.stream() : Stream.empty(),
            unit.addresses.stream().filter(prefix -> unit.promises(prefix, false)))
        .filter(prefix -> !prefix.isIpv6())
        .limit(1)
        .flatMap(prefix -> breaches(unit, prefix))
        .collect(ImmutableList.toImmutableList());
  }

  private Stream<String> breaches(Baseline.Unit unit, Prefix prefix) {
    List<Reachability.Outage> outages =
        probe.outages(
            prefix.address(), Reachability.Vantage.ON_LINK, unit.since(prefix, began), ended);
    return bounds.breaches(outages).stream().map(breach -> told(prefix, breach));
  }

  private String told(Prefix prefix, Bounds.Breach breach) {
    return prefix.host()
        + " was cut off for "
        + breach.outage().length().toMillis()
        + " ms from "
        + Words.time(Duration.between(began, breach.outage().start())).strip()
        + " s, allowed are "
        + breach.allowed().toMillis()
        + " ms "
        + breach.causes();
  }
}
