package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.model.SystemException;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** Ways in which a guest was once stranded, or lost something, each with what must happen. */
final class NeverStrandTest {

  private static final ImmutableList<String> DHCP = ImmutableList.of("10.0.2.15/24");

  private static Guest rested(Scenario scenario) throws InterruptedException {
    return Guest.of(scenario).rest(Duration.ofSeconds(20));
  }

  /** Lets time pass with the reconciliations of a daemon. */
  private static void settle(Guest guest) throws HnvfException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      guest.rest(Duration.ofHours(1));
      guest.orchestrator.patiently(guest.orchestrator.all(Trigger.OTHER), Trigger.OTHER);
    }
    guest.rest(Duration.ofSeconds(20));
  }

  @Test
  void aVfThatLosesItsCarrierOnItsLaggGoesDown() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.sim.host().vfCarrier(Guest.UNIT, false);
    assertThat(guest.silent(DHCP)).isEqualTo(DHCP);
    Report report = guest.orchestrator.all(Trigger.OTHER);
    assertThat(report.exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.pair().held()).isPresent();
    assertThat(guest.silent(DHCP)).isEmpty();
  }

  @Test
  void aVfWithoutCarrierFromTheStartEndsOverHn() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().vfCarrier(Guest.UNIT, false);
    guest.events();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(DHCP)).isEmpty();
    assertThat(guest.pair().held()).isPresent();
  }

  @Test
  void aReleaseWhoseUndoFailsToo() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    ImmutableList<String> addresses = guest.addresses("hn0");
    guest.plug();
    guest
        .sim
        .faults()
        .failNext(CommandPattern.line("ifconfig lagg0 inet 10.0.2.50 -alias"), 1, "x");
    guest.sim.faults().failNext(CommandPattern.line("ifconfig lagg0 laggport hn0"), 1, "x");
    guest.orchestrator.release(Guest.HN);
    guest.events().rest(Duration.ofSeconds(20));
    assertThat(guest.silent(addresses)).isEmpty();
    settle(guest);
    assertThat(guest.silent(addresses)).isEmpty();
    assertThat(guest.pairState()).isNotEqualTo(PairState.INCONSISTENT);
  }

  @Test
  void hnTakenOutOfTheLaggByHandComesBack() throws HnvfException, InterruptedException {
    for (boolean withVf : ImmutableList.of(true, false)) {
      Guest guest = rested(Scenario.azure()).plug();
      if (!withVf) {
        guest.unplug();
      }
      guest.type("ifconfig", "lagg0", "-laggport", "hn0");
      guest.orchestrator.all(Trigger.OTHER);
      assertThat(guest.silent(DHCP)).isEmpty();
      guest.events();
      settle(guest);
      assertThat(guest.pairState()).isEqualTo(withVf ? PairState.LAGG_VF : PairState.SYNTHETIC);
      assertThat(guest.silent(DHCP)).isEmpty();
    }
  }

  /** A guest of 31 addresses whose VF alone carries the traffic of the lagg. */
  private static Guest withoutHnInItsLagg() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    for (int i = 100; i < 130; i++) {
      guest.type("ifconfig", "hn0", "inet", "10.0.2." + i + "/32", "alias");
    }
    guest.plug();
    guest.type("ifconfig", "lagg0", "-laggport", "hn0");
    return guest;
  }

  private static void assertHardlyCutOff(Guest guest, Instant since) throws HnvfException {
    for (String address : ImmutableList.of("10.0.2.50", "10.0.2.100", "10.0.2.129")) {
      assertThat(guest.answers(address)).isTrue();
      assertThat(guest.unanswered(address, since)).isLessThan(Duration.ofSeconds(1));
    }
  }

  /** Each address takes a process, in which the VF, without hn in the lagg, still carries all. */
  @Test
  void manyAddressesDoNotMakeTheCutLongerIfHnWasTakenOutOfTheLagg()
      throws HnvfException, InterruptedException {
    Guest guest = withoutHnInItsLagg();
    Instant broken = guest.sim.timer().now();

    guest.orchestrator.all(Trigger.OTHER);
    settle(guest);

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertHardlyCutOff(guest, broken);
  }

  /** A rollback would begin with the VF down, and hn is no port: the guest would be cut off. */
  @Test
  void anAddressThatCannotBeAddedDoesNotTakeDownTheVfThatCarriesTheLagg()
      throws HnvfException, InterruptedException {
    Guest guest = withoutHnInItsLagg();
    guest
        .sim
        .faults()
        .failNext(
            CommandPattern.line("ifconfig hn0 inet 10.0.2.117.*"),
            1,
            "ifconfig: ioctl (SIOCAIFADDR): No buffer space available\n");
    Instant broken = guest.sim.timer().now();

    guest.orchestrator.all(Trigger.OTHER);
    settle(guest);

    assertHardlyCutOff(guest, broken);
    assertThat(guest.answers("10.0.2.117")).isTrue();
  }

  @Test
  void whatIsWrongIsPutRightBeforeADelayIsWaitedFor() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure().vfDelay("120")).plug().unplug();
    guest.type("ifconfig", "lagg0", "-laggport", "hn0");
    Instant broken = guest.sim.timer().now();
    guest.plug();
    settle(guest);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.unanswered("10.0.2.15", broken)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void anAliasOfADhcpGuestSurvivesEveryStartOfItsClient()
      throws HnvfException, InterruptedException {
    for (String alias : ImmutableList.of("10.0.2.61/24", "10.0.2.61/32")) {
      Guest guest = rested(Scenario.azure());
      guest.type("ifconfig", "hn0", "inet", alias, "alias");
      ImmutableList<String> both = guest.addresses("hn0");
      guest.plug();
      assertThat(guest.addresses("lagg0")).containsExactlyElementsIn(both);
      guest.type("pkill", "-x", "dhclient");
      guest.orchestrator.all(Trigger.OTHER);
      assertThat(guest.addresses("lagg0")).containsExactlyElementsIn(both);
      assertThat(guest.pair().dhcp()).containsExactly("lagg0");
      assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
      guest.orchestrator.release(Guest.HN);
      assertThat(guest.addresses("hn0")).containsExactlyElementsIn(both);
      assertThat(guest.silent(both)).isEmpty();
    }
  }

  @Test
  void aStrayClientOnAPortOfAStaticGuestIsNotAdopted() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    ImmutableList<String> addresses = guest.addresses("hn0");
    guest.plug();
    guest.sim.host().unplug(Guest.UNIT);
    guest.type("dhclient", "hn0");
    guest.sim.drainEvents();
    Report report = guest.orchestrator.all(Trigger.VF_DOWN);
    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(guest.addresses("lagg0")).containsExactlyElementsIn(addresses);
    assertThat(guest.addresses("hn0")).isEmpty();
    assertThat(guest.pair().dhcp()).isEmpty();
    assertThat(guest.silent(addresses)).isEmpty();
  }

  @Test
  void anIpv6DefaultRouteSurvivesAFaultOnItsWay() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    guest.type("route", "-6", "-q", "add", "default", "2001:db8::77");
    String routes = guest.staticRoutes("hn0");
    assertThat(routes).contains("2001:db8::77");
    guest.plug();
    assertThat(guest.staticRoutes("lagg0")).isEqualTo(routes);
    guest.sim.faults().failNext(CommandPattern.line("route -6 -q add default.*"), 1, "x");
    assertThat(guest.orchestrator.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(guest.staticRoutes("hn0")).isEqualTo(routes);
  }

  @Test
  void aLostRouteIsAddedAgain() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.type("route", "delete", "default");
    assertThat(guest.silent(DHCP)).isEqualTo(DHCP);
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.pair().defaultRoute()).hasValue("10.0.2.2 via lagg0");
    assertThat(guest.silent(DHCP)).isEmpty();
  }

  @Test
  void aLaggThatSomebodyMadeForMoreThanThisPairIsTheirs()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.bare().nics(2));
    guest.type(
        "ifconfig",
        "lagg5",
        "create",
        "laggproto",
        "failover",
        "laggport",
        "hn1",
        "laggport",
        "hn0",
        "10.0.3.50/24",
        "up");
    guest.plug();
    guest.orchestrator.release(Guest.HN);
    assertThat(guest.addresses("lagg5")).containsExactly("10.0.3.50/24");
    assertThat(guest.find("lagg5").ports()).hasSize(2);
  }

  @Test
  void hnThatWasTakenDownUnderTheLaggIsBroughtUp() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.type("ifconfig", "hn0", "down");
    guest.unplug();
    assertThat(guest.isUp("hn0")).isTrue();
    assertThat(guest.silent(DHCP)).isEmpty();
  }

  @Test
  void aTypingErrorInRcConfDoesNotTouchASettledGuest()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.append("/etc/rc.conf", "if then\n");
    int before = guest.sim.history().size();
    for (int i = 0; i < 2; i++) {
      Report report = guest.orchestrator.all(Trigger.OTHER);
      assertThat(report.exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    }
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().word()).isEqualTo(new OperatorWord.Auto());
    assertThat(guest.pair().backOff()).isEmpty();
  }

  @Test
  void aForgedVfUpDoesNotSkipTheDelay() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure().vfDelay("30"));
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.sim.host().notify("!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP");
    Instant plugged = guest.sim.timer().now();
    guest.events();
    assertThat(guest.sim.timer().now()).isAtLeast(plugged.plusSeconds(30));
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void withoutAJournalNothingIsBegunAndACutOffGuestIsReachableAgain()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure());
    guest.write("/var/db/hnvf", "a file, where the directory should be");
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.type("ifconfig", "mlxen0", "up");
    int before = guest.sim.history().size();
    Report report = guest.orchestrator.vfUp(Guest.HN);
    assertThat(guest.silent(DHCP)).isEmpty();
    assertThat(guest.pairState()).isEqualTo(PairState.VF_ATTACHED);
    assertThat(report.exitStatus()).isEqualTo(71);
    assertThat(report.failures().toString()).contains("/var/db/hnvf");
    assertThat(guest.changesSince(before)).containsExactly("ifconfig mlxen0 down");
  }

  @Test
  void anEventOfAMachineWithoutVfListIsNothingToDo() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure().withoutVfList());
    guest.plug();
    assertThat(guest.lastReport().exitStatus()).isEqualTo(0);
    assertThat(guest.orchestrator.status(guest.state(), Optional.of(Guest.HN))).hasSize(1);
  }

  @Test
  void aPairThatCannotBeLookedAtKeepsNoOtherCutOff()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure().nics(2).dhcpOnAllNics());
    HnUnit second = new HnUnit(1);
    guest.orchestrator.failover(Guest.HN, Optional.empty());
    Files.delete(guest.path("/var/db/hnvf/hn0.word"));
    Files.createDirectory(guest.path("/var/db/hnvf/hn0.word"));
    guest.sim.host().plug(second);
    guest.sim.drainEvents();
    guest.type("ifconfig", "mlxen0", "up");

    assertThrows(SystemException.class, () -> guest.orchestrator.all(Trigger.OTHER));

    assertThat(guest.state().laggOf(new InterfaceName("mlxen0"))).isPresent();
    assertThat(guest.addresses("lagg1")).isNotEmpty();
  }
}
