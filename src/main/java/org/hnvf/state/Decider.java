package org.hnvf.state;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.Intent;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;

/**
 * Decides the next action for a pair from its state, the operator's word, its back-off, and the
 * actions of this reconciliation so far. The reconciler calls it again after each action until it
 * returns {@link Decision.Rest} or {@link Decision.Wait}. Events are not an input: they only start
 * a reconciliation.
 */
public final class Decider {

  private Decider() {}

  /**
   * Returns the next action. At most one workflow runs in a reconciliation, so that every
   * reconciliation ends; the next one does the rest.
   */
  public static Decision next(Facts facts, Asked asked, SoFar soFar) {
    if (soFar.obstacle().isPresent() && !soFar.held()) {
      return aroundObstacle(facts, soFar, soFar.obstacle().get());
    }
    if (asked.intent().isPresent()) {
      return ofOperator(facts, asked.intent().get(), soFar);
    }
    boolean delayRequested =
        asked.startsDelay()
            && !facts.is(PairState.TRANSPARENT)
            && facts.vfWaits()
            && facts.word() instanceof OperatorWord.Auto
            && facts.held().filter(backOff -> backOff.isPausing(facts.now())).isEmpty();
    if (facts.releaseUnfinished()) {
      return releaseAgain(facts, soFar);
    }
    if (soFar.failed() || soFar.scriptRan() || soFar.held()) {
      return new Decision.Rest("done");
    }
    if (asked.runsScript()) {
      return ofScript(facts);
    }
    Decision wanted =
        delayRequested && !soFar.delayStarted() ? new Decision.StartDelay() : wanted(facts);
    if (wanted instanceof Decision.StartDelay && soFar.delayStarted()) {
      return new Decision.Rest("done");
    }
    if (wanted instanceof Decision.StartDelay && facts.is(PairState.INCONSISTENT)) {
      // The delay may be two minutes, and the guest may be cut off during it.
      Decision tidy = act(facts, Intent.TIDY);
      boolean tidied = soFar.ran().isPresent() || tidy instanceof Decision.Rest;
      return tidied ? wanted : tidy;
    }
    return wanted instanceof Decision.Act act ? unlessOneRan(facts, act.intent(), soFar) : wanted;
  }

  /**
   * Returns the decision if the operator requests the override script. The word is the operator's
   * too, and the other verbs end it.
   */
  private static Decision ofScript(Facts facts) {
    boolean pinned = facts.word() instanceof OperatorWord.Pinned word && !word.isOver(facts.now());
    if (pinned || facts.word() instanceof OperatorWord.Released) {
      return new Decision.Rest("the operator's word keeps the VF down; the script was not run");
    }
    return facts.scripted() && facts.hasVf()
        ? new Decision.RunScript()
        : new Decision.Rest("the VF or the script is gone; the script was not run");
  }

  /**
   * Returns the decision that follows from the pair's state, the operator's word and the back-off.
   */
  private static Decision wanted(Facts facts) {
    Instant now = facts.now();
    if (facts.is(PairState.TRANSPARENT)) {
      return new Decision.Rest("hw.hn.vf_transparent is 1: the kernel does the failover by itself");
    }
    if (facts.word() instanceof OperatorWord.Released) {
      // While the VF is up the host sends all packets to it, and the addresses are on hn.
      return facts.vfUp()
          ? new Decision.Act(Intent.HOLD_VF_DOWN)
          : new Decision.Rest("released; hnvf changes nothing until failback");
    }
    if (facts.word() instanceof OperatorWord.Pinned pinned && !pinned.isOver(now)) {
      return new Decision.Act(Intent.HOLD_VF_DOWN);
    }
    Optional<BackOff> held = facts.held().filter(backOff -> backOff.isPausing(now));
    if (held.isPresent()) {
      if (!facts.vfUp() && facts.is(PairState.INCONSISTENT)) {
        return new Decision.Act(Intent.TIDY);
      }
      return facts.vfUp() ? new Decision.Act(Intent.HOLD_VF_DOWN) : waiting(held.get());
    }
    if (facts.vfWaits() && facts.delayEnds().isEmpty()) {
      return new Decision.StartDelay();
    }
    if (facts.vfWaits() && now.isBefore(facts.delayEnds().orElseThrow())) {
      if (facts.is(PairState.INCONSISTENT)) {
        return new Decision.Act(Intent.TIDY);
      }
      return facts.strategy() == Strategy.BEFORE_VF_UP && facts.is(PairState.VF_ATTACHED)
          ? new Decision.Act(Intent.PREPARE)
          : new Decision.Wait(facts.delayEnds().orElseThrow(), "the VF's delay is running");
    }
    return facts.is(PairState.SYNTHETIC)
        ? new Decision.Rest("no VF")
        : new Decision.Act(Intent.USE_LAGG);
  }

