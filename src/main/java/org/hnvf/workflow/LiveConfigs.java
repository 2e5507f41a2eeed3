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
 * The live configuration of a pair: that of a snapshot, corrected by the last known configuration
 * of all pairs in the journals. Applies {@link PairConfigCollector} and {@link
 * ForeignDefaultRoute}.
 */
public final class LiveConfigs {

  private final Journal journal;

  /** Creates a reader that uses these journals. */
  public LiveConfigs(Journal journal) {
    this.journal = journal;
  }

  /** Returns the configuration of {@code pair}. */
  public Configuration of(GuestState guest, Pair pair, GuestConfig rc) {
    ImmutableMap<HnUnit, LastHad> lastHad = lastHad(guest);
    // A client whose lease is refused deletes the first address of its interface, which need not be
    // the one of that lease.
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
   * Returns the default route of another pair that prevents adding this pair's own.
   *
   * @param before the configuration of {@code pair} when its workflow was interrupted
   */
  public Optional<Route> inTheWay(GuestState guest, Pair pair, Configuration before) {
    return ForeignDefaultRoute.inTheWay(guest, pair, before, lastHad(guest));
  }

  private ImmutableMap<HnUnit, LastHad> lastHad(GuestState guest) {
    return journal.lastHad(
        Pairs.of(guest).stream().map(Pair::unit).collect(ImmutableSet.toImmutableSet()));
  }
}
