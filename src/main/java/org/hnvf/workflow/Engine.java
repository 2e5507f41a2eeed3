package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.Timer;
import org.hnvf.journal.Journal;
import org.hnvf.model.Action;
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
import org.hnvf.model.SystemException;
import org.hnvf.pairconfig.PairConfigMerger;
import org.hnvf.plan.OldLease;
import org.hnvf.plan.Planner;
import org.hnvf.state.Pairs;

/**
 * Runs a plan: validate → apply → verify → done, or roll back.
 *
 * <p>When a step fails, the engine first takes the VF down, which restores the traffic over hn, and
 * then rolls back the started steps in reverse. If the guest then does not meet the plan's
 * fallback, the engine rebuilds it: it makes a new plan from a new snapshot and the pair's previous
 * configuration. The outcome lists the first failure first.
 */
public final class Engine {

  private final ActionRunner actor;
  private final Verifier verifier;
  private final Planner planner;
  private final Journal journal;
  private final PairConfigs pairConfigs;
  private final Timer timer;
  private final Progress progress;

  /**
   * Creates an engine that runs actions through {@code actor} and checks the guest through {@code
   * verifier}.
   */
  public Engine(
      ActionRunner actor,
      Verifier verifier,
      Planner planner,
      Journal journal,
      Timer timer,
      Progress progress) {
    this.actor = actor;
    this.verifier = verifier;
    this.planner = planner;
    this.journal = journal;
    this.pairConfigs = new PairConfigs(journal);
    this.timer = timer;
    this.progress = progress;
  }

  /** Writes the plan to the journal and runs it to its end, or rolls it back. */
  public Outcome run(Attempt attempt) {
    RunLog log = new RunLog(journal, timer, progress, attempt.plan().pair().unit());
    try {
      log.begin(attempt);
    } catch (SystemException e) {
      return new Outcome.NotBegun(ImmutableList.of(String.valueOf(e.getMessage())));
    }
    progress.planBegins(attempt.plan());
    Outcome run = withOneDefault(attempt, run(attempt, log));
    Outcome outcome = ofHost(attempt.plan(), withoutOldLease(attempt, run));
    log.end(outcome);
    progress.planEnded(outcome);
    return outcome;
  }

  /**
   * Reports a rolled back bring-up as ended by the host if the VF is gone. A VF that is gone
   * because of the failed step itself cannot be distinguished from this.
   */
  private static Outcome ofHost(Plan plan, Outcome outcome) {
    boolean moves = plan.intent().moves();
    Optional<GuestState> guest = outcome.guest();
    boolean gone =
        guest.isPresent()
            && plan.pair().vf().filter(vf -> guest.get().find(vf).isEmpty()).isPresent();
    return moves && gone && outcome instanceof Outcome.RolledBack
        ? new Outcome.VfTaken(outcome.failures(), guest)
        : outcome;
  }

  /**
   * Deletes the old leased address that the rollback added again, if the DHCP server has leased
   * another one.
   */
  private Outcome withoutOldLease(Attempt attempt, Outcome outcome) {
    if (outcome instanceof Outcome.Incomplete || outcome.guest().isEmpty()) {
      return outcome;
    }
    GuestState guest = outcome.guest().get();
    Optional<Pair> pair = Pairs.find(guest, attempt.plan().pair().unit());
    if (pair.isEmpty()) {
      return outcome;
    }
    Configuration all = everything(attempt, guest, pair.get());
    InterfaceName holder = pair.get().lagg().orElse(pair.get().hn());
    Optional<Prefix> over = OldLease.standingOn(holder, guest, all);
    if (over.isEmpty()) {
      return outcome;
    }
    Intent intent = pair.get().lagg().isPresent() ? Intent.TIDY : Intent.RELEASE;
    Plan plan = planner.plan(guest, pair.get(), attempt.rc(), all, intent);
    if (plan.isEmpty()) {
      return outcome;
    }
    List<String> failures = new ArrayList<>(outcome.failures());
    Expectation gone = new Expectation.LacksAddress(holder, over.get());
    return runRepair(plan, ImmutableList.of(gone), failures, outcome instanceof Outcome.Done);
  }

