package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.hnvf.exec.Timer;
import org.hnvf.guest.GuestReader;
import org.hnvf.model.Expectation;
import org.hnvf.model.GuestState;
import org.hnvf.model.SystemException;
import org.hnvf.plan.Expectations;

/** Checks whether a guest meets the expectations of a plan. */
public final class Verifier {

  /** The pauses between five checks, 1.4 s in total: a link, a port or a client may need time. */
  private static final ImmutableList<Duration> PAUSES =
      ImmutableList.of(
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(400),
          Duration.ofMillis(700));

  /**
   * The number of further checks if the guest could not be read in the last one, because a failed
   * check causes a rollback.
   */
  private static final int MORE = 3;

  private static final Duration PAUSE = Duration.ofMillis(700);

  private final GuestReader reader;
  private final Timer timer;

  /** Creates a verifier that reads the guest through {@code reader}. */
  public Verifier(GuestReader reader, Timer timer) {
    this.reader = reader;
    this.timer = timer;
  }

  /**
   * The result of a check.
   *
   * @param unmet the expectations that are not met
   * @param guest the snapshot; empty if the guest could not be read, and then all expectations are
   *     unmet
   * @param problem the reason why the guest could not be read
   */
  record Verdict(
      ImmutableList<Expectation> unmet, Optional<GuestState> guest, Optional<String> problem) {}

  /** Checks until all expectations are met or the last pause is over. */
  Verdict await(Collection<Expectation> expectations) {
    Verdict verdict = look(expectations);
    for (int i = 0; i < PAUSES.size() + MORE; i++) {
      boolean met = verdict.guest().isPresent() && verdict.unmet().isEmpty();
      boolean seen = verdict.guest().isPresent() && i >= PAUSES.size();
      if (met || seen) {
        return verdict;
      }
      try {
        timer.sleep(i < PAUSES.size() ? PAUSES.get(i) : PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return verdict;
      }
      verdict = look(expectations);
    }
    return verdict;
  }

  private Verdict look(Collection<Expectation> expectations) {
    try {
      GuestState guest = reader.snapshot();
      return new Verdict(
          Expectations.unmet(guest, expectations), Optional.of(guest), Optional.empty());
    } catch (SystemException e) {
      return new Verdict(
          ImmutableList.copyOf(expectations),
          Optional.empty(),
          Optional.of(String.valueOf(e.getMessage())));
    }
  }
}
