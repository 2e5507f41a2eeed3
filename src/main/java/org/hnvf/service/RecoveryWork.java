package org.hnvf.service;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.freebsd.RouteCommands;
import org.hnvf.journal.Journal;
import org.hnvf.journal.JournalEntry;
import org.hnvf.model.BackOff;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Configuration;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.hnvf.model.SystemException;
import org.hnvf.pairconfig.PairConfigMerger;
import org.hnvf.workflow.Progress;
import org.hnvf.workflow.Recovery;

/**
 * Before anything else is done about a pair: finishes or undoes what a dead hnvf left unfinished on
 * it, planning anew from the journal and from what the guest shows.
 */
final class RecoveryWork {

  /** A rebuild goes on also where nothing can be written down of it. */
  static final int REBUILD = 2;

  private final Machine machine;
  private final Journal journal;
  private final BackOffKeeper backOffs;
  private final PairReader pairs;
  private final PairConfigSource configs;
  private final OverrideWork overrides;
  private final WorkflowRunner workflows;
  private final OutcomeRecorder recorder;
  private final Progress progress;

  RecoveryWork(
      Machine machine,
      Journal journal,
      BackOffKeeper backOffs,
      PairReader pairs,
      PairConfigSource configs,
      OverrideWork overrides,
      WorkflowRunner workflows,
      OutcomeRecorder recorder,
      Progress progress) {
    this.machine = machine;
    this.journal = journal;
    this.backOffs = backOffs;
    this.pairs = pairs;
    this.configs = configs;
    this.overrides = overrides;
    this.workflows = workflows;
    this.recorder = recorder;
    this.progress = progress;
  }

  /**
   * What there was to recover.
   *
   * @param look the pair as it is now
   * @param notes what was done about it, for the operator
   * @param failedTry the report of a workflow that was finished with the VF and failed
   */
  record Recovered(Look look, ImmutableList<String> notes, Optional<Report> failedTry) {

    Recovered(Look look, ImmutableList<String> notes) {
      this(look, notes, Optional.empty());
    }
  }

  /**
   * Recovers the pair, if there is anything to recover.
   *
   * @param vfWanted whether the caller wants the VF used; if not, what was begun is undone
   */
  Recovered recover(Look look, boolean vfWanted) throws HnvfException {
    journal.tidy(look.pair().unit()).forEach(progress::says);
    Journal.Found found = journal.read(look.pair().unit());
    if (found instanceof Journal.Unreadable unreadable) {
      return unreadable(look, unreadable.reason());
    }
    if (found instanceof Journal.Unfinished one && isDue(one.entry(), look)) {
      return recover(look, one.entry(), vfWanted);
    }
    return new Recovered(look, ImmutableList.of());
  }

  /**
   * One that is known to be incomplete is tried again when the next try of the pair is due, and at
   * every look where the guest is cut off: it cannot become worse.
   */
  private boolean isDue(JournalEntry entry, Look look) {
    return entry.isCutShort()
        || (entry.isIncomplete() && (!pauses(look) || lacksAddress(entry.before(), look)));
  }

  /** What is missing is not the VF: the pause counts, not the cause. */
  private boolean pauses(Look look) {
    Instant now = machine.timer().now();
    return look.held().filter(held -> now.isBefore(held.nextTry())).isPresent();
  }

  /** Whether the next try of a pair that is held is still to come. */
  private boolean waits(Look look) {
    return look.held().filter(held -> held.waits(machine.timer().now())).isPresent();
  }

  /** Whether an IPv4 address is on neither hn nor lagg. Another lease may have come since. */
  private static boolean lacksAddress(Configuration before, Look look) {
    ImmutableSet<Prefix> standing =
        Stream.concat(Stream.of(look.pair().hn()), look.pair().lagg().stream())
            .flatMap(name -> look.guest().find(name).stream())
            .flatMap(holder -> holder.inet().map(InterfaceAddress.V4::prefix))
            .collect(toImmutableSet());
    ImmutableSet<Prefix> fixed =
        before.withoutLease().inet().stream()
            .map(Configuration.InetAddressAt::prefix)
            .collect(toImmutableSet());
    boolean lacksLease = before.leased().isPresent() && fixed.containsAll(standing);
    return lacksLease || !standing.containsAll(fixed);
  }

