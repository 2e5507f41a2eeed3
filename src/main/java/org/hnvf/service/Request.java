package org.hnvf.service;

import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.state.Asked;

/**
 * A request to reconcile a pair.
 *
 * @param purpose the purpose, for the lock file and for messages to other processes
 * @param trigger the reason
 * @param hn the named interface, which may turn out to belong to another pair
 * @param word the operator's word from now on
 * @param pin its duration for {@link Word#FAILOVER}; empty for no end
 * @param startsDelay whether a VF has just been attached, so that its delay starts again
 * @param endsDelay whether the VF is to be used now without its delay
 * @param runsScript whether the override script is to be run in every state of the pair
 */
record Request(
    String purpose,
    Trigger trigger,
    Optional<InterfaceName> hn,
    Word word,
    Optional<Duration> pin,
    boolean startsDelay,
    boolean endsDelay,
    boolean runsScript) {

  /** An operator's word, which replaces the previous one. */
  enum Word {
    /** No word: the previous one continues to apply. */
    NONE,
    /** The VF leaves the lagg and is kept down. */
    FAILOVER,
    /** The VF is used again. */
    FAILBACK,
    /** The configuration moves back to hn. */
    RELEASE
  }

  static Request of(Hint hint) {
    return new Request(
        hint.trigger().toString(),
        hint.trigger(),
        Optional.empty(),
        Word.NONE,
        Optional.empty(),
        hint.startsDelay(),
        false,
        false);
  }

  static Request of(Trigger trigger) {
    return of(new Hint(trigger, false));
  }

  static Request attach(InterfaceName vf) {
    return new Request(
        "attach " + vf,
        Trigger.IFATTACH,
        Optional.empty(),
        Word.NONE,
        Optional.empty(),
        true,
        false,
        false);
  }

  /** Returns the request of {@code override run}: its script, without a delay. */
  static Request script(InterfaceName hn) {
    return new Request(
        "override run " + hn,
        Trigger.OPERATOR,
        Optional.of(hn),
        Word.NONE,
        Optional.empty(),
        false,
        true,
        true);
  }

  static Request vfUp(InterfaceName hn) {
    return named("vf-up", Trigger.VF_UP, hn, Word.NONE, Optional.empty(), true);
  }

  static Request vfDown(InterfaceName hn) {
    return named("vf-down", Trigger.VF_DOWN, hn, Word.NONE, Optional.empty(), false);
  }

  static Request failover(InterfaceName hn, Optional<Duration> pin) {
    return named("failover", Trigger.OPERATOR, hn, Word.FAILOVER, pin, false);
  }

  static Request failback(InterfaceName hn) {
    return named("failback", Trigger.OPERATOR, hn, Word.FAILBACK, Optional.empty(), true);
  }

  static Request release(InterfaceName hn) {
    return named("release", Trigger.OPERATOR, hn, Word.RELEASE, Optional.empty(), false);
  }

  private static Request named(
      String verb,
      Trigger trigger,
      InterfaceName hn,
      Word word,
      Optional<Duration> pin,
      boolean endsDelay) {
    return new Request(
        verb + " " + hn, trigger, Optional.of(hn), word, pin, false, endsDelay, false);
  }

  /** Returns whether the VF is to be used; if not, an interrupted workflow is rolled back. */
  boolean vfWanted() {
    return word == Word.NONE || word == Word.FAILBACK;
  }

  /**
   * Returns whether the guest may be cut off until the request is carried out, so that each process
   * counts.
   */
  boolean isUrgent() {
    return trigger.callsOverride() && !startsDelay;
  }

  Asked asked() {
    Optional<Intent> intent =
        switch (word) {
          case FAILOVER -> Optional.of(Intent.HOLD_VF_DOWN);
          case RELEASE -> Optional.of(Intent.RELEASE);
          case NONE, FAILBACK -> Optional.empty();
        };
    return new Asked(intent, startsDelay, runsScript);
  }
}
