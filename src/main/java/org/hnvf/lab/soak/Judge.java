package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.journal.Journal;
import org.hnvf.journal.PairStore;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.service.Report;
import org.hnvf.sim.HistoryEntry;

/**
 * Makes everything well and lets the guest come to rest, with a daemon that hears of nothing and
 * has to find by looks what is not as it should be. Then holds the promises against what is there.
 */
final class Judge {

  /** How often a guest may have to wait for a time that hnvf has set itself. */
  private static final int WAITS = 16;

  private static final Duration REST = Duration.ofSeconds(20);

  /** A look at everything has begun with the last pair by then. */
  private static final Duration A_LOOK = Duration.ofSeconds(3);

  /** dhclient(8) asks anew after five minutes where no server answered. */
  private static final Duration DHCP_RETRY = Duration.ofMinutes(6);

  /** So seldom that every look is one that was asked for, or had a reason. */
  private static final Duration SELDOM = Duration.ofDays(1);

  private final Harness harness;
  private final Stage stage;
  private final PairStore store;
  private final DurableFiles files;
  private final Journal journal;

  Judge(Harness harness) {
    this.harness = harness;
    this.stage = harness.stage();
    this.files = new NioDurableFiles(stage.guest.root());
    this.store = new PairStore(files, stage.guest.timer());
    this.journal = new Journal(files, stage.guest.timer());
  }

  /** Nothing is wrong any more, and time passes until hnvf waits for nothing. */
  void settle() throws HnvfException {
    stage.timeline.tell(() -> "==== nothing is wrong any more");
    harness.becomeQuiet();
    stage.thirdParty().heal(stage.drawn);
    failBack();
    int before =
        stage.drawn.guest().address() == GuestDraw.Address.DHCP ? looksAskedFor() : itsOwnLooks();
    awaitWhatItWaitsFor();
    pass(REST);
    if (changesSince(before).findAny().isPresent()) {
      harness.resident().lookAtEverything();
      pass(REST);
    }
  }

  /** The operator ends a back-off that no timer ends, after the cause was removed. */
  private void failBack() throws HnvfException {
    for (Baseline.Unit unit : stage.baseline().units()) {
      HnUnit hn = new HnUnit(unit.number);
      if (Stored.of(store, hn).isByCause()) {
        stage.timeline.count("held by cause");
        stage.cuts.somethingChanged();
        if (!harness.resident().isThere()) {
          pass(Resident.LONGEST_PAUSE);
        }
        Optional<Report> unused =
            harness.resident().act(hn, hnvf -> hnvf.failback(hn.driverName()));
      }
    }
  }

  /** Lets the daemon find deviations by its own next reconciliation. */
  private int itsOwnLooks() throws HnvfException {
    Duration untilItLooks = stage.drawn.delivery().period().plus(A_LOOK);
    pass(untilItLooks);
    int before = stage.guest.history().size();
    pass(untilItLooks);
    return before;
  }

  /**
   * Of the many looks in the time that dhclient(8) takes, only the first and the last are taken.
   */
  private int looksAskedFor() throws HnvfException {
    harness.resident().lookEvery(SELDOM);
    pass(DHCP_RETRY);
    int before = stage.guest.history().size();
    harness.resident().lookAtEverything();
    pass(A_LOOK);
    return before;
  }

  private void awaitWhatItWaitsFor() throws HnvfException {
    Optional<Instant> end = waitsUntil();
    if (end.isPresent()) {
      harness.resident().lookEvery(SELDOM);
    }
    for (int i = 0; i < WAITS && end.isPresent(); i++) {
      harness.runUntil(end.get().plus(A_LOOK));
      end = waitsUntil();
    }
  }

  private Stream<CommandResult> changesSince(int before) {
    return stage.guest.history().stream()
        .skip(before)
        .map(HistoryEntry::result)
        .filter(result -> result.command().effect() == Command.Effect.CHANGES);
  }

  private void pass(Duration time) throws HnvfException {
    harness.runUntil(stage.now().plus(time));
  }

  /** The earliest of the times that the pairs wait for. */
  private Optional<Instant> waitsUntil() throws HnvfException {
    List<Instant> ends = new ArrayList<>();
    for (Baseline.Unit unit : stage.baseline().units()) {
      HnUnit hn = new HnUnit(unit.number);
      Stream.concat(Stored.of(store, hn).ends(), store.delayEnds(hn).stream())
          .filter(stage.now()::isBefore)
          .forEach(ends::add);
    }
    return ends.stream().min(Comparator.naturalOrder());
  }

