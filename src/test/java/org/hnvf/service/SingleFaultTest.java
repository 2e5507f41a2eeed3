package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The first promise: one fault of each kind at every command of every workflow. After any fault the
 * guest answers on all its addresses, its configuration is on exactly one of hn and lagg, and no VF
 * is up outside a lagg. When the fault is over, hnvf reaches its target.
 */
final class SingleFaultTest {

  /** On which guest. */
  private enum Kind {
    DHCP {
      @Override
      Guest boot() {
        return Guest.of(Scenario.azure());
      }
    },
    DHCP_ALIAS {
      @Override
      Guest boot() {
        Guest guest =
            Guest.of(Scenario.azure().rcConf("ifconfig_hn0_alias0=\"inet 10.0.2.61/32\""));
        guest.type("ifconfig", "hn0", "inet", "10.0.2.61/32", "alias");
        return guest;
      }
    },
    STATIC {
      @Override
      Guest boot() {
        return Guest.of(Scenario.staticGuest());
      }
    },
    STATIC_ROUTES {
      @Override
      Guest boot() {
        Guest guest = Guest.of(Scenario.staticGuest());
        guest.type("route", "-q", "add", "-net", "192.0.2.0/24", "10.0.2.9");
        guest.type("route", "-6", "-q", "add", "default", "2001:db8::77");
        return guest;
      }
    },
    VLANS {
      @Override
      Guest boot() {
        return Guest.of(GuestVlans.added(Scenario.staticGuest()));
      }
    },
    SLAAC {
      @Override
      Guest boot() {
        return Guest.of(Scenario.azure().slaac());
      }
    },
    LINK_LOCAL_GATEWAYS {
      @Override
      Guest boot() {
        Guest guest = Guest.of(Scenario.staticGuest());
        guest.type("route", "-6", "-q", "add", "default", "fe80::1%hn0");
        guest.type("route", "-6", "-q", "add", "2001:db8:7::/48", "fe80::2%hn0");
        return guest;
      }
    },
    GATEWAY_OFF_LINK {
      @Override
      Guest boot() {
        return GatewayOffLinkTest.Way.TO_THE_INTERFACE.guest(Strategy.ON_VF_UP);
      }
    },
    GATEWAY_BY_OWN_ADDRESS {
      @Override
      Guest boot() {
        return GatewayOffLinkTest.Way.THROUGH_THE_OWN_ADDRESS.guest(Strategy.ON_VF_UP);
      }
    },
    FIBS {
      @Override
      Guest boot() {
        return FibsTest.inFib1(Strategy.ON_VF_UP);
      }
    };

    /** These differ from the others in what is moved alone. */
    private static final EnumSet<Kind> SPECIAL =
        EnumSet.of(VLANS, LINK_LOCAL_GATEWAYS, GATEWAY_OFF_LINK, GATEWAY_BY_OWN_ADDRESS, FIBS);

    /** A command that hangs is to them what one that fails is. */
    EnumSet<Fault> faults() {
      return SPECIAL.contains(this)
          ? EnumSet.of(Fault.FAILS, Fault.HNVF_IS_KILLED)
          : EnumSet.allOf(Fault.class);
    }

    abstract Guest boot();
  }

  /** The faults of a command. */
  private enum Fault {
    FAILS,
    HANGS,
    DONE_BUT_FAILS,
    DONE_BUT_HANGS,
    HNVF_IS_KILLED;

    /** A command that changes nothing cannot have been done: it failed, or hangs. */
    boolean differsAt(Command command) {
      boolean whatItDid = this == DONE_BUT_FAILS || this == DONE_BUT_HANGS;
      return !whatItDid || command.effect() == Command.Effect.CHANGES;
    }

    void strike(Guest guest, int command) {
      CommandPattern at = CommandPattern.number(command);
      switch (this) {
        case FAILS -> guest.sim.faults().failNext(at, 1, "ifconfig: ioctl: Device busy\n");
        case HANGS -> guest.sim.faults().hangNext(at);
        case DONE_BUT_FAILS ->
            guest.sim.faults().doneButFails(at, 1, "ifconfig: ioctl: Device busy\n");
        case DONE_BUT_HANGS -> guest.sim.faults().doneButHangs(at);
        case HNVF_IS_KILLED -> guest.killBefore(command);
      }
    }
  }

