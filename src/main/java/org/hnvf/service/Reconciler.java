package org.hnvf.service;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.Timer;
import org.hnvf.journal.PairStore;
import org.hnvf.model.BackOff;
import org.hnvf.model.Configuration;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.Strategy;
import org.hnvf.model.SystemException;
import org.hnvf.service.WorkflowRunner.Task;
import org.hnvf.state.Decider;
import org.hnvf.state.Decision;
import org.hnvf.state.Facts;

/**
 * Reconciles one pair, from top to bottom: take its lock, read the guest, recover an interrupted
 * workflow, decide, determine the pair's configuration, plan, run, record, and decide again until
 * nothing is left to do; then release the lock, and reconcile once more if that was requested
 * meanwhile.
 *
 * <p>After an unexpected failure, still under the lock, {@link LastResort} takes the VF down if it
 * cuts the guest off.
 */
final class Reconciler {

  private final Timer timer;
  private final Strategy strategy;
  private final RescuingLocks locks;
  private final OperatorWords words;
  private final PairReader pairs;
  private final Preparation preparation;
  private final RecoveryWork recovery;
  private final PairConfigSource configs;
  private final WorkflowRunner workflows;
  private final DelayStarter delays;
  private final OverrideWork overrides;
  private final ScriptTurn scripts;
  private final BackOffKeeper backOffs;
  private final Works works;
  private final Witness witness;
  private final LastResort lastResort;
  private final Outcomes outcomes;

  Reconciler(
      Timer timer,
      Strategy strategy,
      PairStore store,
      PairReader pairs,
      Preparation preparation,
      RecoveryWork recovery,
      PairConfigSource configs,
      WorkflowRunner workflows,
      DelayStarter delays,
      OverrideWork overrides,
      ScriptTurn scripts,
      BackOffKeeper backOffs,
      Works works,
      Witness witness,
      LastResort lastResort,
      Outcomes outcomes) {
    this.timer = timer;
    this.strategy = strategy;
    this.locks = new RescuingLocks(store, lastResort);
    this.words = new OperatorWords(timer, store);
    this.pairs = pairs;
    this.preparation = preparation;
    this.recovery = recovery;
    this.configs = configs;
    this.workflows = workflows;
    this.delays = delays;
    this.overrides = overrides;
    this.scripts = scripts;
    this.backOffs = backOffs;
    this.works = works;
    this.witness = witness;
    this.lastResort = lastResort;
    this.outcomes = outcomes;
  }

  /**
   * Carries out a request for a pair and everything else that its state requires; waits for its
   * lock.
   *
   * @return the report; empty if the named interface belongs to another pair
   */
  Optional<Report> reconcile(HnUnit unit, Request request) throws HnvfException {
    try {
      return reconcileAwaited(unit, request);
    } finally {
      outcomes.unlocked(unit);
    }
  }

  private Optional<Report> reconcileAwaited(HnUnit unit, Request request) throws HnvfException {
    Optional<Report> report;
    try (DurableFiles.Lock lock = locks.await(unit, request.purpose())) {
      report = underLock(lock, unit, request);
    } catch (HnvfException | RuntimeException e) {
      answerAfter(unit, e);
      throw e;
    }
    Report last =
        reconcileAgainIfRequested(
            unit, report.orElse(Report.nothing("the interface belongs to another pair")));
    return report.isPresent() ? Optional.of(last) : Optional.empty();
  }

  /**
   * Carries out a hint, which does not wait: if another process holds the lock, that process is
   * asked to reconcile once more. So events are neither lost nor queued.
   */
  Report reconcileOnHint(HnUnit unit, Hint hint) throws HnvfException {
    Optional<DurableFiles.Lock> free = locks.tryLockOrAsk(unit, hint);
    try {
      return reconcileOnHint(free, unit, hint);
    } finally {
      outcomes.unlocked(unit);
    }
  }

  private Report reconcileOnHint(Optional<DurableFiles.Lock> free, HnUnit unit, Hint hint)
      throws HnvfException {
    return free.isEmpty()
        ? Report.nothing(ReportMessages.locked(unit))
        : reconcileAgainIfRequested(unit, reconcileWithLock(free.get(), unit, Request.of(hint)));
  }

  private Report reconcileWithLock(DurableFiles.Lock free, HnUnit unit, Request request)
      throws HnvfException {
    try (DurableFiles.Lock lock = free) {
      return answerRequests(lock, unit, request);
    } catch (HnvfException | RuntimeException e) {
      answerAfter(unit, e);
      throw e;
    }
  }

