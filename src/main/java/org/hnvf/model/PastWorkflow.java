package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A workflow in the history.
 *
 * @param unit the pair
 * @param cause the event or verb that began it
 * @param intent its target
 * @param begun when it began
 * @param ended when it ended; empty while it runs, and if hnvf was killed in it
 * @param planned the number of steps in its plan
 * @param steps the steps that began, in order
 * @param backSince when its rollback or rebuild began; empty if there was none
 * @param outcome the outcome in words; empty if {@code ended} is
 */
public record PastWorkflow(
    HnUnit unit,
    String cause,
    Intent intent,
    Instant begun,
    Optional<Instant> ended,
    int planned,
    ImmutableList<Step> steps,
    Optional<Instant> backSince,
    Optional<String> outcome) {

  /**
   * A step that began.
   *
   * @param number its number in the plan, from 1
   * @param name its name
   * @param cutOff whether the guest cannot be reached while it runs
   * @param awaitsTraffic whether traffic passes through the VF when it has ended without a failure
   * @param begun when it began
   * @param ended when it ended; empty while it runs, and if hnvf was killed in it
   * @param failure its failure
   * @param commands what it does, a line for each command, as the plan shows it
   */
  public record Step(
      int number,
      String name,
      boolean cutOff,
      boolean awaitsTraffic,
      Instant begun,
      Optional<Instant> ended,
      Optional<String> failure,
      ImmutableList<String> commands) {

    /** Returns its duration, at least zero: the clock may have been set back. */
    public Optional<Duration> took() {
      return ended.map(end -> between(begun, end));
    }
  }

  /** Returns how it ended. */
  public Ending ending() {
    return outcome.map(Ending::of).orElse(Ending.UNFINISHED);
  }

  /** Returns whether it was rolled back or rebuilt. */
  public boolean undone() {
    return backSince.isPresent();
  }

  /** Returns the duration; empty if it has not ended. */
  public Optional<Duration> took() {
    return ended.map(end -> between(begun, end));
  }

  /**
   * Returns how long the guest was cut off: from the first command of the critical section to the
   * last one. After a rollback it is the longest possible time, until everything was restored.
   * Empty if no step of the critical section began, or if the end is not known.
   */
  public Optional<Duration> cutOff() {
    return cutBegan().flatMap(begin -> cutEnded().map(end -> between(begin, end)));
  }

  /** Returns the end of {@link #cutOff()}. */
  public Optional<Instant> cutEnded() {
    return undone()
        ? ended
        : critical().reduce((first, second) -> second).flatMap(step -> step.ended());
  }

  /**
   * Returns the time from the first command of the critical section until the gateway answered
   * through the VF; empty if that was not seen.
   */
  public Optional<Duration> untilTraffic() {
    Optional<Instant> passed =
        steps.stream()
            .filter(step -> step.awaitsTraffic() && step.failure().isEmpty())
            .findFirst()
            .flatMap(Step::ended);
    return undone()
        ? Optional.empty()
        : cutBegan().flatMap(begin -> passed.map(end -> between(begin, end)));
  }

  /** Returns when the first step of the critical section began. */
  public Optional<Instant> cutBegan() {
    return critical().findFirst().map(Step::begun);
  }

  private Stream<Step> critical() {
    return steps.stream().filter(Step::cutOff);
  }

  private static Duration between(Instant from, Instant to) {
    return from.isAfter(to) ? Duration.ZERO : Duration.between(from, to);
  }
}
