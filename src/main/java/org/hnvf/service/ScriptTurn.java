package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.journal.PairStore;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairStatus;
import org.hnvf.model.SystemException;

/** When an administrator's script runs in the place of the workflow, and what is kept of it. */
final class ScriptTurn {

  private final OverrideWork overrides;
  private final PairStore store;
  private final BackOffKeeper backOffs;

  ScriptTurn(OverrideWork overrides, PairStore store, BackOffKeeper backOffs) {
    this.overrides = overrides;
    this.store = store;
    this.backOffs = backOffs;
  }

  /**
   * Runs the script where it is its turn, and keeps what follows from it: a script runs once for
   * each time that the VF comes up.
   */
  Report turn(Look look, Trigger trigger) throws HnvfException {
    // The event that calls it may be lost, and the guest is cut off until it has run.
    boolean cutOff =
        look.assessment().isCutOff(look.guest()) && !store.hasScriptRun(look.pair().unit());
    boolean due = trigger.callsOverride() || look.held().isPresent() || cutOff;
    if (!due || look.vfIsPort() || look.pair().vf().isEmpty()) {
      return Report.of(
          look.status(), ExitCode.OK, "an override script takes care of " + look.pair().hn());
    }
    OverrideWork.Result result = overrides.run(look);
    PairStatus after = result.after().map(look::seeing).orElse(look).status();
    if (result.succeeded()) {
      ImmutableList<String> notes = noteScript(look.pair().unit());
      backOffs.end(look);
      return Report.of(after.backingOff(Optional.empty()), ExitCode.OK, result.message())
          .noting(notes);
    }
    List<String> failures = new ArrayList<>(result.failures());
    if (result.vfTakenDown()) {
      after =
          after.backingOff(Optional.of(backOffs.hold(look, result.failures().get(0), failures)));
    }
    return Report.of(after, ExitCode.SYSTEM, result.message())
        .because(ImmutableList.copyOf(failures))
        .exiting(result.exitStatus());
  }

  /**
   * What a script did is not to be undone because that cannot be noted; the next look may run it
   * once more.
   */
  private ImmutableList<String> noteScript(HnUnit unit) {
    try {
      store.noteScript(unit);
      return ImmutableList.of();
    } catch (SystemException e) {
      return ImmutableList.of("not noted that the script has run: " + e.getMessage());
    }
  }
}