  private Recovered recover(Look seen, JournalEntry entry, boolean vfWanted) throws HnvfException {
    Look look = entry.lagg().map(made -> seen.withOrphan(made)).orElse(seen);
    HnUnit unit = look.pair().unit();
    boolean wanted = vfWanted && look.word() instanceof OperatorWord.Auto && !waits(look);
    Recovery recovery = Recovery.of(entry, look.guest(), look.pair(), wanted);
    if (recovery instanceof Recovery.Closed closed) {
      close(unit, closed.reason());
      // A lagg of that name is somebody else's in this boot.
      return new Recovered(seen, ImmutableList.of());
    }
    Recovery.Resumed resumed = (Recovery.Resumed) recovery;
    String told =
        "hn"
            + unit
            + ": hnvf was killed in a workflow of "
            + entry.begun()
            + "; "
            + resumed.reason();
    progress.says(told);
    ImmutableList.Builder<String> notes = ImmutableList.builder();
    notes.add(told);
    if (!entry.laggStood()) {
      // The disk may have been full when it was made; once hn is out of it, only the note tells.
      entry
          .lagg()
          .filter(made -> seen.guest().find(made).isPresent())
          .ifPresent(made -> notes.addAll(recorder.noteLagg(unit, made)));
    }
    Optional<BackOff> held = Optional.empty();
    boolean moves = entry.intent().moves();
    boolean costly = look.vfUp() || entry.attempt() > Recovery.FORWARD;
    if (wanted && moves && costly && resumed.intent() != Intent.USE_LAGG) {
      // Begun again at once, it might cut the guest off in the same way for ever. This is said
      // before the undo, in which hnvf may be killed too, and whose entry does not tell what it is
      // the undo of.
      List<String> complaints = new ArrayList<>();
      held = Optional.of(backOffs.killed(look, entry, complaints));
      notes.addAll(complaints);
    }
    look = clearedOf(look, entry, notes);
    // A release of a lagg that is taken as the administrator's is never written down as one.
    boolean made =
        entry.intent() == Intent.RELEASE
            || (entry.intent() == Intent.USE_LAGG && !entry.laggStood());
    GuestConfig rc = rcOrLive(look, made);
    Configuration before =
        PairConfigMerger.merged(look.guest(), entry.before(), configs.live(look, rc));
    WorkflowRunner.Ran ran = workflows.run(look, rc, resumed.intent(), before, entry.attempt() + 1);
    if (ran.notBegun().isPresent() && wanted) {
      progress.says(ran.notBegun().get());
      return recover(seen, entry, false);
    }
    Report report = ran.report();
    if (report.plan().isEmpty()) {
      close(unit, "the configuration was in order");
    }
    notes.add(report.message()).addAll(report.failures());
    Look after = pairs.read(unit);
    boolean failed =
        resumed.intent() == Intent.USE_LAGG && report.exitStatus() != ExitCode.OK.status();
    return new Recovered(
        held.isPresent() ? after.withBackOff(held) : after,
        notes.build(),
        Optional.of(report).filter(tried -> failed));
  }

  /**
   * Without the default route that another pair's dhclient(8) put in the place of this one's, which
   * stood nowhere when hnvf was killed. Where hnvf is killed here, too, the entry still stands.
   */
  private Look clearedOf(Look look, JournalEntry entry, ImmutableList.Builder<String> notes)
      throws HnvfException {
    Optional<Route> other = configs.inTheWay(look, entry.before());
    if (other.isEmpty()) {
      return look;
    }
    CommandResult deleted = deleted(other.get());
    if (!deleted.succeeded()) {
      // Later it cannot be told any more which of the two was there first.
      deleted = deleted(other.get());
    }
    notes.add(
        "the default route of hn"
            + look.pair().unit()
            + " was taken by "
            + other.get().netif()
            + ": "
            + deleted.summary());
    Look now = pairs.read(look.pair().unit());
    return entry.lagg().map(now::withOrphan).orElse(now);
  }

  private CommandResult deleted(Route route) {
    CommandResult result = machine.runner().run(RouteCommands.delete(route));
    progress.ran(result, false);
    return result;
  }

  /** An entry that cannot be closed is looked at again, and closed when the disk has room. */
  private void close(HnUnit unit, String reason) {
    try {
      journal.end(unit, "closed: " + reason);
    } catch (SystemException e) {
      progress.says("the journal could not be closed or moved to the history: " + e.getMessage());
    }
  }

  /** What nobody can read is put away, and the guest rebuilt from rc.conf and what is live. */
  private Recovered unreadable(Look look, String reason) throws HnvfException {
    HnUnit unit = look.pair().unit();
    String told = "the journal of hn" + unit + " cannot be used: " + reason;
    progress.says(told);
    ImmutableList.Builder<String> notes = ImmutableList.builder();
    notes.add(told);
    try {
      notes.add("it was renamed to " + journal.setAside(unit));
    } catch (SystemException e) {
      notes.add(String.valueOf(e.getMessage()));
      return new Recovered(look, notes.build());
    }
    if (look.pair().lagg().isEmpty() && overrides.isThere(look.pair().hn())) {
      return new Recovered(look, notes.build());
    }
    Intent intent =
        look.pair().lagg().isEmpty() || look.assessment().isOrphaned(look.guest())
            ? Intent.RELEASE
            : Intent.TIDY;
    GuestConfig rc = rcOrLive(look, false);
    Report report = workflows.run(look, rc, intent, configs.live(look, rc), REBUILD).report();
    notes.add(
        "hnvf rebuilt the configuration from rc.conf and the live state: " + report.message());
    notes.addAll(report.failures());
    return new Recovered(pairs.read(unit), notes.build());
  }

  /**
   * What rc.conf says, or as much as can be known without it.
   *
   * @param made whether the pair's lagg is known to be one that hnvf was making or taking apart
   */
  private GuestConfig rcOrLive(Look look, boolean made) throws SystemException {
    GuestConfig rc;
    boolean broken = false;
    try {
      rc = configs.rc(look);
    } catch (HnvfException e) {
      progress.says("rc.conf could not be used: " + e.getMessage());
      broken = true;
      rc = GuestConfig.liveOnly(look.pair().hn());
    }
    return !made && isNotForUsToRepair(look, broken)
        ? rc.adopting(look.pair().lagg().orElseThrow())
        : rc;
  }

  /**
   * Whether the pair's lagg has to be taken as the administrator's: a script or rc.conf may have
   * made it, and hnvf has not. One that hnvf has half made must be finished or taken apart.
   */
  private boolean isNotForUsToRepair(Look look, boolean broken) throws SystemException {
    return (broken || overrides.isThere(look.pair().hn()))
        && look.pair().lagg().isPresent()
        && configs.isOfUnknownMaker(look);
  }
}