  /** The workflow during the fault. */
  private enum Workflow {
    BRING_UP(PairState.LAGG_VF) {
      @Override
      void prepare(Guest guest) {}

      @Override
      void run(Guest guest) throws HnvfException {
        guest.plug();
      }
    },
    VF_IS_UP_ALREADY(PairState.LAGG_VF) {
      @Override
      void prepare(Guest guest) {}

      @Override
      void run(Guest guest) throws HnvfException {
        guest.sim.host().plug(Guest.UNIT);
        guest.sim.drainEvents();
        guest.type("ifconfig", "mlxen0", "up");
        guest.events();
      }
    },
    VF_RETURNS(PairState.LAGG_VF) {
      @Override
      void prepare(Guest guest) throws HnvfException {
        guest.plug().unplug();
      }

      @Override
      void run(Guest guest) throws HnvfException {
        guest.plug("mce");
      }
    },
    REVOKED(PairState.LAGG_SYNTHETIC) {
      @Override
      void prepare(Guest guest) throws HnvfException {
        guest.plug();
      }

      @Override
      void run(Guest guest) throws HnvfException {
        guest.unplug();
      }
    },
    FAILOVER(PairState.LAGG_SYNTHETIC) {
      @Override
      void prepare(Guest guest) throws HnvfException {
        guest.plug();
      }

      @Override
      void run(Guest guest) throws HnvfException {
        guest.orchestrator.failover(Guest.HN, Optional.empty());
      }

      @Override
      void settle(Guest guest) throws HnvfException {
        run(guest);
      }
    },
    FAILBACK(PairState.LAGG_VF) {
      @Override
      void prepare(Guest guest) throws HnvfException {
        guest.plug();
        guest.orchestrator.failover(Guest.HN, Optional.empty());
      }

      @Override
      void run(Guest guest) throws HnvfException {
        guest.orchestrator.failback(Guest.HN);
      }

      @Override
      void settle(Guest guest) throws HnvfException {
        run(guest);
      }
    },
    RELEASE(PairState.VF_ATTACHED) {
      @Override
      void prepare(Guest guest) throws HnvfException {
        guest.plug();
      }

      @Override
      void run(Guest guest) throws HnvfException {
        guest.orchestrator.release(Guest.HN);
      }

      @Override
      void settle(Guest guest) throws HnvfException {
        run(guest);
      }
    };

    private final PairState goal;

    Workflow(PairState goal) {
      this.goal = goal;
    }

    /** The guests it is tried on: only a move does anything with what is special to some. */
    EnumSet<Kind> kinds() {
      return switch (this) {
        case BRING_UP, RELEASE -> EnumSet.allOf(Kind.class);
        case VF_IS_UP_ALREADY -> EnumSet.complementOf(Kind.SPECIAL);
        // These move nothing: who gave the guest its addresses is all that they can tell apart.
        default -> EnumSet.of(Kind.DHCP, Kind.STATIC, Kind.SLAAC);
      };
    }

    abstract void prepare(Guest guest) throws HnvfException;

    abstract void run(Guest guest) throws HnvfException;

