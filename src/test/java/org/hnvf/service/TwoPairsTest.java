package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairState;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two pairs of one guest, each with a router of its own, and one default route between them. */
final class TwoPairsTest {

  private static final HnUnit OTHER_UNIT = new HnUnit(1);
  private static final InterfaceName OTHER = OTHER_UNIT.driverName();
  private static final String CUT = "route -q add default 10.0.2.2";

  /** hn1 is on its lagg; hn0 has the default route, and its VF's delay is over. */
  private static Guest guest() throws HnvfException, InterruptedException {
    return guest(Scenario.azure());
  }

  private static Guest guest(Scenario scenario) throws HnvfException, InterruptedException {
    Guest guest = Guest.of(scenario.nics(2).dhcpOnAllNics()).rest(Duration.ofSeconds(20));
    guest.sim.host().plug(OTHER_UNIT);
    guest.events();
    assertThat(defaultRoute(guest)).isEqualTo("10.0.2.2 via hn0");
    guest.sim.host().plug(Guest.UNIT, "mce");
    guest.sim.drainEvents();
    return guest;
  }

  private static String defaultRoute(Guest guest) throws HnvfException {
    return defaultRoutes(guest).stream().findFirst().orElse("none");
  }

  private static ImmutableList<String> defaultRoutes(Guest guest) throws HnvfException {
    return guest.state().routes().stream()
        .filter(route -> route.isDefault() && !route.ipv6())
        .map(route -> route.gateway() + " via " + route.netif())
        .collect(ImmutableList.toImmutableList());
  }

  private static int numberOf(String line) throws HnvfException, InterruptedException {
    Guest rehearsal = guest();
    int begun = rehearsal.sim.history().size();
    rehearsal.orchestrator.vfUp(Guest.HN);
    int number =
        rehearsal.sim.history().stream()
            .skip(begun)
            .filter(entry -> entry.result().command().line().equals(line))
            .map(entry -> entry.number())
            .findFirst()
            .orElse(-1);
    assertWithMessage("a command %s", line).that(number).isAtLeast(0);
    return number;
  }

