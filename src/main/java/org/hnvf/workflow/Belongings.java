package org.hnvf.workflow;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.journal.Journal;
import org.hnvf.journal.JournalEntry;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.LeasedAddress;
import org.hnvf.model.Pair;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.hnvf.pairconfig.PairConfigCollector;
import org.hnvf.state.Pairs;

/**
 * What belongs to a pair on a guest that may have others.
 *
 * <p>A guest has one default route, and while one pair is moved it stands nowhere: another pair,
 * looked at in that moment, or after hnvf was killed in it, must not take it for lost, though its
 * own router would do. It belongs to the pair that had it last, as the journals tell. An entry is
 * durable before the route goes, so whoever sees none finds that entry.
 */
public final class Belongings {

  private final Journal journal;

  /** Going by these journals. */
  public Belongings(Journal journal) {
    this.journal = journal;
  }

  /** What belongs to {@code pair}. */
  public Configuration of(GuestState guest, Pair pair, GuestConfig rc) {
    Configuration live = PairConfigCollector.configuration(guest, pair, rc, lastLease(guest, pair));
    boolean claims = live.defaultRoute().isPresent() && !guest.hasDefaultRoute(false);
    boolean claims6 = live.defaultRoute6().isPresent() && !guest.hasDefaultRoute(true);
    return live.withoutDefaultRoute(
        claims && isOfAnother(guest, pair, false), claims6 && isOfAnother(guest, pair, true));
  }

  /**
   * The default route that dhclient(8) of another pair added while this one's stood nowhere: its
   * script does so for any interface. It is in the way of the one that belongs here.
   *
   * @param before what belonged to {@code pair} when its workflow was cut short
   */
  public Optional<Route> inTheWay(GuestState guest, Pair pair, Configuration before) {
    if (before.defaultRoute().isEmpty() || isOfAnother(guest, pair, false)) {
      return Optional.empty();
    }
    return guest.routes().stream()
        .filter(route -> route.isDefault() && !route.ipv6())
        .filter(route -> isOfLease(guest, route))
        .filter(
            route ->
                Pairs.of(guest).stream()
                    .filter(other -> !other.unit().equals(pair.unit()))
                    .anyMatch(other -> holds(other, route.netif())))
        .findFirst();
  }

  /**
   * What a DHCP server had given when the pair was last worked on. A client whose lease is refused
   * takes the first address of its interface away, which need not be the one of that lease.
   */
  private Optional<Prefix> lastLease(GuestState guest, Pair pair) {
    return journal.read(pair.unit()) instanceof Journal.Last last
            && last.entry().boot().equals(guest.bootTime())
        ? last.entry().before().leased()
        : Optional.empty();
  }

  private static boolean isOfLease(GuestState guest, Route route) {
    return Optional.ofNullable(guest.leases().get(route.netif()))
        .flatMap(LeasedAddress::router)
        .filter(route.gateway()::equals)
        .isPresent();
  }

  private static boolean holds(Pair pair, String netif) {
    return Stream.concat(Stream.of(pair.hn()), pair.lagg().stream())
        .anyMatch(name -> name.value().equals(netif));
  }

  private boolean isOfAnother(GuestState guest, Pair pair, boolean ipv6) {
    Optional<Instant> own = lastHad(pair.unit(), ipv6);
    return Pairs.of(guest).stream()
        .map(Pair::unit)
        .filter(unit -> !unit.equals(pair.unit()))
        .flatMap(unit -> lastHad(unit, ipv6).stream())
        .anyMatch(had -> own.isEmpty() || had.isAfter(own.get()));
  }

  /** When the pair's last workflow began, if the pair had a default route then. */
  private Optional<Instant> lastHad(HnUnit unit, boolean ipv6) {
    return journal.read(unit) instanceof Journal.Last last && had(last.entry(), ipv6)
        ? Optional.of(last.entry().begun())
        : Optional.empty();
  }

  private static boolean had(JournalEntry entry, boolean ipv6) {
    Configuration before = entry.before();
    return (ipv6 ? before.defaultRoute6() : before.defaultRoute()).isPresent();
  }
}
