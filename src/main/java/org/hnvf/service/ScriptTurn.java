package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.journal.PairStore;
import org.hnvf.model.BackOff;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HalfDoneScript;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.SystemException;
import org.hnvf.state.ScriptLeft;

/** Decides when an override script runs instead of the workflow, and stores its result. */
final class ScriptTurn {

  private final OverrideWork overrides;
  private final PairStore store;
  private final BackOffKeeper backOffs;
  private final LaggNames laggs;
  private final Outcomes outcomes;

  ScriptTurn(
      OverrideWork overrides,
      PairStore store,
      BackOffKeeper backOffs,
      LaggNames laggs,
      Outcomes outcomes) {
    this.overrides = overrides;
    this.laggs = laggs;
    this.outcomes = outcomes;
    this.store = store;
    this.backOffs = backOffs;
  }

  /**
   * Runs the script if its turn has come, and stores the consequences: a script runs once each time
   * the VF comes up, and each time that the operator requests it.
   */
  Report turn(Look look, Request request) throws HnvfException {
    // The event may be lost, and the guest is cut off until the script has run.
    boolean cutOff =
        look.assessment().isCutOff(look.guest()) && !store.hasScriptRun(look.pair().unit());
    boolean due = request.trigger().callsOverride() || look.held().isPresent() || cutOff;
    boolean turn = request.runsScript() || (due && !look.vfIsPort());
    if (!turn || look.pair().vf().isEmpty()) {
      return Report.of(
          look.status(), ExitCode.OK, "an override script manages " + look.pair().hn());
    }
    LaggNames.Told told = laggs.of(look);
    Instant began = outcomes.now();
    OverrideWork.Result result = overrides.run(look, told.lagg());
    Look seen = result.after().map(look::seeing).orElse(look);
    if (result.succeeded() || result.halfDone().isPresent()) {
      outcomes.script(look, seen, result.succeeded(), request.purpose(), began);
    }
    if (result.succeeded()) {
      ImmutableList<String> notes = noteScript(look.pair().unit());
      backOffs.end(look);
      return Report.of(
              seen.withBackOff(Optional.empty()).withHalfDone(Optional.empty()).status(),
              ExitCode.OK,
              result.message())
          .noting(notes)
          .noting(told.notes());
    }
    List<String> failures = new ArrayList<>(result.failures());
    if (result.halfDone().isPresent()) {
      seen = seen.withHalfDone(result.halfDone());
      noteHalfDone(seen, result.halfDone().get(), failures);
    }
    if (result.vfTakenDown()) {
      seen = seen.withBackOff(Optional.of(held(look, result, failures)));
    }
    return Report.of(seen.status(), ExitCode.SYSTEM, result.message())
        .because(ImmutableList.copyOf(failures))
        .noting(told.notes())
        .exiting(result.exitStatus());
  }

  private BackOff held(Look look, OverrideWork.Result result, List<String> failures) {
    String cause = result.failures().get(0);
    return result.refused()
        ? backOffs.hold(look, ExitCode.CONFIGURATION, cause, failures)
        : backOffs.failed(look, look.pair(), cause, failures);
  }

  /**
   * Stores that the script has run. Its result is kept even if that fails; the next reconciliation
   * may run it once more.
   */
  private ImmutableList<String> noteScript(HnUnit unit) {
    try {
      store.noteScript(unit);
      store.forgetHalfDone(unit);
      return ImmutableList.of();
    } catch (SystemException e) {
      return ImmutableList.of("cannot store that the script has run: " + e.getMessage());
    }
  }

  /** Deletes the entry of an unfinished script: the pair is in the state that hnvf wants. */
  Turn forgotten(Turn turn) {
    Look look = turn.look();
    if (look.halfDone().isEmpty()) {
      return turn;
    }
    try {
      store.forgetHalfDone(look.pair().unit());
    } catch (SystemException e) {
      return turn.noting("cannot remove the record of what the script left: " + e.getMessage());
    }
    return turn.seeing(look.withHalfDone(Optional.empty()));
  }

  /** Reports the state that the script has left, and stores it for status and for the operator. */
  private void noteHalfDone(Look seen, HalfDoneScript script, List<String> failures) {
    // The first reason is how it ended, which has been reported.
    ScriptLeft.reasons(seen.guest(), seen.pair(), script).stream().skip(1).forEach(failures::add);
    try {
      store.halfDone(seen.pair().unit(), script);
    } catch (SystemException e) {
      failures.add("cannot store what the script left: " + e.getMessage());
    }
  }
}
