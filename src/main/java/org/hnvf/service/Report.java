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
 * @param plan the plan that was run
 * @param status the pair afterwards, where it was looked at
 * @param lookAgain when the pair is to be looked at again
 */
public record Report(
    Optional<HnUnit> unit,
    int exitStatus,
    String message,
    ImmutableList<String> failures,
    Optional<Plan> plan,
    Optional<PairStatus> status,
    Optional<Instant> lookAgain) {

  static Report nothing(String message) {
    return new Report(
        Optional.empty(),
        ExitCode.OK.status(),
        message,
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
        Optional.empty(),
        Optional.of(status),
        Optional.empty());
  }

  Report again(Instant at) {
    return new Report(unit, exitStatus, message, failures, plan, status, Optional.of(at));
  }

  Report with(Plan ran) {
    return new Report(unit, exitStatus, message, failures, Optional.of(ran), status, lookAgain);
  }

  Report because(ImmutableList<String> why) {
    return new Report(unit, exitStatus, message, why, plan, status, lookAgain);
  }

  Report exiting(int status) {
    return new Report(unit, status, message, failures, plan, this.status, lookAgain);
  }
}
