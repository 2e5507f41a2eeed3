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

/** Looks whether a guest is as a plan expects. */
public final class Verifier {

  /**
   * How long to wait between looks: a link, a port or a client may need a moment. All in all 1.4 s
   * and five looks.
   */
  private static final ImmutableList<Duration> PAUSES =
      ImmutableList.of(
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(400),
          Duration.ofMillis(700));

  /** How often it is looked again where nothing could be read at last: much depends on it. */
  private static final int MORE = 3;

  private static final Duration PAUSE = Duration.ofMillis(700);

  private final GuestReader reader;
  private final Timer timer;

  /** A verifier that looks through {@code reader}. */
  public Verifier(GuestReader reader, Timer timer) {
    this.reader = reader;
    this.timer = timer;
  }

  /**
   * What a look found.
   *
   * @param unmet the expectations that are not met
   * @param guest what the guest showed; empty where it could not be read, and then all are unmet
   * @param problem why it could not be read
   */
  record Verdict(
      ImmutableList<Expectation> unmet, Optional<GuestState> guest, Optional<String> problem) {}

  /** Looks until all are met, or the patience is over. */
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
