package org.hnvf.service;

import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.state.Asked;

/**
 * What a pair is to be looked at for.
 *
 * @param purpose what for, for the lock's file and for whoever is refused
 * @param trigger why
 * @param hn the interface that was named, which may turn out to be another pair's
 * @param word what an operator wants from now on
 * @param pin how long, where that is {@link Word#FAILOVER}; empty for ever
 * @param startsDelay whether a VF has just been attached, so that its delay starts anew
 * @param endsDelay whether the VF is to be used now, its delay notwithstanding
 */
record Request(
    String purpose,
    Trigger trigger,
    Optional<InterfaceName> hn,
    Word word,
    Optional<Duration> pin,
    boolean startsDelay,
    boolean endsDelay) {

  /** An operator's word, which replaces the one of before. */
  enum Word {
    /** None: the one of before goes on to hold. */
    NONE,
    /** The VF leaves the lagg and is held down. */
    FAILOVER,
    /** The VF is used again. */
    FAILBACK,
    /** hn gets everything back. */
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
        false);
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
    return new Request(verb + " " + hn, trigger, Optional.of(hn), word, pin, false, endsDelay);
  }

  /** Whether the VF is wanted in use: if not, what was begun with it is undone. */
  boolean vfWanted() {
    return word == Word.NONE || word == Word.FAILBACK;
  }

  /** Whether the guest may be cut off until this is done, so that every process counts. */
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
    return new Asked(intent, startsDelay);
  }
}
