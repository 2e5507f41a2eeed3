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
import org.hnvf.model.Ending;
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
 * Recovers a pair before anything else is done: finishes or rolls back an interrupted workflow with
 * a new plan from the journal and the snapshot.
 */
final class RecoveryWork {

  /** The attempt number of a rebuild, which runs even if no journal can be written. */
  static final int REBUILD = 2;

  private static final String RECOVERY = "recovery after ";

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
   * The result of a recovery.
   *
   * @param look the pair now
   * @param notes the notes for the operator
   * @param failedTry the report of a workflow that was finished with the VF and failed
   */
  record Recovered(Look look, ImmutableList<String> notes, Optional<Report> failedTry) {

    Recovered(Look look, ImmutableList<String> notes) {
      this(look, notes, Optional.empty());
    }
  }

  /**
   * Recovers the pair if its journal is unfinished.
   *
   * @param vfWanted whether the caller wants to use the VF; if not, the workflow is rolled back
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
   * Returns whether an entry is to be recovered now: an incomplete one when the pair's next try is
   * due, and at every reconciliation while the guest is cut off.
   */
  private boolean isDue(JournalEntry entry, Look look) {
    return entry.isCutShort()
        || (entry.isIncomplete() && (!pauses(look) || lacksAddress(entry.before(), look)));
  }

  /**
   * Returns whether the pause is running. The VF is not the missing part, so the pause counts and
   * not the cause.
   */
  private boolean pauses(Look look) {
    Instant now = machine.timer().now();
    return look.held().filter(held -> now.isBefore(held.nextTry())).isPresent();
  }

  /** Returns whether the pair is held and its next try is not due. */
  private boolean waits(Look look) {
    return look.held().filter(held -> held.isPausing(machine.timer().now())).isPresent();
  }

  /**
   * Returns whether an IPv4 address is on neither hn nor lagg. The server may have leased another
   * one since.
   */
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
      // A lagg of that name belongs to another owner since the boot.
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
      // The disk may have been full when it was created; once hn has left it, only this file tells.
      entry
          .lagg()
          .filter(made -> seen.guest().find(made).isPresent())
          .ifPresent(made -> notes.addAll(recorder.noteLagg(unit, made)));
    }
    Optional<BackOff> held = Optional.empty();
    boolean moves = entry.intent().moves();
    boolean costly = look.vfUp() || entry.attempt() > Recovery.FORWARD;
    if (wanted && moves && costly && resumed.intent() != Intent.USE_LAGG) {
      // A new try at once could cut the guest off in the same way for ever. The back-off is stored
      // before the rollback: hnvf may be killed in the rollback, too, and the entry of a rollback
      // does not name its cause.
      List<String> complaints = new ArrayList<>();
      held = Optional.of(backOffs.killed(look, entry, complaints));
      notes.addAll(complaints);
    }
    look = clearedOf(look, entry, notes);
    // The release of a lagg that is treated as the administrator's is never written as a release.
    boolean made =
        entry.intent() == Intent.RELEASE
            || (entry.intent() == Intent.USE_LAGG && !entry.laggStood());
    GuestConfig rc = rcOrLive(look, made);
    Configuration before =
        PairConfigMerger.merged(look.guest(), entry.before(), configs.live(look, rc));
    WorkflowRunner.Result ran =
        workflows.run(
            look,
            rc,
            WorkflowRunner.Task.of(resumed.intent(), cause(entry)).attempt(entry.attempt() + 1),
            before);
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

  private static String cause(JournalEntry entry) {
    String first = entry.cause();
    return first.startsWith(RECOVERY) ? first : RECOVERY + first;
  }

  /**
   * Deletes the default route that another pair's dhclient(8) added while this pair's was absent
   * after a kill. If hnvf is killed here, too, the entry remains.
   */
  private Look clearedOf(Look look, JournalEntry entry, ImmutableList.Builder<String> notes)
      throws HnvfException {
    Optional<Route> other = configs.inTheWay(look, entry.before());
    if (other.isEmpty()) {
      return look;
    }
    CommandResult deleted = deleted(other.get());
    if (!deleted.succeeded()) {
      // Later it would not be known which of the two routes was first.
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

  /** Closes the entry. If that fails, a later reconciliation closes it when the disk has room. */
  private void close(HnUnit unit, String reason) {
    try {
      journal.end(unit, Ending.CLOSED.words(reason));
    } catch (SystemException e) {
      progress.says("the journal could not be closed or moved to the history: " + e.getMessage());
    }
  }

  /**
   * Renames a journal that cannot be parsed, and rebuilds the guest from rc.conf and the live
   * configuration.
   */
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
    Report report =
        workflows
            .run(
                look,
                rc,
                WorkflowRunner.Task.of(intent, "an unreadable journal").attempt(REBUILD),
                configs.live(look, rc))
            .report();
    notes.add(
        "hnvf rebuilt the configuration from rc.conf and the live state: " + report.message());
    notes.addAll(report.failures());
    return new Recovered(pairs.read(unit), notes.build());
  }

  /**
   * Returns the configuration of rc.conf, or the live one if rc.conf cannot be used.
   *
   * @param made whether hnvf is known to have been creating or destroying the pair's lagg
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
   * Returns whether the pair's lagg must be treated as the administrator's: a script or rc.conf may
   * have created it, and hnvf has not. A lagg that hnvf created in part must be finished or
   * destroyed.
   */
  private boolean isNotForUsToRepair(Look look, boolean broken) throws SystemException {
    return (broken || overrides.isThere(look.pair().hn()))
        && look.pair().lagg().isPresent()
        && configs.isOfUnknownMaker(look);
  }
}
