package org.hnvf.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.Timer;
import org.hnvf.journal.JournalEntry;
import org.hnvf.journal.PairStore;
import org.hnvf.model.BackOff;
import org.hnvf.model.BackOff.Kind;
import org.hnvf.model.Configuration;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Pair;
import org.hnvf.model.SystemException;
import org.hnvf.state.Cause;
import org.hnvf.state.Tries;

/** Stores the back-off of a pair after a failure, and ends it after a success. */
final class BackOffKeeper {

  private final HoldDown holdDown;
  private final Fingerprints fingerprints;
  private final PairStore store;
  private final Timer timer;

  BackOffKeeper(HoldDown holdDown, Fingerprints fingerprints, PairStore store, Timer timer) {
    this.holdDown = holdDown;
    this.fingerprints = fingerprints;
    this.store = store;
    this.timer = timer;
  }

  /**
   * Returns the pair with its back-off for the current configuration and VF, which may have changed
   * since it was stored. If the change cannot be stored, the next reconciliation stores it.
   *
   * @param asked whether the VF is requested now: a refusal is then checked again
   */
  Look asOf(Look look, boolean asked) {
    Optional<BackOff> stored = look.backOff().filter(held -> dependsOnMore(held));
    // While the guest is cut off, hnvf does not wait for sh(1).
    if (stored.isEmpty() || look.assessment().isCutOff(look.guest())) {
      return look;
    }
    BackOff held = Tries.asOf(stored.get(), fingerprints.now(look, timer.now()));
    if (asked && held.kind() == Kind.REFUSED) {
      held = held.dueAt(timer.now());
    }
    if (held.equals(stored.get())) {
      return look;
    }
    try {
      store.backOff(look.pair().unit(), held);
    } catch (SystemException e) {
      return look;
    }
    return look.withBackOff(Optional.of(held));
  }

  private static boolean dependsOnMore(BackOff held) {
    return held.kind() == Kind.REFUSED || !held.tries().isEmpty();
  }

  /**
   * Stores a failed try: the pair is held, longer each time, and by cause if the same fault
   * occurred with the same configuration before. If the back-off cannot be stored, no workflow can
   * start either.
   *
   * @param pair the pair, with the lagg of the workflow
   * @param failures receives the reason if the back-off cannot be stored
   */
  BackOff failed(Look look, Pair pair, String cause, List<String> failures) {
    Tries.Now now = fingerprints.now(look, timer.now());
    return failed(look, cause, now.failed(Cause.of(cause, pair)), failures);
  }

  /**
   * Stores a workflow that failed.
   *
   * @param tried the configuration that the workflow moved
   */
  BackOff failed(Look look, Pair pair, Configuration tried, String cause, List<String> failures) {
    Tries.Now now = fingerprints.now(look, tried, timer.now());
    return failed(look, cause, now.failed(Cause.of(cause, pair)), failures);
  }

  /**
   * Holds the pair after hnvf was killed in a try of its VF, unless it is held for the same kill
   * already: on a full disk the journal of that workflow cannot be closed, and is found again.
   *
   * @param entry the journal entry of that workflow
   * @param failures receives the reason if the back-off cannot be stored
   */
  BackOff killed(Look look, JournalEntry entry, List<String> failures) {
    String cause = "hnvf was killed in the workflow of " + entry.begun();
    Optional<BackOff> before = look.backOff().filter(held -> held.cause().equals(cause));
    if (before.isPresent()) {
      return before.get();
    }
    Tries.Now now = fingerprints.now(look, entry.before(), timer.now());
    return failed(look, cause, now.failed(Cause.of("hnvf was killed", look.pair())), failures);
  }

  private BackOff failed(Look look, String cause, BackOff.Tried failed, List<String> failures) {
    BackOff held = holdDown.after(look.backOff(), Kind.PASSING, cause, timer.now());
    return stored(look, Tries.after(held, failed), failures);
  }

  /**
   * Stores a try that did not start, or a failure of a plan that does not use the VF.
   *
   * @param status the exit status of the process; {@link ExitCode#CONFIGURATION} makes it a refusal
   * @param failures receives the reason if the back-off cannot be stored
   */
  BackOff hold(Look look, ExitCode status, String cause, List<String> failures) {
    boolean refused = status == ExitCode.CONFIGURATION;
    boolean byCause = look.backOff().filter(b -> b.kind() == Kind.BY_CAUSE).isPresent();
    if (byCause) {
      BackOff before = look.backOff().orElseThrow();
      BackOff held = holdDown.after(look.backOff(), Kind.BY_CAUSE, before.cause(), timer.now());
      return stored(look, held, failures);
    }
    BackOff held =
        holdDown.after(look.backOff(), refused ? Kind.REFUSED : Kind.PASSING, cause, timer.now());
    Tries.Now now = fingerprints.now(look, timer.now());
    return stored(look, refused ? Tries.after(held, now.refused()) : held, failures);
  }

  private BackOff stored(Look look, BackOff held, List<String> failures) {
    try {
      store.backOff(look.pair().unit(), held);
    } catch (SystemException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
    return held;
  }

  /** Holds the pair if its VF has come up too often; empty otherwise. */
  Optional<BackOff> holdFlapping(Look look, Instant now) throws SystemException {
    Pair pair = look.pair();
    Optional<BackOff> flapping =
        pair.vf().isPresent()
            ? holdDown.flapping(look.backOff(), store.ups(pair.unit()), now)
            : Optional.empty();
    if (flapping.isPresent()) {
      store.backOff(pair.unit(), flapping.get());
    }
    return flapping;
  }

  /** Ends the back-off after a successful try. */
  void end(Look look) throws SystemException {
    if (look.backOff().isPresent()) {
      HnUnit unit = look.pair().unit();
      store.endBackOff(unit);
    }
  }
}
