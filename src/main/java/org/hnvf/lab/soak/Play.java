package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.freebsd.VlanLine;
import org.hnvf.journal.PairStore;
import org.hnvf.model.BackOff;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;
import org.hnvf.sim.HistoryEntry;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Reachability;
import org.hnvf.state.Pairs;

/** Lets one occasion happen on a copied guest, and measures it. */
final class Play {

  private final Case calm;
  private final HnUnit unit;
  private final Harness harness;
  private final Stage stage;

  Play(Case calm, HnUnit unit, RcConfShell shell) throws HnvfException {
    this.calm = calm;
    this.unit = unit;
    this.harness = new Harness(calm, shell, true);
    this.stage = harness.stage();
  }

  /** Plays it. */
  Played run(String occasion) throws HnvfException {
    Instant from = stage.began.plus(Exhaustive.BEGINS);
    harness.runUntil(stage.began.plus(calm.length()));
    Instant to = stage.now();
    Baseline.Unit before = stage.baseline().unit(unit.number());
    ImmutableList<Played.AddressCut> cuts =
        Stream.concat(before.leases.stream(), before.addresses.stream())
            .distinct()
            .filter(prefix -> !before.silent.contains(prefix))
            .map(prefix -> cut(before, prefix, from, to))
            .collect(ImmutableList.toImmutableList());
    GuestState after = stage.look();
    InterfaceName name = Pairs.find(after, unit).orElseThrow().hn();
    String hn = name.value();
    Optional<String> lagg = after.laggOf(name).map(NetInterface::name);
    Optional<String> refused = refusal();
    Judge judge = new Judge(harness);
    judge.settle();
    judge.judge();
    return new Played(
        occasion,
        calm.guest().strategy(),
        lagg.orElse(hn),
        lagg.map(holder -> configuration(after, holder)).orElse(ImmutableList.of()),
        configuration(after, hn),
        refused,
        cuts,
        before.silent.stream().map(Prefix::host).collect(ImmutableList.toImmutableList()),
        stage.violations(),
        stage.timeline.lines());
  }

  private Optional<String> refusal() throws HnvfException {
    PairStore store = new PairStore(new NioDurableFiles(stage.guest.root()), stage.guest.timer());
    Stored stored = Stored.of(store, unit);
    return stored.isRefused() ? stored.held().map(BackOff::cause) : Optional.empty();
  }

  private Played.AddressCut cut(Baseline.Unit before, Prefix prefix, Instant from, Instant to) {
    boolean beyond =
        !prefix.isIpv6() && before.routes.stream().anyMatch(r -> r.startsWith("default "));
    Reachability.Vantage vantage =
        beyond ? Reachability.Vantage.BEYOND_GATEWAY : Reachability.Vantage.ON_LINK;
    Duration longest = Duration.ZERO;
    int processes = 0;
    boolean lost = false;
    for (Reachability.Outage outage :
        stage.guest.reachability().outages(prefix.address(), vantage, from, to)) {
      if (outage.length().compareTo(longest) > 0) {
        longest = outage.length();
        processes = running(outage);
      }
      lost |= !outage.end().isBefore(to);
    }
    return new Played.AddressCut(prefix.host(), longest.toMillis(), processes, lost);
  }

  /** How many processes ran during an outage. */
  private int running(Reachability.Outage outage) {
    int count = 0;
    for (HistoryEntry entry : stage.guest.history()) {
      Instant ended = entry.started().plus(entry.result().elapsed());
      if (ended.isAfter(outage.start()) && entry.started().isBefore(outage.end())) {
        count++;
      }
    }
    return count;
  }

  /** The configuration of an interface, in few words. */
  private static ImmutableList<String> configuration(GuestState guest, String name) {
    ImmutableList.Builder<String> words = ImmutableList.builder();
    Optional<NetInterface> there = guest.find(new InterfaceName(name));
    int addresses = there.map(Baseline::global).map(all -> all.size()).orElse(0);
    int routes = Baseline.staticRoutes(guest, name).size();
    count(words, addresses, "address", "addresses");
    count(words, routes, "route", "routes");
    if (!guest.dhcpClientsOn(new InterfaceName(name)).isEmpty()) {
      words.add("dhclient");
    }
    String vlans =
        VlanLine.on(guest, name).map(NetInterface::name).collect(Collectors.joining(", "));
    if (!vlans.isEmpty()) {
      words.add(vlans);
    }
    return words.build();
  }

  private static void count(
      ImmutableList.Builder<String> words, int number, String one, String many) {
    if (number > 0) {
      words.add(number + " " + (number == 1 ? one : many));
    }
  }
}