    /** Completes the workflow after the fault is over; here, time passes. */
    void settle(Guest guest) throws HnvfException {
      guest.orchestrator.patiently(guest.orchestrator.all(Trigger.OTHER), Trigger.OTHER);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyCommandMayFail(Workflow workflow) throws HnvfException, InterruptedException {
    int cases = 0;
    for (Kind kind : workflow.kinds()) {
      List<Command> commands = commandsOf(kind, workflow);
      for (Fault fault : kind.faults()) {
        for (int command = 0; command < commands.size(); command++) {
          if (fault.differsAt(commands.get(command))) {
            check(kind, workflow, fault, command);
            cases++;
          }
        }
      }
    }
    assertThat(cases).isAtLeast(90);
  }

  private static Guest booted(Kind kind) throws InterruptedException {
    Guest guest = kind.boot();
    guest.rest(Duration.ofSeconds(20));
    return guest;
  }

  private static List<Command> commandsOf(Kind kind, Workflow workflow)
      throws HnvfException, InterruptedException {
    Guest guest = booted(kind);
    workflow.prepare(guest);
    int before = guest.sim.commandsSoFar();
    workflow.run(guest);
    List<Command> commands =
        guest.sim.history().stream().skip(before).map(e -> e.result().command()).toList();
    assertThat(before + commands.size()).isEqualTo(guest.sim.commandsSoFar());
    return commands;
  }

  private static void check(Kind kind, Workflow workflow, Fault fault, int command)
      throws HnvfException, InterruptedException {
    Guest guest = booted(kind);
    ImmutableList<String> addresses = guest.addresses("hn0");
    String routes = guest.staticRoutes("hn0");
    boolean dhcp = !guest.pair().dhcp().isEmpty();
    workflow.prepare(guest);
    guest.rest(Duration.ofSeconds(20));
    fault.strike(guest, guest.sim.commandsSoFar() + command);
    Instant began = guest.sim.timer().now();
    String failure = attempt(guest, workflow);
    guest.sim.faults().clear();
    if (guest.isKilled()) {
      guest = guest.restarted();
      failure = "killed, then: " + guest.orchestrator.start().message();
    }
    String what =
        kind
            + ": "
            + workflow
            + ", "
            + fault
            + " at command "
            + command
            + ": "
            + guest.sim.history().stream()
                .filter(e -> !e.started().isBefore(began))
                .filter(e -> !e.result().succeeded())
                .map(e -> e.result().summary())
                .findFirst()
                .orElse("nothing failed")
            + "; hnvf: "
            + failure
            + "\n";
    guest.rest(Duration.ofSeconds(20));
    reachable(guest, what + "right after", addresses);

    for (int i = 0; i < 3; i++) {
      guest.rest(Duration.ofHours(1));
      workflow.settle(guest);
    }
    guest.rest(Duration.ofSeconds(20));
    reachable(guest, what + "when it was over", addresses);
    assertWithMessage(what).that(guest.pairState()).isEqualTo(workflow.goal);
    String holder = guest.pair().pair().lagg().map(InterfaceName::value).orElse("hn0");
    assertWithMessage(what)
        .that(guest.staticRoutes(holder))
        .isEqualTo(routes.replace("%hn0", "%" + holder));
    if (dhcp) {
      assertWithMessage(what).that(guest.pair().dhcp()).containsExactly(holder);
    }
    int before = guest.sim.history().size();
    workflow.settle(guest);
    assertWithMessage(what + "a second look").that(guest.changesSince(before)).isEmpty();
  }

  private static String attempt(Guest guest, Workflow workflow) {
    try {
      workflow.run(guest);
    } catch (Guest.Killed e) {
      return "";
    } catch (HnvfException e) {
      // The operator reads it, or it goes to the log of a one-shot; the next event follows.
      try {
        guest.events();
      } catch (HnvfException second) {
        return e.getMessage() + "; then " + second.getMessage();
      }
      return String.valueOf(e.getMessage());
    }
    return guest.reports.isEmpty() ? "" : guest.lastReport().message();
  }

  private static void reachable(Guest guest, String what, ImmutableList<String> addresses)
      throws HnvfException {
    GuestState state = guest.state();
    assertWithMessage(what + ": silent").that(guest.silent(addresses)).isEmpty();
    Optional<NetInterface> lagg = state.laggOf(Guest.HN);
    String holder = lagg.map(NetInterface::name).orElse("hn0");
    GuestVlans.areOn(guest, holder, what);
    assertWithMessage(what + ": addresses of " + holder)
        .that(guest.addresses(holder))
        .containsExactlyElementsIn(addresses);
    if (lagg.isPresent()) {
      assertWithMessage(what + ": addresses of a port").that(guest.addresses("hn0")).isEmpty();
    }
    for (NetInterface vf : state.interfaces().values()) {
      if (vf.name().startsWith("m")) {
        assertWithMessage(what + ": VF up outside a lagg")
            .that(vf.isUp() && state.laggOf(new InterfaceName(vf.name())).isEmpty())
            .isFalse();
      }
    }
  }
}