  /** Holds the promises against what is there. */
  void judge() throws HnvfException {
    stage.cuts.violated().forEach(stage::violated);
    linksFlapped();
    Baseline baseline = stage.baseline();
    if (harness.injector().killedUnwritten()) {
      baseline.unwritten();
    }
    List<Stored> stored = new ArrayList<>();
    for (Baseline.Unit unit : baseline.units()) {
      Stored now = Stored.of(store, new HnUnit(unit.number));
      harness.words().violated(unit.number, now.word(), stage.now()).forEach(stage::violated);
      stored.add(now);
    }
    baseline.units().forEach(unit -> noFinishedJournalLiesThere(new HnUnit(unit.number)));
    boolean isScripted = stage.drawn.guest().script() != GuestDraw.Script.NONE;
    Optional<Integer> scripted = isScripted ? Optional.of(0) : Optional.empty();
    ImmutableSet<Integer> shut = stage.drawn.guest().shut(stage.drawn.boots());
    Invariants.violated(baseline, stage.look(), stage.guest.reachability(), stored, scripted, shut)
        .forEach(stage::violated);
    firewallStayedShut();
    if (!isScripted && stage.drawn.guest().copy().isEmpty()) {
      besideIsAsItWas();
      Outages outages =
          new Outages(
              stage.drawn, stage.began, stage.now(), stage.guest.reachability(), stage.bounds);
      baseline
          .units()
          .forEach(unit -> outages.violated(unit, stage.thirdParty()).forEach(stage::violated));
    }
    if (isScripted && stored.get(0).held().isPresent()) {
      // A script that always fails is tried again when its pause is over, which may be now.
      return;
    }
    aFurtherLookChangesNothing();
  }

  /** hnvf may have been killed before it had moved one; a look since has done so. */
  private void noFinishedJournalLiesThere(HnUnit unit) {
    String path = PairStore.DIRECTORY + "/hn" + unit + ".journal";
    if (files.exists(path) && journal.read(unit) instanceof Journal.Nothing) {
      stage.violated(path + " is finished, and not in the history");
    }
  }

  /** Who else uses hn0 uses what holds its configuration now. */
  private void besideIsAsItWas() throws HnvfException {
    GuestState guest = stage.look();
    InterfaceName hn0 = new HnUnit(0).driverName();
    String holder = guest.laggOf(hn0).map(NetInterface::name).orElse(hn0.value());
    stage.drawn.guest().extras().beside().violated(guest, holder).forEach(stage::violated);
  }

  /** Not even for a moment: what a rule for hn0 blocks would come in by a lagg. */
  private void firewallStayedShut() {
    if (stage.drawn.guest().isShut()
        && stage.drawn.guest().extras().firewall() == Extras.Firewall.NAMES_HN) {
      stage.guest.history().stream()
          .map(entry -> entry.result().command().line())
          .filter(line -> line.contains("laggport hn0"))
          .findFirst()
          .ifPresent(line -> stage.violated("the firewall was opened by `" + line + "`"));
    }
  }

  private void aFurtherLookChangesNothing() throws HnvfException {
    int before = stage.guest.history().size();
    harness.resident().lookAtEverything();
    pass(A_LOOK);
    changesSince(before)
        .filter(r -> !r.command().program().endsWith("sh"))
        .filter(r -> !isCheckOfMtu(r.command()))
        .forEach(r -> stage.violated("a further look ran " + r.summary()));
  }

  /**
   * A refused MTU is tried again when the pause is over, which may be now. The VF is down
   * meanwhile, so the traffic is not affected.
   */
  private boolean isCheckOfMtu(Command command) {
    String line = command.line();
    return stage.drawn.guest().extras().jumbo() == Extras.Jumbo.VF_CANNOT
        && !line.startsWith("ifconfig hn")
        && !line.startsWith("ifconfig lagg")
        && (line.contains(" mtu ") || line.endsWith(" down"));
  }

  /** A link that goes and comes back. */
  private void linksFlapped() {
    for (ScenarioEvent scenarioEvent : stage.drawn.script()) {
      if (scenarioEvent instanceof ScenarioEvent.ByHost host) {
        switch (host.action().kind()) {
          case HN_LINK, VF_CARRIER, DHCP -> stage.baseline().flapped(host.action().unit());
          default -> {}
        }
      }
    }
  }
}