  /**
   * Deletes the default route that the dhclient(8) of another pair added while this pair's was
   * absent, on a kernel that accepts both.
   */
  private Outcome withOneDefault(Attempt attempt, Outcome outcome) {
    if (outcome instanceof Outcome.Incomplete || outcome.guest().isEmpty()) {
      return outcome;
    }
    GuestState guest = outcome.guest().get();
    Optional<Pair> pair = Pairs.find(guest, attempt.plan().pair().unit());
    Optional<Route> own = attempt.before().defaultRoute();
    if (pair.isEmpty()
        || own.isEmpty()
        || pairConfigs.inTheWay(guest, pair.get(), attempt.before()).isEmpty()) {
      return outcome;
    }
    InterfaceName holder = holder(pair.get());
    if (guest.routesOn(holder).noneMatch(own.get()::hasSameDestination)) {
      return outcome;
    }
    Plan plan = planner.onlyDefault(pair.get(), own.get(), holder);
    List<String> failures = new ArrayList<>(outcome.failures());
    return runRepair(plan, plan.expectations(), failures, outcome instanceof Outcome.Done);
  }

  /**
   * Runs all steps of a plan that only repairs the guest, and returns the outcome.
   *
   * @param done whether the guest then is in the target state of the workflow; otherwise it is in
   *     its initial state
   */
  private Outcome runRepair(
      Plan plan, Collection<Expectation> expected, List<String> failures, boolean done) {
    for (Step step : plan.steps()) {
      perform(step, actor.trafficCheck()).ifPresent(failures::add);
    }
    Verifier.Verdict verdict = look(expected, failures);
    ImmutableList<String> told = ImmutableList.copyOf(failures);
    if (!verdict.unmet().isEmpty()) {
      return new Outcome.Incomplete(told, texts(verdict.unmet()), verdict.guest());
    }
    return done
        ? new Outcome.Done(verdict.guest(), told)
        : new Outcome.RolledBack(told, verdict.guest());
  }

  /** Returns the pair's configuration: the live one and the previous one. */
  private Configuration everything(Attempt attempt, GuestState guest, Pair pair) {
    return PairConfigMerger.merged(
        guest, attempt.before(), pairConfigs.of(guest, pair, attempt.rc()));
  }

  /**
   * Returns the snapshot without a default route that the dhclient(8) of another pair added while
   * this pair's was absent; the rebuild replaces that route.
   */
  private GuestState withoutForeignDefault(Attempt attempt, GuestState guest, Pair pair) {
    return pairConfigs
        .inTheWay(guest, pair, attempt.before())
        .map(guest::withoutRoute)
        .orElse(guest);
  }

