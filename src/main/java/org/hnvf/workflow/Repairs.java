package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Configuration;
import org.hnvf.model.Expectation;
import org.hnvf.model.GuestState;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.hnvf.model.Step;
import org.hnvf.pairconfig.PairConfigMerger;
import org.hnvf.plan.OldLease;
import org.hnvf.plan.Planner;
import org.hnvf.state.Pairs;

/**
 * Repairs what other programs changed while a plan ran, and what its rollback left.
 *
 * <p>A repair only adds or deletes single parts of the configuration: it is no reason for a
 * rollback, and costs nothing where it is not necessary.
 */
final class Repairs {

  private final StepRunner steps;
  private final Planner planner;
  private final LiveConfigs liveConfigs;

  Repairs(StepRunner steps, Planner planner, LiveConfigs liveConfigs) {
    this.steps = steps;
    this.planner = planner;
    this.liveConfigs = liveConfigs;
  }

  /**
   * Deletes the address of an expired lease if it is still configured; a rollback, for example,
   * adds it again.
   */
  Outcome deleteOldLease(Attempt attempt, Outcome outcome) {
    Optional<Pair> pair = repairable(attempt, outcome);
    if (pair.isEmpty()) {
      return outcome;
    }
    GuestState guest = outcome.guest().orElseThrow();
    Configuration all = wholeConfig(attempt, guest, pair.get());
    InterfaceName holder = holder(pair.get());
    Optional<Prefix> over = OldLease.standingOn(holder, guest, all);
    if (over.isEmpty()) {
      return outcome;
    }
    // Without a lagg, the plan of a release has steps only for what differs on hn.
    Intent intent = pair.get().lagg().isPresent() ? Intent.TIDY : Intent.RELEASE;
    Plan plan = planner.plan(guest, pair.get(), attempt.rc(), all, intent);
    if (plan.isEmpty()) {
      return outcome;
    }
    List<String> failures = new ArrayList<>(outcome.failures());
    Expectation gone = new Expectation.LacksAddress(holder, over.get());
    return run(plan, ImmutableList.of(gone), failures, outcome instanceof Outcome.Done);
  }

  /**
   * Deletes the default route that the dhclient(8) of another pair added while this pair's was
   * absent, on a kernel that accepts both.
   */
  Outcome deleteSecondDefaultRoute(Attempt attempt, Outcome outcome) {
    Optional<Pair> pair = repairable(attempt, outcome);
    Optional<Route> own = attempt.before().defaultRoute();
    if (pair.isEmpty() || own.isEmpty()) {
      return outcome;
    }
    GuestState guest = outcome.guest().orElseThrow();
    if (liveConfigs.inTheWay(guest, pair.get(), attempt.before()).isEmpty()) {
      return outcome;
    }
    InterfaceName holder = holder(pair.get());
    if (guest.routesOn(holder).noneMatch(own.get()::hasSameDestination)) {
      return outcome;
    }
    Plan plan = planner.onlyDefault(pair.get(), own.get(), holder);
    List<String> failures = new ArrayList<>(outcome.failures());
    return run(plan, plan.expectations(), failures, outcome instanceof Outcome.Done);
  }

  /**
   * Runs all steps of a plan that only repairs the guest, and returns the outcome.
   *
   * @param done whether the guest then is in the target state of the workflow; otherwise it is in
   *     its initial state
   */
  Outcome run(Plan plan, Collection<Expectation> expected, List<String> failures, boolean done) {
    steps.runAllDespiteFailures(plan.steps(), failures);
    Verifier.Verdict verdict = steps.verify(expected, failures);
    ImmutableList<String> told = ImmutableList.copyOf(failures);
    if (!verdict.unmet().isEmpty()) {
      return new Outcome.Incomplete(told, StepRunner.texts(verdict.unmet()), verdict.guest());
    }
    return done
        ? new Outcome.Done(verdict.guest(), told)
        : new Outcome.RolledBack(told, verdict.guest());
  }

  /** Returns the pair's configuration: the live one and the previous one. */
  Configuration wholeConfig(Attempt attempt, GuestState guest, Pair pair) {
    return PairConfigMerger.merged(
        guest, attempt.before(), liveConfigs.of(guest, pair, attempt.rc()));
  }

  /**
   * Returns the snapshot without a default route that the dhclient(8) of another pair added while
   * this pair's was absent; the rebuild replaces that route.
   */
  GuestState snapshotWithoutForeignDefault(Attempt attempt, GuestState guest, Pair pair) {
    return liveConfigs
        .inTheWay(guest, pair, attempt.before())
        .map(guest::withoutRoute)
        .orElse(guest);
  }

  /**
   * Repairs changes of other programs that are no reason for a rollback: the script of a
   * dhclient(8) that the plan has stopped sets the address of a port late; dhclient(8) of another
   * pair adds its default route while this pair's is absent, also while this pair's own client sets
   * its address.
   *
   * @param failures receives the repairs that failed
   */
  Verifier.Verdict repairLateChange(Attempt attempt, Verifier.Verdict seen, List<String> failures) {
    Optional<Pair> pair = pair(attempt, seen.guest());
    if (pair.isEmpty()) {
      return seen;
    }
    GuestState guest = seen.guest().orElseThrow();
    ImmutableList<Expectation> unmetExceptAddresses =
        seen.unmet().stream()
            .filter(unmet -> !(unmet instanceof Expectation.HasNoAddress))
            .collect(ImmutableList.toImmutableList());
    Optional<Route> own = attempt.before().defaultRoute();
    boolean defaultRouteTaken =
        unmetExceptAddresses.stream().allMatch(unmet -> isRoute(unmet, own))
            && liveConfigs.inTheWay(guest, pair.get(), attempt.before()).isPresent();
    if (!unmetExceptAddresses.isEmpty() && !defaultRouteTaken) {
      return seen;
    }
    boolean onlyRoute = unmetExceptAddresses.size() == seen.unmet().size();
    steps.runAllDespiteFailures(
        onlyRoute
            ? planner.onlyDefault(pair.get(), own.orElseThrow(), holder(pair.get())).steps()
            : again(attempt, snapshotWithoutForeignDefault(attempt, guest, pair.get()), pair.get()),
        failures);
    return steps.verify(attempt.plan().expectations(), failures);
  }

  /**
   * Returns the pair after a plan that was done or rolled back. A refusal came before anything was
   * moved, and an incomplete rollback was followed by a rebuild already.
   */
  private static Optional<Pair> repairable(Attempt attempt, Outcome outcome) {
    return outcome instanceof Outcome.Done || outcome instanceof Outcome.RolledBack
        ? pair(attempt, outcome.guest())
        : Optional.empty();
  }

  private static Optional<Pair> pair(Attempt attempt, Optional<GuestState> guest) {
    return guest.flatMap(seen -> Pairs.find(seen, attempt.plan().pair().unit()));
  }

  private ImmutableList<Step> again(Attempt attempt, GuestState guest, Pair pair) {
    return planner
        .plan(guest, pair, attempt.rc(), wholeConfig(attempt, guest, pair), attempt.plan().intent())
        .steps();
  }

  private static boolean isRoute(Expectation unmet, Optional<Route> defaultRoute) {
    return unmet instanceof Expectation.HasRoute route
        && defaultRoute
            .filter(
                own ->
                    own.destination().equals(route.destination())
                        && own.ipv6() == route.ipv6()
                        && own.fib() == route.fib())
            .isPresent();
  }

  private static InterfaceName holder(Pair pair) {
    return pair.lagg().orElse(pair.hn());
  }
}
