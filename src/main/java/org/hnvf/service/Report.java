package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Plan;

/**
 * What came of a verb or an event.
 *
 * @param unit the pair, where one was concerned
 * @param exitStatus the exit status it ends the process with
 * @param message what happened, in one sentence
 * @param failures what went wrong, the first first
 * @param notes what an operator should know though nothing went wrong
 * @param plan the plan that was run
 * @param status the pair afterwards, where it was looked at
 * @param lookAgain when the pair is to be looked at again
 */
public record Report(
    Optional<HnUnit> unit,
    int exitStatus,
    String message,
    ImmutableList<String> failures,
    ImmutableList<String> notes,
    Optional<Plan> plan,
    Optional<PairStatus> status,
    Optional<Instant> lookAgain) {

  static Report nothing(String message) {
    return new Report(
        Optional.empty(),
        ExitCode.OK.status(),
        message,
        ImmutableList.of(),
        ImmutableList.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Report of(PairStatus status, ExitCode exitCode, String message) {
    return new Report(
        Optional.of(status.pair().unit()),
        exitCode.status(),
        message,
        ImmutableList.of(),
        ImmutableList.of(),
        Optional.empty(),
        Optional.of(status),
        Optional.empty());
  }

  Report again(Instant at) {
    return new Report(unit, exitStatus, message, failures, notes, plan, status, Optional.of(at));
  }

  /**
   * This, where the pair was looked at once more before anybody was told: what was done is still
   * told, and the pair as it is now. A worse outcome of the next look counts more.
   */
  Report followedBy(Report next) {
    return unit.isEmpty() || next.exitStatus > exitStatus
        ? next
        : new Report(
            unit,
            exitStatus,
            message,
            failures,
            notes,
            plan,
            next.status.or(() -> status),
            next.lookAgain);
  }

  /** The same, of a pair that shows this status afterwards. */
  Report about(PairStatus after) {
    return new Report(
        unit, exitStatus, message, failures, notes, plan, Optional.of(after), lookAgain);
  }

  /** The same at this moment: the pair is shown without times that are over. */
  Report at(Instant now) {
    return status.map(shown -> about(shown.at(now))).orElse(this);
  }

  Report with(Plan ran) {
    return new Report(
        unit, exitStatus, message, failures, notes, Optional.of(ran), status, lookAgain);
  }

  Report because(ImmutableList<String> why) {
    return new Report(unit, exitStatus, message, why, notes, plan, status, lookAgain);
  }

  Report exiting(int status) {
    return new Report(unit, status, message, failures, notes, plan, this.status, lookAgain);
  }

  Report noting(ImmutableList<String> remarks) {
    return new Report(
        unit,
        exitStatus,
        message,
        failures,
        ImmutableList.<String>builder().addAll(remarks).addAll(notes).build(),
        plan,
        status,
        lookAgain);
  }
}