  private static Decision waiting(BackOff held) {
    return held.ends()
        .<Decision>map(end -> new Decision.Wait(end, held.description()))
        .orElseGet(
            () ->
                new Decision.Rest(
                    held.description()
                        + "; tried again when the configuration changes, or with failback"));
  }

  /**
   * Returns the action, or a rest after another workflow of this reconciliation: the next
   * reconciliation decides again.
   */
  private static Decision unlessOneRan(Facts facts, Intent intent, SoFar soFar) {
    if (soFar.ran().isPresent() || (soFar.delayStarted() && intent == Intent.USE_LAGG)) {
      return facts
          .delayEnds()
          .filter(end -> intent.moves() && facts.vfWaits())
          .<Decision>map(end -> new Decision.Wait(end, "the VF's delay is running"))
          .orElse(new Decision.Rest("done"));
    }
    return act(facts, intent);
  }

  /**
   * Returns how the intent is carried out. If hn is not a port of the pair's lagg, only a release
   * makes the guest reachable. An override script replaces the workflow.
   */
  private static Decision act(Facts facts, Intent intent) {
    if (facts.orphaned()) {
      return new Decision.Act(Intent.RELEASE);
    }
    if (facts.scripted() && (intent == Intent.TIDY || intent == Intent.PREPARE)) {
      return new Decision.Rest("an override script manages " + facts.assessment().pair().hn());
    }
    return facts.scripted() && intent == Intent.USE_LAGG
        ? new Decision.RunScript()
        : new Decision.Act(intent);
  }

  /**
   * If a release fails and the lagg remains, the operator's previous word is restored: RELEASED
   * would keep hnvf from repairing the lagg.
   */
  private static Decision ofOperator(Facts facts, Intent intent, SoFar soFar) {
    if (soFar.ran().isEmpty() && soFar.obstacle().isEmpty()) {
      return act(facts, intent);
    }
    boolean takenBack =
        intent == Intent.RELEASE && soFar.failed() && facts.hasLagg() && !soFar.wordReplaced();
    Optional<OperatorWord> before = soFar.wordBefore().filter(word -> takenBack);
    return before.isPresent() ? new Decision.Replace(before.get()) : new Decision.Rest("done");
  }

  /**
   * Finishes a release that was interrupted because hnvf was killed. It is tried once. If it fails,
   * the VF stays down and the lagg remains: hnvf does not try again without the operator.
   */
  private static Decision releaseAgain(Facts facts, SoFar soFar) {
    if (soFar.ran().isEmpty() && soFar.obstacle().isEmpty()) {
      return new Decision.Act(Intent.RELEASE);
    }
    return soFar.failed() && facts.hasLagg() && !soFar.wordReplaced()
        ? new Decision.Replace(new OperatorWord.Pinned(Optional.empty()))
        : new Decision.Rest("done");
  }

  /**
   * Decides after a workflow could not start. A VF that is up goes down, which makes the guest
   * reachable over hn. A lagg that differs from its expected state may cut the guest off and is
   * repaired, as it would be without a VF.
   */
  private static Decision aroundObstacle(Facts facts, SoFar soFar, String obstacle) {
    if (soFar.ran().isPresent()) {
      return new Decision.HoldDown(obstacle);
    }
    if (facts.is(PairState.LAGG_VF)) {
      return new Decision.Rest("not looked at any further; nothing was changed");
    }
    if (facts.orphaned()) {
      return new Decision.PutRight(Intent.RELEASE);
    }
    if (facts.vfUp()) {
      return new Decision.PutRight(Intent.HOLD_VF_DOWN);
    }
    return facts.is(PairState.INCONSISTENT)
        ? new Decision.PutRight(Intent.TIDY)
        : new Decision.HoldDown(obstacle);
  }
}
