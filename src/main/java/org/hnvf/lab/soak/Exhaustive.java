package org.hnvf.lab.soak;

import static java.util.Objects.requireNonNull;
import static org.hnvf.model.Strategy.BEFORE_VF_UP;
import static org.hnvf.model.Strategy.ON_VF_UP;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Strategy;
import org.hnvf.sim.HostAction;
import org.hnvf.sim.RcConfShell;

/**
 * Every single fault at every command and every change of a file, in every workflow, on the main
 * kinds of guests.
 */
final class Exhaustive {

  private static final HnUnit FIRST = new HnUnit(0);

  /** When the workflow begins that gets the faults; what prepares it is over by then. */
  static final Duration BEGINS = Duration.ofSeconds(100);

  /** No event is delivered: a workflow's own check finds the change, or the next reconciliation. */
  private static final Case.Delivery DEAF = new Case.Delivery(100, 0, 0, Duration.ofSeconds(30));

  private static final ImmutableList<Fault.Kind> OF_COMMANDS =
      ImmutableList.of(
          Fault.Kind.FAILS,
          Fault.Kind.HANGS,
          Fault.Kind.DONE_BUT_FAILS,
          Fault.Kind.DONE_BUT_HANGS,
          Fault.Kind.NOT_RUN,
          Fault.Kind.CUT_OUTPUT,
          Fault.Kind.KILL_BEFORE,
          Fault.Kind.KILL_AFTER,
          Fault.Kind.VF_REVOKED,
          Fault.Kind.VF_WITHOUT_CARRIER,
          Fault.Kind.RIVAL);
  private static final ImmutableList<Fault.Kind> OF_FILES =
      ImmutableList.of(
          Fault.Kind.KILL_BEFORE, Fault.Kind.KILL_AFTER, Fault.Kind.TORN, Fault.Kind.DISK_FULL);

  private final RcConfShell shell;

  Exhaustive(RcConfShell shell) {
    this.shell = shell;
  }

  /** All of them. */
  ImmutableList<Case> cases() throws HnvfException {
    return cases(guests(), workflows());
  }

  ImmutableList<Case> cases(
      Map<String, GuestDraw> guests, Map<String, ImmutableList<ScenarioEvent>> workflows)
      throws HnvfException {
    ImmutableList.Builder<Case> cases = ImmutableList.builder();
    for (Map.Entry<String, GuestDraw> guest : guests.entrySet()) {
      for (Map.Entry<String, ImmutableList<ScenarioEvent>> workflow : workflows.entrySet()) {
        Case calm =
            of(guest.getKey() + ", " + workflow.getKey(), guest.getValue(), workflow.getValue());
        cases.add(calm).addAll(withFaults(calm));
        if (workflow.getKey().startsWith("bring-up")) {
          Case deaf = calm.delivered(calm.name() + ", no event comes", DEAF);
          cases.add(deaf).addAll(withFaults(deaf));
        }
      }
    }
    return cases.build();
  }

  static Case of(String name, GuestDraw guest, ImmutableList<ScenarioEvent> script) {
    return new Case(
        name,
        1,
        guest,
        script,
        ImmutableList.of(),
        Case.Delivery.IN_ORDER,
        script.get(script.size() - 1).at().plusSeconds(70));
  }

  /**
   * Returns the cases in which a fault of this kind strikes the same command, or the same change of
   * a file. A guest that has no such command or change is struck at each other one.
   */
  ImmutableList<Case> withFault(Case calm, Stranding.Struck fault) throws HnvfException {
    Fault.Target target = Fault.Target.valueOf(fault.target());
    Fault.Kind kind = Fault.Kind.valueOf(fault.kind());
    ImmutableList<String> places =
        requireNonNull(Run.of(calm, shell, true).scene().orElseThrow().places().get(target));
    Verdict start = Run.of(before(calm), shell, false);
    int first = target == Fault.Target.FILE ? start.fileChanges() : start.commands();
    ImmutableList<String> during = places.subList(first, places.size());
    boolean isThere = during.contains(fault.place());
    return IntStream.range(first, places.size())
        .filter(n -> !isThere || places.get(n).equals(fault.place()))
        .mapToObj(n -> with(calm, new Fault(target, n, kind)))
        .collect(ImmutableList.toImmutableList());
  }

  /** A fault can only be placed where one knows how much is done before and during the workflow. */
  ImmutableList<Case> withFaults(Case calm) throws HnvfException {
    Verdict start = Run.of(before(calm), shell, false);
    Verdict end = Run.of(calm, shell, false);
    ImmutableList.Builder<Case> cases = ImmutableList.builder();
    for (int n = start.commands(); n < end.commands(); n++) {
      for (Fault.Kind kind : OF_COMMANDS) {
        cases.add(with(calm, new Fault(Fault.Target.COMMAND, n, kind)));
      }
    }
    for (int n = start.fileChanges(); n < end.fileChanges(); n++) {
      for (Fault.Kind kind : OF_FILES) {
        cases.add(with(calm, new Fault(Fault.Target.FILE, n, kind)));
      }
    }
    return cases.build();
  }

