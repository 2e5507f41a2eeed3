package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.hnvf.journal.Journal;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.LastHad;
import org.hnvf.model.Pair;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.hnvf.model.Vlan;
import org.hnvf.pairconfig.ForeignDefaultRoute;
import org.hnvf.pairconfig.PairConfigCollector;
import org.hnvf.pairconfig.PairVlans;
import org.hnvf.state.Pairs;

/**
 * What belongs to a pair now: reads what the guest's pairs had last, and has {@link
 * PairConfigCollector} and {@link ForeignDefaultRoute} decide.
 */
public final class PairConfigs {

  private final Journal journal;

  /** Going by what is noted with these journals. */
  public PairConfigs(Journal journal) {
    this.journal = journal;
  }

  /** What belongs to {@code pair}. */
  public Configuration of(GuestState guest, Pair pair, GuestConfig rc) {
    ImmutableMap<HnUnit, LastHad> lastHad = lastHad(guest);
    // A client whose lease is refused takes the first address of its interface away, which need
    // not be the one of that lease.
    Optional<Prefix> lastLease =
        Optional.ofNullable(lastHad.get(pair.unit()))
            .flatMap(had -> had.leasedIn(guest.bootTime()));
    Configuration live = PairConfigCollector.configuration(guest, pair, rc, lastLease);
    ImmutableList<Vlan> lastVlans =
        Optional.ofNullable(lastHad.get(pair.unit()))
            .map(had -> had.vlansIn(guest.bootTime()))
            .orElse(ImmutableList.of());
    return ForeignDefaultRoute.without(
        PairVlans.withOrphans(live, guest, lastVlans), guest, pair, lastHad);
  }

  /**
   * Another pair's default route that is in the way of this pair's own.
   *
   * @param before what belonged to {@code pair} when its workflow was cut short
   */
  public Optional<Route> inTheWay(GuestState guest, Pair pair, Configuration before) {
    return ForeignDefaultRoute.inTheWay(guest, pair, before, lastHad(guest));
  }

  private ImmutableMap<HnUnit, LastHad> lastHad(GuestState guest) {
    return journal.lastHad(
        Pairs.of(guest).stream().map(Pair::unit).collect(ImmutableSet.toImmutableSet()));
  }
}
