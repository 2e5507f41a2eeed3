package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.Configuration;
import org.hnvf.model.Expectation;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LaggPort;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.Route;
import org.hnvf.model.Step;
import org.hnvf.model.Strategy;
import org.hnvf.pairconfig.PairConfigCollector;
import org.hnvf.state.Pairs;

/**
 * Makes the plan that brings a pair from its current state to the target of an intent. The plan has
 * a step only for each difference, in any state of the pair; a settled pair has an empty plan.
 *
 * <p>The order of the steps was measured on a running kernel by lost packets: everything that can
 * be prepared precedes the critical section; then hn joins the lagg, the IPv4 address that holds
 * the prefix is deleted from hn, the default route is added, and the remaining steps follow.
 */
public final class Planner {

  /** The note of each plan in transparent mode. */
  private static final String TRANSPARENT =
      "this guest is in transparent mode (hw.hn.vf_transparent is 1): the kernel moves the traffic"
          + " itself, and hnvf changes nothing; `hnvf rehearse --non-transparent` shows what hnvf"
          + " would do in the other mode";

  private final Strategy strategy;

  /** Creates a planner of this strategy. */
  public Planner(Strategy strategy) {
    this.strategy = strategy;
  }

  /** Returns the plan for {@code pair}. */
  public Plan plan(GuestState guest, Pair pair, GuestConfig rc, Intent intent) {
    return plan(
        guest,
        pair,
        rc,
        PairConfigCollector.configuration(guest, pair, rc, Optional.empty()),
        intent);
  }

  /**
   * Returns the plan for {@code pair} with a given configuration, such as the one before a failure.
   */
  public Plan plan(
      GuestState guest, Pair pair, GuestConfig rc, Configuration configuration, Intent intent) {
    return plan(guest, pair, rc, configuration, intent, false);
  }

  /**
   * Returns the plan that finishes an interrupted workflow. It includes the traffic check, which
   * may not have run for a VF that is already up.
   */
  public Plan resumed(
      GuestState guest, Pair pair, GuestConfig rc, Configuration configuration, Intent intent) {
    return plan(guest, pair, rc, configuration, intent, true);
  }

  /**
   * Returns the plan that makes a default route the only one of its family and FIB. A kernel with
   * {@code options ROUTE_MPATH} accepts a default route beside that of another gateway, and then
   * uses both; {@code route change} leaves one.
   */
  public Plan onlyDefault(Pair pair, Route route, InterfaceName holder) {
    Step step =
        new Step(
            "only default route through " + holder,
            ImmutableList.of(
                Actions.addRoute(route, holder), Actions.replaceDefaultRoutes(route, holder)),
            ImmutableList.of(),
            false);
    return new Plan(
        pair,
        Intent.TIDY,
        ImmutableList.of(step),
        1,
        ImmutableList.of(),
        ImmutableList.of(Expectation.HasRoute.of(route, holder)),
        ImmutableList.of(),
        ImmutableList.of());
  }

  private Plan plan(
      GuestState guest,
      Pair pair,
      GuestConfig rc,
      Configuration configuration,
      Intent intent,
      boolean unproven) {
    if (guest.hyperV().isTransparent()) {
      return nothing(pair, intent, ImmutableList.of(TRANSPARENT));
    }
    boolean usersOwn = isUsersOwn(guest, pair, rc);
    PlanInput situation = new PlanInput(guest, pair, rc, configuration, usersOwn, unproven);
    return switch (intent) {
      case USE_LAGG ->
          pair.lagg().isPresent()
              ? new StandingLaggPlan(situation, intent).build()
              : pair.vf().isPresent()
                  ? new LaggPlan(situation, intent, strategy).build()
                  : nothing(pair, intent);
      case PREPARE ->
          pair.lagg().isEmpty() && pair.vf().isPresent()
              ? new LaggPlan(situation, intent, strategy).build()
              : nothing(pair, intent);
      case TIDY ->
          pair.lagg().isPresent()
              ? new StandingLaggPlan(situation, intent).build()
              : nothing(pair, intent);
      case HOLD_VF_DOWN ->
          pair.lagg().isPresent()
              ? new StandingLaggPlan(situation, intent).build()
              : holdDown(situation);
      case RELEASE ->
          usersOwn
              ? new StandingLaggPlan(situation, Intent.HOLD_VF_DOWN).build()
              : new ReleasePlan(situation).build();
    };
  }

  /**
   * Returns whether the lagg is the administrator's own. It is hnvf's own if hn is its first port,
   * it has no other port than the VF, and rc.conf does not create it.
   */
  private static boolean isUsersOwn(GuestState guest, Pair pair, GuestConfig rc) {
    Optional<NetInterface> lagg = pair.lagg().flatMap(guest::find);
    if (lagg.isEmpty()) {
      return false;
    }
    ImmutableList<String> ports =
        lagg.get().ports().stream().map(LaggPort::name).collect(ImmutableList.toImmutableList());
    boolean company =
        ports.stream()
            .anyMatch(
                port ->
                    !port.equals(pair.hn().value())
                        && pair.vf().filter(vf -> vf.value().equals(port)).isEmpty());
    boolean led = ports.indexOf(pair.hn().value()) > 0;
    return rc.laggsConfigured().contains(lagg.get().name()) || company || led;
  }

  /** Returns the plan that only takes the VF down, which restores the traffic over hn. */
  private static Plan holdDown(PlanInput s) {
    StepList steps = new StepList();
    VfSteps.down(s, steps);
    return new Plan(
        s.pair(),
        Intent.HOLD_VF_DOWN,
        steps.build(),
        0,
        ImmutableList.of(),
        s.pair().vf().stream()
            .map(vf -> (Expectation) new Expectation.IsDown(vf))
            .collect(ImmutableList.toImmutableList()),
        ImmutableList.of(),
        ImmutableList.of());
  }

  private static Plan nothing(Pair pair, Intent intent) {
    return nothing(pair, intent, ImmutableList.of());
  }

  private static Plan nothing(Pair pair, Intent intent, ImmutableList<String> notes) {
    return new Plan(
        pair,
        intent,
        ImmutableList.of(),
        0,
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        notes);
  }

  /**
   * Returns the name for a new lagg of this pair: {@code lagg} and the unit, or the next free one.
   * A lagg without this hn as a port, or one that rc.conf creates, does not belong to hnvf.
   *
   * <p>Several pairs may choose a name concurrently, before their laggs exist: each pair has its
   * own set of numbers, so that two pairs never use the same lagg.
   */
  public static InterfaceName freeLagg(GuestState guest, Pair pair, GuestConfig rc) {
    int pairs =
        Pairs.of(guest).stream().mapToInt(other -> other.unit().number()).max().orElse(0) + 1;
    int number = pair.unit().number();
    while (true) {
      Optional<InterfaceName> name = InterfaceName.of("lagg" + number);
      if (name.isPresent()
          && guest.find(name.get()).isEmpty()
          && !rc.laggsConfigured().contains(name.get().value())) {
        return name.get();
      }
      number += pairs;
    }
  }
}