  @Test
  void defaultRouteThatIsBeingMovedIsNotTakenForLostByTheOther()
      throws HnvfException, InterruptedException {
    int cut = numberOf(CUT);
    Guest guest = guest();
    boolean[] looked = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (number == cut && !looked[0]) {
            looked[0] = true;
            look(guest, OTHER);
          }
        });

    Report report = guest.orchestrator.vfUp(Guest.HN);

    assertThat(looked[0]).isTrue();
    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(defaultRoute(guest)).isEqualTo("10.0.2.2 via lagg0");
  }

  /**
   * The dhclient of hn1 is bound while the default route of hn0 is away in the critical section; it
   * adds its own, and {@code route add} of hnvf fails with {@code File exists}.
   */
  @Test
  void defaultRouteThatAnotherClientAddsInTheCriticalSectionIsReplaced()
      throws HnvfException, InterruptedException {
    Guest guest = guest();
    anotherClientIsBoundBefore(guest, CUT);

    Report report = guest.orchestrator.vfUp(Guest.HN);

    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(defaultRoute(guest)).isEqualTo("10.0.2.2 via lagg0");
    assertThat(guest.silent(guest.addresses("lagg0"))).isEmpty();
  }

  /**
   * The default route is absent once more while the script of the pair's own client sets its
   * address; that script does not add one beside another interface's.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void defaultRouteThatAnotherClientAddsWhileTheOwnOneIsBoundIsReplaced(boolean multipath)
      throws HnvfException, InterruptedException {
    Scenario scenario = Scenario.azure();
    Guest guest = guest(multipath ? scenario.multipath() : scenario);
    boolean[] bound = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().equals("resolvconf -d hn0") && !bound[0]) {
            bound[0] = true;
            guest.type("route", "delete", "default");
            guest.type("route", "add", "default", "10.0.3.2");
          }
        });

    Report report = guest.orchestrator.vfUp(Guest.HN);

    assertThat(bound[0]).isTrue();
    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(defaultRoutes(guest)).containsExactly("10.0.2.2 via lagg0");
  }

  /** Another client adds its route, and the script of the stopped one sets its address late. */
  @Test
  void twoLateChangesAreRepairedTogether() throws HnvfException, InterruptedException {
    Guest guest = guest();
    boolean[] changed = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().equals("resolvconf -d hn0") && !changed[0]) {
            changed[0] = true;
            guest.type("route", "delete", "default");
            guest.type("route", "add", "default", "10.0.3.2");
            guest.type("ifconfig", "hn0", "inet", "10.0.2.99/32", "alias");
          }
        });
    int begun = guest.sim.history().size();

    Report report = guest.orchestrator.vfUp(Guest.HN);

    assertThat(changed[0]).isTrue();
    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(guest.changesSince(begun)).doesNotContain("ifconfig mce0 down");
    assertThat(defaultRoutes(guest)).containsExactly("10.0.2.2 via lagg0");
    assertThat(guest.addresses("hn0")).isEmpty();
  }

  /** Both exist after the last step, so that no expectation is missed. */
  @Test
  void defaultRouteBesideTheOwnOneIsDeleted() throws HnvfException, InterruptedException {
    Guest guest = guest(Scenario.azure().multipath());
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().equals("resolvconf -d hn0") && defaultRoutesOf(guest) == 1) {
            guest.type("route", "add", "default", "10.0.3.2");
          }
        });

    assertThat(guest.orchestrator.vfUp(Guest.HN).exitStatus()).isEqualTo(0);

    assertThat(guest.changesSince(0)).contains("route add default 10.0.3.2");
    assertThat(defaultRoutes(guest)).containsExactly("10.0.2.2 via lagg0");
  }

  private static int defaultRoutesOf(Guest guest) {
    try {
      return defaultRoutes(guest).size();
    } catch (HnvfException e) {
      throw new AssertionError(e);
    }
  }

  /** GENERIC accepts both routes, so {@code route add} of hnvf does not fail. */
  @Test
  void defaultRouteOfAnotherClientDoesNotStayOnAKernelWithSeveralPaths()
      throws HnvfException, InterruptedException {
    Guest guest = guest(Scenario.azure().multipath());
    anotherClientIsBoundBefore(guest, CUT);

    Report report = guest.orchestrator.vfUp(Guest.HN);

    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(defaultRoutes(guest)).containsExactly("10.0.2.2 via lagg0");

    guest.type("route", "add", "default", "10.0.3.2");
    assertThat(defaultRoutes(guest)).hasSize(2);
    assertThat(guest.orchestrator.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(defaultRoutes(guest)).containsExactly("10.0.2.2 via hn0");
  }

  /** The client of the pair itself may have received another gateway. */
  @Test
  void defaultRouteThroughThePairsOwnInterfaceIsNotReplaced()
      throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.azure()).rest(Duration.ofSeconds(20));
    guest.sim.host().plug(Guest.UNIT, "mce");
    guest.sim.drainEvents();
    routeIsAddedBefore(guest, CUT, "10.0.2.3");

    Report report = guest.orchestrator.vfUp(Guest.HN);

    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(guest.changesSince(0)).contains("route add default 10.0.2.3");
    assertThat(guest.changesSince(0)).doesNotContain("route -q change default 10.0.2.2");
  }

  @Test
  void thisRouteIsReplacedInARelease() throws HnvfException, InterruptedException {
    Guest guest = guest();
    guest.orchestrator.vfUp(Guest.HN);
    anotherClientIsBoundBefore(guest, CUT);

    Report report = guest.orchestrator.release(Guest.HN);

    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(defaultRoute(guest)).isEqualTo("10.0.2.2 via hn0");
  }

  @Test
  void thisRouteIsReplacedInARollback() throws HnvfException, InterruptedException {
    Guest guest = guest();
    guest.sim.faults().failNext(CommandPattern.line(CUT), 1, "x\n");
    anotherClientIsBoundBefore(guest, CUT);

    Report report = guest.orchestrator.vfUp(Guest.HN);

    assertThat(report.exitStatus()).isNotEqualTo(0);
    assertThat(guest.pairState()).isEqualTo(PairState.VF_ATTACHED);
    assertThat(defaultRoute(guest)).isEqualTo("10.0.2.2 via hn0");
  }

  /** The rollback cannot replace it; the rebuild does. */
  @Test
  void thisRouteIsReplacedInARebuild() throws HnvfException, InterruptedException {
    Guest guest = guest();
    String change = "route -q change default 10.0.2.2";
    guest.sim.faults().failNext(CommandPattern.line(CUT), 1, "x\n");
    guest.sim.faults().failNext(CommandPattern.line(change), 1, "x\n");
    anotherClientIsBoundBefore(guest, CUT);

    Report report = guest.orchestrator.vfUp(Guest.HN);

    assertThat(report.exitStatus()).isNotEqualTo(0);
    assertThat(defaultRoute(guest)).isEqualTo("10.0.2.2 via hn0");
  }

  /** Adds the default route as dhclient-script(8) of hn1 does when its client is bound. */
  private static void anotherClientIsBoundBefore(Guest guest, String line) {
    routeIsAddedBefore(guest, line, "10.0.3.2");
  }

  private static void routeIsAddedBefore(Guest guest, String line, String gateway) {
    boolean[] bound = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().equals(line) && !bound[0]) {
            bound[0] = true;
            assertThat(guest.type("route", "add", "default", gateway).succeeded()).isTrue();
          }
        });
  }

  @Test
  void nobodyTakesTheDefaultRouteOfAPairInWhichHnvfWasKilled()
      throws HnvfException, InterruptedException {
    int cut = numberOf(CUT);
    Guest guest = guest();
    guest.killBefore(cut);
    try {
      guest.orchestrator.vfUp(Guest.HN);
      throw new AssertionError("was not killed");
    } catch (Guest.Killed expected) {
      assertThat(defaultRoute(guest)).isEqualTo("none");
    }
    Guest next = guest.restarted();

    look(next, OTHER);
    assertThat(defaultRoute(next)).isEqualTo("none");
    next.orchestrator.start();

    assertThat(defaultRoute(next)).isEqualTo("10.0.2.2 via lagg0");
  }

  /** The route was deleted by hand: the pair that had it last adds it again, the other does not. */
  @Test
  void lostDefaultRouteComesBackThroughThePairThatHadIt()
      throws HnvfException, InterruptedException {
    Guest guest = guest();
    guest.orchestrator.vfUp(Guest.HN);
    CommandResult gone =
        guest.sim.run(Command.changing(Duration.ofMinutes(1), "route", "-q", "delete", "default"));
    assertThat(gone.succeeded()).isTrue();

    assertThat(guest.orchestrator.plan(OTHER, Intent.USE_LAGG).toString())
        .doesNotContain("10.0.3.2");
    look(guest, OTHER);
    assertThat(defaultRoute(guest)).isEqualTo("none");
    look(guest, Guest.HN);
    assertThat(defaultRoute(guest)).isEqualTo("10.0.2.2 via lagg0");
  }

  /** A boot of hnvf, and of its journals, is between the workflow and the loss. */
  @Test
  void whoHadTheDefaultRouteIsKnownWithoutAnyJournal()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = guest();
    guest.orchestrator.vfUp(Guest.HN);
    assertThat(guest.files.list("/var/db/hnvf").stream().filter(name -> name.endsWith("journal")))
        .isEmpty();
    for (String name : guest.files.list("/var/db/hnvf/history")) {
      Files.delete(guest.path("/var/db/hnvf/history/" + name));
    }
    Guest next = guest.restarted();
    next.type("route", "-q", "delete", "default");

    look(next, OTHER);
    assertThat(defaultRoute(next)).isEqualTo("none");
    look(next, Guest.HN);
    assertThat(defaultRoute(next)).isEqualTo("10.0.2.2 via lagg0");
  }

  /**
   * lagg0 belongs to another owner, and hn1 creates lagg1 at the moment in which hn0 has chosen its
   * own.
   */
  @Test
  void twoPairsDoNotChooseTheSameLagg() throws HnvfException, InterruptedException {
    Guest guest =
        Guest.of(Scenario.azure().nics(2).dhcpOnAllNics().foreignLagg())
            .rest(Duration.ofSeconds(20));
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().plug(OTHER_UNIT);
    guest.sim.drainEvents();
    boolean[] looked = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith("ifconfig lagg") && !looked[0]) {
            looked[0] = true;
            look(guest, OTHER);
          }
        });

    Report report = guest.orchestrator.vfUp(Guest.HN);

    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(lagg(report)).hasValue(new InterfaceName("lagg2"));
    assertThat(lagg(guest.orchestrator.vfUp(OTHER))).hasValue(new InterfaceName("lagg1"));
  }

  private static Optional<InterfaceName> lagg(Report report) {
    return report.status().orElseThrow().pair().lagg();
  }

  private static void look(Guest guest, InterfaceName hn) {
    try {
      Report unused = guest.orchestrator.vfUp(hn);
    } catch (HnvfException e) {
      throw new AssertionError(e);
    }
  }
}