  /** Reconciles once more if that was requested in the meantime and the lock is free. */
  private Report reconcileAgainIfRequested(HnUnit unit, Report first) throws HnvfException {
    Report report = first;
    for (Optional<Hint> why = locks.asked(unit); why.isPresent(); why = locks.asked(unit)) {
      Optional<DurableFiles.Lock> free = locks.tryLock(unit, "a look after " + why.get().trigger());
      if (free.isEmpty()) {
        return report;
      }
      try (DurableFiles.Lock lock = free.get()) {
        report = report.followedBy(answerRequests(lock, unit, Request.of(why.get())));
      }
    }
    return report;
  }

  /**
   * Answers events that were rejected during a reconciliation that failed: their processes have
   * ended and rely on this one.
   */
  private void answerAfter(HnUnit unit, Exception failure) {
    try {
      Report unused = reconcileAgainIfRequested(unit, Report.nothing("failed"));
    } catch (HnvfException | RuntimeException next) {
      failure.addSuppressed(next);
    }
  }

  /** Answers all requests for a reconciliation so far. */
  private Report answerRequests(DurableFiles.Lock held, HnUnit unit, Request request)
      throws HnvfException {
    locks.answer(unit);
    return underLock(held, unit, request).orElseThrow();
  }

  /** The lock is a parameter to show that the caller holds it. */
  private Optional<Report> underLock(DurableFiles.Lock held, HnUnit unit, Request request)
      throws HnvfException {
    requireNonNull(held);
    // hn is a port of the lagg then, and takes over at once.
    boolean vfMustBeDown = request.word() == Request.Word.FAILOVER;
    try {
      return reconcileLocked(unit, request);
    } catch (HnvfException | RuntimeException e) {
      lastResort.after(unit, e, vfMustBeDown);
      throw e;
    } finally {
      works.ended(unit);
    }
  }

  private Optional<Report> reconcileLocked(HnUnit unit, Request request) throws HnvfException {
    GuestState guest = PairReader.supported(preparation.read(request.isUrgent()));
    if (request.hn().isPresent()
        && !PairReader.pairOf(guest, request.hn().get()).unit().equals(unit)) {
      return Optional.empty();
    }
    if (request.word() != Request.Word.NONE || request.runsScript()) {
      PairReader.refuseTransparent(guest);
    }
    Look look = pairs.underLock(guest, unit);
    // Before the recovery, which would otherwise roll back because of the back-off.
    if (request.word() == Request.Word.FAILBACK && look.word() instanceof OperatorWord.Auto) {
      look = words.withoutBackOff(look);
    }
    RecoveryWork.Recovered recovered = recovery.recover(look, request.vfWanted());
    if (request.word() == Request.Word.FAILBACK && recovered.failedTry().isPresent()) {
      // The recovery has made the try that failback requests; another one would cut the guest off
      // again.
      Report failed = recovered.failedTry().get().noting(recovered.notes());
      preparation.keep(recovered.look().guest(), failed);
      witness.saw(recovered.look());
      return Optional.of(failed.at(timer.now()));
    }
    Look now = backOffs.asOf(recovered.look(), request.startsDelay() || request.endsDelay());
    Turn turn = releaseRemainsOfScript(words.take(now, request), request);
    Decision next = next(turn, request);
    while (!(next instanceof Decision.Rest || next instanceof Decision.Wait)) {
      turn = carryOut(next, turn, request);
      next = next(turn, request);
    }
    Report report =
        OperatorWords.noted(request, turn.told(next), turn.look()).noting(recovered.notes());
    preparation.keep(turn.look().guest(), report);
    witness.saw(turn.look());
    return Optional.of(report.at(timer.now()));
  }

  private Decision next(Turn turn, Request request) throws SystemException {
    return Decider.next(facts(turn.look()), request.asked(), turn.soFar());
  }

  private Facts facts(Look look) throws SystemException {
    return new Facts(
        look.assessment(),
        look.assessment().isOrphaned(look.guest()),
        look.vfUp(),
        look.word() instanceof OperatorWord.Released && configs.isOurs(look),
        overrides.isThere(look.pair().hn()),
        look.word(),
        look.backOff(),
        look.delayEnds(),
        strategy,
        timer.now());
  }

