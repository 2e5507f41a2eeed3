package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Plan;

/**
 * The result of a verb or an event.
 *
 * @param unit the pair, if one was concerned
 * @param exitStatus the exit status of the process
 * @param message the result in one sentence
 * @param failures the failures, the first one first
 * @param notes notes for the operator that are no failures
 * @param plan the plan that was run
 * @param status the pair afterwards, if it was read
 * @param lookAgain the time of the pair's next reconciliation
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

  /**
   * Returns the time until which {@link Orchestrator#patiently} waits after this report; empty if
   * it is the last one. The pause of a back-off is not awaited. A delay is, even if it has ended:
   * the preparation may have taken longer.
   */
  public Optional<Instant> awaited() {
    Optional<Instant> nextTry = status.flatMap(PairStatus::held).flatMap(BackOff::ends);
    return lookAgain.filter(at -> unit.isPresent() && nextTry.filter(at::equals).isEmpty());
  }

  Report again(Instant at) {
    return new Report(unit, exitStatus, message, failures, notes, plan, status, Optional.of(at));
  }

  /**
   * Combines this report with that of the following reconciliation: the report with the worse exit
   * status, the result of the other one as notes, and the pair's last status.
   */
  Report followedBy(Report next) {
    if (unit.isEmpty()) {
      return next;
    }
    boolean worse = severity(next.exitStatus) > severity(exitStatus);
    Report main = worse ? next : this;
    Report other = worse ? this : next;
    ImmutableList.Builder<String> told = ImmutableList.builder();
    if (other.plan.isPresent() || other.exitStatus != ExitCode.OK.status()) {
      told.add(other.message).addAll(other.failures);
    }
    Report both = main.noting(told.addAll(other.notes).build());
    return new Report(
        unit,
        both.exitStatus,
        both.message,
        both.failures,
        both.notes,
        both.plan,
        next.status.or(() -> status),
        next.lookAgain);
  }

  /** A word that is not stored is less than a workflow that failed. */
  private static int severity(int status) {
    if (status == ExitCode.OK.status()) {
      return 0;
    }
    return status == ExitCode.UNSTORED.status() ? 1 : 2;
  }

  /** Returns a copy with this status of the pair. */
  Report about(PairStatus after) {
    return new Report(
        unit, exitStatus, message, failures, notes, plan, Optional.of(after), lookAgain);
  }

  /** Returns a copy for display at this instant, without times that are over. */
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