  private static Case before(Case calm) {
    return new Case(
        calm.name(),
        calm.seed(),
        calm.guest(),
        calm.script().stream()
            .filter(scenarioEvent -> scenarioEvent.at().compareTo(BEGINS) < 0)
            .collect(ImmutableList.toImmutableList()),
        calm.faults(),
        calm.delivery(),
        BEGINS);
  }

  private static Case with(Case calm, Fault fault) {
    return new Case(
        calm.name() + ", " + fault,
        calm.seed(),
        calm.guest(),
        calm.script(),
        ImmutableList.of(fault),
        calm.delivery(),
        calm.length());
  }

  /** The main kinds of guests. */
  static ImmutableMap<String, GuestDraw> guests() {
    return ImmutableMap.<String, GuestDraw>builder()
        .put("DHCP", guest(GuestDraw.Address.DHCP, GuestDraw.Ipv6.NONE, false, 0, ON_VF_UP))
        .put(
            "DHCP with alias and routes",
            guest(GuestDraw.Address.DHCP, GuestDraw.Ipv6.STATIC, true, 2, ON_VF_UP))
        .put(
            "DHCP with SLAAC",
            guest(GuestDraw.Address.DHCP, GuestDraw.Ipv6.FROM_ROUTER, false, 0, ON_VF_UP))
        .put("static", guest(GuestDraw.Address.STATIC, GuestDraw.Ipv6.STATIC, false, 0, ON_VF_UP))
        .put(
            "static with routes",
            guest(
                GuestDraw.Address.STATIC,
                GuestDraw.Ipv6.STATIC_WITH_DEFAULT_ROUTE,
                true,
                2,
                ON_VF_UP))
        .put(
            "static with VLANs",
            guest(GuestDraw.Address.STATIC, GuestDraw.Ipv6.NONE, false, 0, ON_VF_UP).withVlans(2))
        .put(
            "DHCP with alias and routes, before-vf-up",
            guest(GuestDraw.Address.DHCP, GuestDraw.Ipv6.FROM_ROUTER, true, 2, BEFORE_VF_UP))
        .put(
            "static with routes, before-vf-up",
            guest(
                GuestDraw.Address.STATIC,
                GuestDraw.Ipv6.STATIC_WITH_DEFAULT_ROUTE,
                true,
                2,
                BEFORE_VF_UP))
        .buildOrThrow();
  }

  private static GuestDraw guest(
      GuestDraw.Address address,
      GuestDraw.Ipv6 ipv6,
      boolean alias,
      int routes,
      Strategy strategy) {
    return new GuestDraw(
        address,
        ipv6,
        alias,
        alias,
        routes,
        1,
        GuestDraw.Kernel.NETLINK,
        GuestDraw.Foreign.NONE,
        GuestDraw.Script.NONE,
        2,
        false,
        strategy);
  }

  /**
   * Returns the workflows during which the fault is injected; the events before {@link #BEGINS}
   * prepare them.
   */
  static ImmutableMap<String, ImmutableList<ScenarioEvent>> workflows() {
    return workflows(FIRST);
  }

  /** The same on another unit. */
  static ImmutableMap<String, ImmutableList<ScenarioEvent>> workflows(HnUnit unit) {
    ScenarioEvent plugged =
        new ScenarioEvent.ByHost(Duration.ofSeconds(1), HostAction.plug(unit, "mlxen"));
    ScenarioEvent gone = new ScenarioEvent.ByHost(Duration.ofSeconds(30), HostAction.unplug(unit));
    ScenarioEvent pinned = operator(unit, Duration.ofSeconds(30), ScenarioEvent.Verb.FAILOVER);
    return ImmutableMap.<String, ImmutableList<ScenarioEvent>>builder()
        .put(
            "bring-up",
            ImmutableList.of(new ScenarioEvent.ByHost(BEGINS, HostAction.plug(unit, "mlxen"))))
        .put(
            "bring-up of a VF that is up",
            ImmutableList.of(
                new ScenarioEvent.ByHost(BEGINS, HostAction.plug(unit, "mlxen")),
                new ScenarioEvent.ByOther(BEGINS, ScenarioEvent.Stray.VF_UP, unit.number())))
        .put(
            "return",
            ImmutableList.of(
                plugged, gone, new ScenarioEvent.ByHost(BEGINS, HostAction.plug(unit, "mce"))))
        .put(
            "revoke",
            ImmutableList.of(plugged, new ScenarioEvent.ByHost(BEGINS, HostAction.unplug(unit))))
        .put(
            "failover",
            ImmutableList.of(plugged, operator(unit, BEGINS, ScenarioEvent.Verb.FAILOVER)))
        .put(
            "failback",
            ImmutableList.of(plugged, pinned, operator(unit, BEGINS, ScenarioEvent.Verb.FAILBACK)))
        .put(
            "release",
            ImmutableList.of(plugged, operator(unit, BEGINS, ScenarioEvent.Verb.RELEASE)))
        .put(
            "repair",
            ImmutableList.of(
                plugged,
                new ScenarioEvent.ByOther(
                    BEGINS, ScenarioEvent.Stray.PORT_TAKEN_OUT, unit.number())))
        .buildOrThrow();
  }

  private static ScenarioEvent operator(HnUnit unit, Duration at, ScenarioEvent.Verb verb) {
    return new ScenarioEvent.ByOperator(at, verb, unit.number(), Optional.empty());
  }
}