  private Outcome run(Attempt attempt, RunLog log) {
    Plan plan = attempt.plan();
    TrafficCheck traffic = actor.trafficCheck();
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      log.says("step " + (i + 1) + " begins");
      Optional<String> failure = perform(plan.steps().get(i), traffic);
      log.says("step " + (i + 1) + failure.map(f -> " fails: " + f).orElse(" is done"));
      if (failure.isPresent()) {
        failures.add(failure.get());
        if (i < plan.pointOfNoReturn()) {
          Outcome back = rollBack(attempt, i, failures, log);
          return back instanceof Outcome.RolledBack && refuses(plan.steps().get(i), failure.get())
              ? new Outcome.Refused(back.failures(), back.guest())
              : back;
        }
      }
    }
    Verifier.Verdict verdict =
        withoutLateChange(attempt, look(plan.expectations(), failures), failures);
    if (verdict.unmet().isEmpty() && failures.isEmpty()) {
      return new Outcome.Done(verdict.guest(), ImmutableList.of());
    }
    ImmutableList<String> missing = texts(verdict.unmet());
    missing.forEach(progress::unmet);
    // The VF may be up, and the cause of the fault, even if the plan has no steps.
    boolean hasUndo = !plan.steps().isEmpty() || !plan.firstUndo().isEmpty();
    if (hasUndo && plan.pointOfNoReturn() == plan.steps().size()) {
      failures.add(
          "after all steps the guest differs from the plan: " + String.join("; ", missing));
      return rollBack(attempt, plan.steps().size() - 1, failures, log);
    }
    if (failures.isEmpty()) {
      failures.add("the guest differs from the plan: " + String.join("; ", missing));
    }
    return rebuilt(attempt, failures, verdict, log);
  }

  /**
   * Repairs changes of other programs that are no reason for a rollback: the script of a
   * dhclient(8) that the plan has stopped sets the address of a port late; dhclient(8) of another
   * pair adds its default route while this pair's is absent, also while this pair's own client sets
   * its address.
   */
  private Verifier.Verdict withoutLateChange(
      Attempt attempt, Verifier.Verdict seen, List<String> failures) {
    Optional<Pair> pair =
        seen.guest().flatMap(guest -> Pairs.find(guest, attempt.plan().pair().unit()));
    if (pair.isEmpty() || !failures.isEmpty() || seen.unmet().isEmpty()) {
      return seen;
    }
    GuestState guest = seen.guest().orElseThrow();
    ImmutableList<Expectation> others =
        seen.unmet().stream()
            .filter(unmet -> !(unmet instanceof Expectation.HasNoAddress))
            .collect(ImmutableList.toImmutableList());
    Optional<Route> own = attempt.before().defaultRoute();
    boolean taken =
        !others.isEmpty()
            && others.stream().allMatch(unmet -> isOf(unmet, own))
            && pairConfigs.inTheWay(guest, pair.get(), attempt.before()).isPresent();
    if (!others.isEmpty() && !taken) {
      return seen;
    }
    Plan repair =
        taken
            ? planner.onlyDefault(pair.get(), own.orElseThrow(), holder(pair.get()))
            : planner.plan(
                guest,
                pair.get(),
                attempt.rc(),
                everything(attempt, guest, pair.get()),
                attempt.plan().intent());
    for (Step step : repair.steps()) {
      perform(step, actor.trafficCheck()).ifPresent(failures::add);
    }
    return look(attempt.plan().expectations(), failures);
  }

  private static boolean isOf(Expectation unmet, Optional<Route> defaultRoute) {
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

  private static boolean refuses(Step step, String failure) {
    return step.actions().stream()
        .anyMatch(
            action -> action instanceof Action.Demand demand && failure.contains(demand.refusal()));
  }

  private Outcome rollBack(Attempt attempt, int failedStep, List<String> failures, RunLog log) {
    Plan plan = attempt.plan();
    log.says("undone from step " + (failedStep + 1) + " on, the VF first");
    progress.undoing(failures.get(0));
    ImmutableList<Action> undo = undo(plan, failedStep);
    perform(undo.stream().filter(action -> !canWait(action)).toList(), failures);
    Verifier.Verdict verdict = look(plan.fallback(), failures);
    Outcome outcome =
        verdict.unmet().isEmpty()
            ? new Outcome.RolledBack(ImmutableList.copyOf(failures), verdict.guest())
            : rebuilt(attempt, failures, verdict, log);
    perform(undo.stream().filter(Engine::canWait).toList(), failures);
    return outcome;
  }

  /**
   * Returns the rollback: the VF first, which restores the traffic over hn, then the steps in
   * reverse.
   */
  private static ImmutableList<Action> undo(Plan plan, int failedStep) {
    ImmutableList.Builder<Action> undo = ImmutableList.builder();
    undo.addAll(plan.firstUndo());
    plan.steps().subList(0, failedStep + 1).reverse().forEach(step -> undo.addAll(step.undo()));
    return undo.build();
  }

  /**
   * Returns whether the action can be deferred: the guest may still be cut off, and this action
   * blocks until a router answers.
   */
  private static boolean canWait(Action action) {
    return action instanceof Action.AskForRouter;
  }

  /** Makes a new plan from a new snapshot and the pair's previous configuration, and runs it. */
  private Outcome rebuilt(
      Attempt attempt, List<String> failures, Verifier.Verdict seen, RunLog log) {
    log.says("rebuilt, since not so: " + String.join("; ", texts(seen.unmet())));
    texts(seen.unmet()).forEach(progress::unmet);
    if (seen.guest().isEmpty()) {
      return new Outcome.Incomplete(
          ImmutableList.copyOf(failures), texts(seen.unmet()), seen.guest());
    }
    GuestState guest = seen.guest().get();
    Optional<Pair> pair =
        Pairs.find(guest, attempt.plan().pair().unit())
            .map(found -> withLagg(attempt, guest, found));
    if (pair.isEmpty()) {
      failures.add("hn" + attempt.plan().pair().unit() + " no longer exists");
      return new Outcome.Incomplete(
          ImmutableList.copyOf(failures), texts(seen.unmet()), seen.guest());
    }
    Intent intent = rebuildIntent(attempt, guest, pair.get());
    GuestState own = withoutForeignDefault(attempt, guest, pair.get());
    // The DHCP server may have leased another address in the meantime.
    Configuration all = everything(attempt, own, pair.get());
    Plan rebuild = planner.plan(own, pair.get(), attempt.rc(), all, intent);
    return runRepair(rebuild, rebuild.expectations(), failures, intent == attempt.plan().intent());
  }

  /**
   * Returns the intent that restores the previous place of the configuration; a plan that only
   * takes the VF down is retried.
   */
  private static Intent rebuildIntent(Attempt attempt, GuestState guest, Pair pair) {
    Intent intent = attempt.plan().intent();
    if (!intent.moves()) {
      return intent;
    }
    return attempt.laggStood() && guest.laggOf(pair.hn()).isPresent()
        ? Intent.HOLD_VF_DOWN
        : Intent.RELEASE;
  }

  /**
   * A lagg is hnvf's own if hn is its port. The lagg of this attempt is hnvf's own even while hn is
   * not its port.
   */
  private static Pair withLagg(Attempt attempt, GuestState guest, Pair found) {
    Optional<InterfaceName> ours =
        found.lagg().or(attempt::lagg).filter(lagg -> guest.find(lagg).isPresent());
    return new Pair(found.unit(), found.hn(), found.vf(), ours);
  }

  private Verifier.Verdict look(Collection<Expectation> expectations, List<String> failures) {
    Verifier.Verdict verdict = verifier.await(expectations);
    verdict.problem().ifPresent(failures::add);
    return verdict;
  }

  private Optional<String> perform(Step step, TrafficCheck traffic) {
    progress.stepBegins(step);
    Optional<String> failure = firstFailure(step.actions(), traffic);
    progress.stepEnded(step, failure);
    return failure.map(what -> step.name() + ": " + what);
  }

  private Optional<String> firstFailure(Collection<Action> actions, TrafficCheck traffic) {
    for (Action action : actions) {
      Optional<String> failure = actor.perform(action, traffic);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  /** Runs every action of a rollback, even after one of them has failed. */
  private void perform(Collection<Action> actions, List<String> failures) {
    for (Action action : actions) {
      actor
          .perform(action, actor.trafficCheck())
          .map(failure -> "undo: " + failure)
          .ifPresent(failures::add);
    }
  }

  private static ImmutableList<String> texts(Collection<Expectation> expectations) {
    return ImmutableList.copyOf(Iterables.transform(expectations, Expectation::text));
  }
}
