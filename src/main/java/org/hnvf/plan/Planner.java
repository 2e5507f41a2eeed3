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
import org.hnvf.model.Strategy;
import org.hnvf.pairconfig.PairConfigCollector;
import org.hnvf.state.Pairs;

/**
 * Makes the plan that leads a pair from what the guest shows to an intent. Only what differs
 * becomes a step, from whatever state the pair is in: a settled pair gives an empty plan.
 *
 * <p>The orders are those of which packets were counted on a running kernel: everything that can
 * stand before the cut stands before it, then hn joins the lagg, the IPv4 address that holds the
 * prefix leaves hn, the default route stands again, and the rest follows.
 */
public final class Planner {

  private final Strategy strategy;

  /** A planner of this strategy. */
  public Planner(Strategy strategy) {
    this.strategy = strategy;
  }

  /** The plan for {@code pair}. */
  public Plan plan(GuestState guest, Pair pair, GuestConfig rc, Intent intent) {
    return plan(
        guest,
        pair,
        rc,
        PairConfigCollector.configuration(guest, pair, rc, Optional.empty()),
        intent);
  }

  /**
   * The plan for {@code pair}, of which this configuration is known to belong to it: what it was
   * before something went wrong.
   */
  public Plan plan(
      GuestState guest, Pair pair, GuestConfig rc, Configuration configuration, Intent intent) {
    return plan(guest, pair, rc, configuration, intent, false);
  }

  /**
   * The plan that finishes what was cut short: a VF that is up already may have come up without
   * anybody looking whether it passes traffic.
   */
  public Plan resumed(
      GuestState guest, Pair pair, GuestConfig rc, Configuration configuration, Intent intent) {
    return plan(guest, pair, rc, configuration, intent, true);
  }

  private Plan plan(
      GuestState guest,
      Pair pair,
      GuestConfig rc,
      Configuration configuration,
      Intent intent,
      boolean unproven) {
    if (guest.hyperV().isTransparent()) {
      return nothing(pair, intent);
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
   * A lagg is ours if hn is its first port and has no company but the VF, unless rc.conf makes it;
   * any other was made by somebody for a purpose of their own.
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

  /** Nothing but: the VF goes down, which alone brings the traffic back to hn. */
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
    return new Plan(
        pair,
        intent,
        ImmutableList.of(),
        0,
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of());
  }

  /**
   * The name for a new lagg of this pair: {@code lagg} and the unit, or the next free one; a lagg
   * that does not have this hn as a port is somebody else's, and one that rc.conf makes is too.
   *
   * <p>Several pairs may choose at the same moment, before any of them has made its lagg: each has
   * numbers that no other pair comes to, so that two never get into one lagg.
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