  /**
   * Before {@code failback} runs an unfinished override script again: releases the pair, which
   * removes what the script left.
   */
  private Turn releaseRemainsOfScript(Turn taken, Request request) throws HnvfException {
    Look look = taken.look();
    if (request.word() != Request.Word.FAILBACK
        || look.halfDone().isEmpty()
        || !overrides.isThere(look.pair().hn())) {
      return taken;
    }
    Turn cleaned = runWorkflow(taken, Task.of(Intent.RELEASE, request.purpose()).unwrittenIf(true));
    return cleaned.soFar().failed()
        ? cleaned
        : taken.cleanedUp(cleaned.look().withDelay(timer.now()), cleaned.report());
  }

  private Turn carryOut(Decision decision, Turn turn, Request request) throws HnvfException {
    if (decision instanceof Decision.StartDelay) {
      return startDelay(turn);
    }
    if (decision instanceof Decision.Act act) {
      // Under the operator's release it also undoes the result of an override script, and runs
      // without a journal if none can be written.
      return runWorkflow(
          turn,
          Task.of(act.intent(), request.purpose())
              .unwrittenIf(request.word() == Request.Word.RELEASE));
    }
    if (decision instanceof Decision.PutRight right) {
      return runWithoutRcConf(turn, Task.of(right.intent(), request.purpose()));
    }
    if (decision instanceof Decision.HoldDown hold) {
      List<String> failures = turn.failuresWith(hold.reason());
      BackOff held = backOffs.hold(turn.look(), turn.obstacleStatus(), hold.reason(), failures);
      return turn.heldDown(held, failures);
    }
    if (decision instanceof Decision.RunScript) {
      return turn.ranScript(scripts.turn(turn.look(), request));
    }
    OperatorWord word = ((Decision.Replace) decision).word();
    return turn.seeing(words.store(turn.look(), word)).replacing(word);
  }

  private Turn startDelay(Turn turn) throws HnvfException {
    Look look = turn.look();
    Optional<DelayStarter.Begun> heldDown = delays.heldDown(look);
    if (heldDown.isPresent()) {
      return turn.delayed(heldDown.get());
    }
    PairConfigSource.WorkflowConfig config;
    try {
      config = configs.forDelay(look, overrides.isThere(look.pair().hn()));
    } catch (HnvfException e) {
      return turn.stoppedBy(String.valueOf(e.getMessage()), e.exitCode());
    }
    return turn.delayed(delays.start(look, config.rc(), config.notes()));
  }

  /**
   * Runs the workflow of an intent. rc.conf is necessary to move the configuration, and not to
   * bring it back.
   *
   * @param task one that runs even if no journal can be written also undoes the result of an
   *     override script
   */
  private Turn runWorkflow(Turn turn, Task task) throws HnvfException {
    Look look = turn.look();
    Intent intent = task.intent();
    PairConfigSource.WorkflowConfig config;
    try {
      config =
          configs.forWorkflow(
              look, intent.moves(), !task.unwritten() && overrides.isThere(look.pair().hn()));
    } catch (HnvfException e) {
      if (!intent.moves()) {
        throw e;
      }
      return turn.stoppedBy(String.valueOf(e.getMessage()), e.exitCode());
    }
    WorkflowRunner.Result ran =
        workflows.run(look, config.rc(), task, configs.of(look, config.rc()));
    if (ran.notBegun().isPresent()) {
      return turn.stoppedBy(ran.notBegun().get(), ExitCode.SYSTEM);
    }
    Turn next = turn.ran(intent, ran.noting(config.notes()));
    boolean own = ran.succeeded() && intent != Intent.HOLD_VF_DOWN && !config.adopts();
    return own ? scripts.forgotten(next) : next;
  }

  /**
   * Runs a workflow without a journal and from the live configuration alone. A release also uses
   * rc.conf, because no later reconciliation would restore the rest.
   */
  private Turn runWithoutRcConf(Turn turn, Task task) throws HnvfException {
    Look look = turn.look();
    Intent intent = task.intent();
    if (intent == Intent.RELEASE) {
      PairConfigSource.WorkflowConfig config = configs.forWorkflow(look, false, false);
      Configuration before = configs.live(look, config.rc());
      WorkflowRunner.Result ran =
          workflows.run(look, config.rc(), task.attempt(RecoveryWork.REBUILD), before);
      return turn.ranAround(intent, ran.noting(config.notes()));
    }
    GuestConfig live = GuestConfig.liveOnly(look.pair().hn());
    if (look.pair().lagg().isPresent() && configs.isOfUnknownMaker(look)) {
      live = live.adopting(look.pair().lagg().orElseThrow());
    }
    return turn.ranAround(intent, workflows.run(look, live, task, configs.live(look, live)));
  }
}
