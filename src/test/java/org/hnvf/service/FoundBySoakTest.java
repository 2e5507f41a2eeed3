package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.BackOff;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.model.Route;
import org.hnvf.model.Strategy;
import org.hnvf.model.SystemException;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.DhcpServer;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults that the soak found, each with the required behaviour. */
final class FoundBySoakTest {

  private static Guest rested(Scenario scenario) throws InterruptedException {
    return Guest.of(scenario).rest(Duration.ofSeconds(20));
  }

  @Test
  void aSecondAddressOfTheGatewaysNetworkDoesNotKeepTheDefaultRouteOnHn()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    guest.type("ifconfig", "hn0", "inet", "10.0.2.62/24", "alias");
    ImmutableList<String> addresses = guest.addresses("hn0");
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().defaultRoute()).hasValue("10.0.2.2 via lagg0");
    assertThat(guest.addresses("lagg0")).containsExactlyElementsIn(addresses);
    assertThat(guest.silent(addresses)).isEmpty();
  }

  @Test
  void aDefaultRouteOfStaticRoutesIsPutBackAsOneOfDefaultrouter()
      throws HnvfException, InterruptedException {
    Guest guest =
        rested(
            Scenario.staticGuest()
                .rcConf("defaultrouter=\"NO\"")
                .rcConf("static_routes=\"out\"")
                .rcConf("route_out=\"default 10.0.2.2\"")
                .rcConf("ipv6_static_routes=\"out6\"")
                .rcConf("ipv6_route_out6=\"default 2001:db8::77\""));
    guest.plug();
    assertThat(guest.type("route", "delete", "default").succeeded()).isTrue();

    guest.orchestrator.all(Trigger.OTHER);

    assertThat(guest.pair().defaultRoute()).hasValue("10.0.2.2 via lagg0");
    assertThat(guest.staticRoutes("lagg0")).contains("2001:db8::77");
  }

  /** The gateway is outside hn0's networks, so that the default route needs the other one. */
  @Test
  void aDefaultRouteOfStaticRoutesIsPutBackAfterTheLostRouteToItsGateway()
      throws HnvfException, InterruptedException {
    Guest guest =
        rested(
            Scenario.staticGuest()
                .rcConf("defaultrouter=\"NO\"")
                .rcConf("static_routes=\"gw out\"")
                .rcConf("route_gw=\"-host 192.0.2.1 -interface hn0\"")
                .rcConf("route_out=\"0.0.0.0/0 192.0.2.1\""));
    guest.type("route", "delete", "default");
    guest.type("route", "add", "-host", "192.0.2.1", "-interface", "hn0");
    guest.type("route", "add", "default", "192.0.2.1");
    guest.plug();
    assertThat(guest.pair().defaultRoute()).hasValue("192.0.2.1 via lagg0");
    assertThat(guest.type("route", "delete", "default").succeeded()).isTrue();
    assertThat(guest.type("route", "delete", "192.0.2.1").succeeded()).isTrue();

    guest.orchestrator.all(Trigger.OTHER);

    assertThat(guest.pair().defaultRoute()).hasValue("192.0.2.1 via lagg0");
  }

  @Test
  void aScriptIsNotAskedForAVfThatIsGone() throws HnvfException, IOException {
    Guest guest = Guest.of(Scenario.azure());
    BadInputTest.script(guest, "rwxr-xr-x");
    guest.sim.program(
        "/usr/libexec/hyperv/hyperv_vfup.hn0",
        command -> {
          guest.type("ifconfig", "lagg0", "create", "laggproto", "failover", "laggport", "hn0");
          guest.type("ifconfig", "lagg0", "laggport", "mlxen0", "10.0.2.15/24", "up");
          return GuestProgram.Answer.silent(0);
        });
    guest.plug().unplug();
    Report report = guest.orchestrator.failback(Guest.HN);
    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(report.message()).contains("an override script manages hn0");
  }

  @Test
  void aDescriptionAndAResolverThatARecoveryLeftOutFollow()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure());
    guest.type("ifconfig", "hn0", "description", "uplink");
    guest.plug();
    guest.type("ifconfig", "lagg0", "-description");
    guest.write("/var/run/resolvconf/interfaces/hn0", "nameserver 10.0.2.3\n");
    assertThat(guest.state().resolvers()).containsExactly("hn0", "lagg0");
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.find("lagg0").description()).hasValue("uplink");
    assertThat(guest.state().resolvers()).containsExactly("lagg0");
  }

  @Test
  void ipv6MovesFromAnHnWithoutALinkLocalAddress() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    ImmutableList<String> addresses = guest.addresses("hn0");
    guest.type("ifconfig", "hn0", "inet6", "-auto_linklocal");
    String linkLocal =
        guest.find("hn0").inet6().filter(a -> a.prefix().isIpv6LinkLocal()).findFirst().stream()
            .map(a -> a.prefix().host())
            .findFirst()
            .orElseThrow();
    guest.type("ifconfig", "hn0", "inet6", linkLocal + "%hn0", "-alias");
    assertThat(guest.find("hn0").inet6().anyMatch(a -> a.prefix().isIpv6LinkLocal())).isFalse();
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.addresses("lagg0")).containsExactlyElementsIn(addresses);
    guest.rest(Duration.ofSeconds(3));
    assertThat(guest.silent(addresses)).isEmpty();
  }

  @Test
  void afterAnUndoTheLeasedAddressIsTheFirstAgain() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    guest.type("ifconfig", "hn0", "inet", "10.0.2.61/32", "alias");
    guest.type("route", "-q", "add", "-net", "192.0.2.0/24", "10.0.2.9");
    String routes = guest.staticRoutes("hn0");
    guest.sim.faults().failNext(CommandPattern.line("ifconfig hn0 inet 10.0.2.61 -alias"), 1, "x");
    guest.plug();
    assertThat(guest.pair().held()).isPresent();
    assertThat(guest.addresses("hn0")).containsExactly("10.0.2.15/24", "10.0.2.61/32").inOrder();
    assertThat(guest.staticRoutes("hn0")).isEqualTo(routes);
  }

  @Test
  void aHoldDownEndsWithTheTryThatSucceededAlsoIfThatWasNotNoted()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.write("/var/db/hnvf/hn0.backoff", "1 " + guest.sim.timer().now() + " killed\n");
    assertThat(guest.pair().held()).isPresent();
    guest.rest(Duration.ofHours(2));
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.pair().word()).isEqualTo(new OperatorWord.Auto());
    assertThat(guest.pair().backOff()).isEmpty();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void theWayBackTakesAllOfTheGatewaysNetworkOffTheLaggInTheCut()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    guest.type("ifconfig", "hn0", "inet", "10.0.2.62/24", "alias");
    guest.plug();
    guest.sim.faults().failNext(CommandPattern.line("ifconfig lagg0 destroy"), 1, "x");
    Instant said = guest.sim.timer().now();
    guest.orchestrator.release(Guest.HN);
    assertThat(guest.unanswered("10.0.2.50", said)).isLessThan(Duration.ofMillis(300));
    assertThat(guest.pair().defaultRoute()).hasValue("10.0.2.2 via hn0");
  }

  @Test
  void aVfThatDoesNotGoDownStaysInTheLaggWhereItCarriesTheTraffic()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest()).plug();
    guest.sim.faults().failNext(CommandPattern.line("ifconfig mlxen0 down"), 1, "x");
    Instant said = guest.sim.timer().now();
    Report report = guest.orchestrator.failover(Guest.HN, Optional.empty());
    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.find("lagg0").ports()).hasSize(1);
    assertThat(guest.unanswered("10.0.2.50", said)).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void aVfThatGoesWhileTheGuestIsReadDoesNotMakeTheLaggSomebodyElses()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure()).plug();
    int[] looks = {0};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.effect() == Command.Effect.READS && looks[0]++ == 1) {
            guest.sim.host().unplug(Guest.UNIT);
          }
        });
    guest.orchestrator.release(Guest.HN);
    assertThat(guest.pair().pair().lagg()).isEmpty();
    assertThat(guest.silent(ImmutableList.of("10.0.2.15/24"))).isEmpty();
  }

  @Test
  void aReleaseThatWasNotBegunWhenHnvfWasKilledIsDone()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.write("/var/db/hnvf/hn0.word", "released\n");
    guest.orchestrator.start();
    assertThat(guest.pair().pair().lagg()).isEmpty();
    assertThat(guest.pair().word()).isInstanceOf(OperatorWord.Released.class);
  }

  @Test
  void oneThatFailsIsTriedOnceAndLeavesTheVfDown()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.write("/var/db/hnvf/hn0.word", "released\n");
    for (int i = 0; i < 2; i++) {
      guest
          .sim
          .faults()
          .failNext(
              CommandPattern.line("ifconfig lagg0 inet 10.0.2.15 -alias -laggport hn0"), 1, "x");
    }
    guest.orchestrator.start();
    int before = guest.sim.history().size();
    assertThat(guest.pair().word()).isEqualTo(new OperatorWord.Pinned(Optional.empty()));
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.silent(ImmutableList.of("10.0.2.15/24"))).isEmpty();
  }

  @Test
  void aDelayDoesNotPutOffTheRepairOfAGuestThatIsCutOff()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure().vfDelay("100")).plug();
    guest.unplug();
    guest.type("ifconfig", "lagg0", "-laggport", "hn0");
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.silent(ImmutableList.of("10.0.2.15/24"))).isEmpty();
  }

  @Test
  void aGuestWhoseHnIsInNoLaggIsRebuiltAlsoWithoutAJournal()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.type("ifconfig", "lagg0", "-laggport", "hn0");
    Files.createDirectories(guest.path("/var/db/hnvf/hn0.journal/in-the-way"));
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.silent(ImmutableList.of("10.0.2.15/24"))).isEmpty();
  }

  @Test
  void aStrayClientOnThePortDoesNotOutliveARelease() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    ImmutableList<String> addresses = guest.addresses("hn0");
    guest.plug();
    guest.sim.host().unplug(Guest.UNIT);
    guest.type("dhclient", "-b", "hn0");
    guest.orchestrator.release(Guest.HN);
    guest.rest(Duration.ofSeconds(30));
    assertThat(guest.pair().dhcp()).isEmpty();
    assertThat(guest.addresses("hn0")).containsExactlyElementsIn(addresses);
    assertThat(guest.silent(addresses)).isEmpty();
  }

  @Test
  void whatAStrayClientLeftOnThePortIsNotTheGuests() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    ImmutableList<String> addresses = guest.addresses("hn0");
    guest.plug();
    guest.sim.host().unplug(Guest.UNIT);
    guest.type("dhclient", "hn0");
    guest.type("pkill", "-TERM", "-F", "/var/run/dhclient/dhclient.hn0.pid");
    assertThat(guest.addresses("hn0")).isNotEmpty();
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.addresses("hn0")).isEmpty();
    assertThat(guest.addresses("lagg0")).containsExactlyElementsIn(addresses);
  }

  @Test
  void aLaggThatAnUndoCannotDestroyDoesNotKeepTheGuestCutOff()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    guest.sim.faults().failNext(CommandPattern.line("/sbin/dhclient lagg0"), 1, "x");
    guest.sim.faults().failNext(CommandPattern.line("ifconfig lagg0 destroy"), 1, "x");
    Instant plugged = guest.sim.timer().now();
    guest.plug();
    assertThat(guest.unanswered("10.0.2.15", plugged)).isLessThan(Duration.ofSeconds(1));
    assertThat(guest.pair().pair().lagg()).isEmpty();
    assertThat(guest.state().resolvers()).contains("hn0");
  }

  @Test
  void aReleaseTakesAnAddressOffTheVf() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.type("ifconfig", "mlxen0", "inet", "10.9.9.9/24");
    guest.orchestrator.release(Guest.HN);
    assertThat(guest.addresses("mlxen0")).isEmpty();
  }

  @Test
  void aLaggThatIsDownIsBroughtUpAlsoWithoutAJournal()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.unplug();
    guest.type("ifconfig", "lagg0", "down");
    Files.createDirectories(guest.path("/var/db/hnvf/hn0.journal/in-the-way"));
    guest.write("/var/db/hnvf/hn0.backoff", "1 2099-01-01T00:00:00Z x\n");
    guest.orchestrator.all(Trigger.OTHER);
    guest.rest(Duration.ofSeconds(3));
    assertThat(guest.silent(ImmutableList.of("10.0.2.15/24"))).isEmpty();
  }

  @Test
  void aRebuildDoesNotForgetTheNameServersOfHnItself() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    guest.sim.faults().hangNext(CommandPattern.line("/sbin/dhclient lagg0"));
    guest.sim.faults().failNext(CommandPattern.line("/sbin/dhclient hn0"), 1, "x");
    guest.plug();
    assertThat(guest.pair().dhcp()).containsExactly("hn0");
    assertThat(guest.state().resolvers()).contains("hn0");
  }

  /** Seeds 16052938, 16104454 and 16167382. */
  @ParameterizedTest
  @MethodSource("failures")
  void aReleaseReadsRcConfOnceMoreBeforeItGoesOnWithoutIt(CommandResult.Ending ending)
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest()).plug();
    guest.type("route", "-q", "delete", "default");
    int[] readings = {0};
    assertThat(releaseFailing(guest, ending, () -> readings[0]++ == 0).notes()).isEmpty();
    assertThat(guest.pair().defaultRoute()).hasValue("10.0.2.2 via hn0");
  }

  static ImmutableList<CommandResult.Ending> failures() {
    return ImmutableList.of(
        new CommandResult.Exited(1),
        new CommandResult.NotRun("x"),
        new CommandResult.TimedOut(Duration.ofSeconds(10)));
  }

  @Test
  void aReleaseWithoutRcConfSaysSo() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest()).plug();
    Report report = releaseFailing(guest, new CommandResult.Exited(1), () -> true);
    assertThat(report.notes().get(0))
        .startsWith(
            "rc.conf could not be used; hnvf moved only what was configured on the interface: ");
    assertThat(guest.pair().defaultRoute()).hasValue("10.0.2.2 via hn0");
  }

  private static Report releaseFailing(
      Guest guest, CommandResult.Ending ending, BooleanSupplier failing) throws HnvfException {
    CommandRunner runner =
        command ->
            command.program().equals("/bin/sh") && failing.getAsBoolean()
                ? new CommandResult(command, ending, "", "", Duration.ZERO)
                : guest.sim.run(command);
    Report report =
        Wiring.orchestrator(
                new Machine(runner, guest.files, guest.sim.timer(), guest.sim.root()),
                OwnerPolicy.ANYBODY,
                Progress.NONE)
            .release(Guest.HN);
    assertThat(report.exitStatus()).isEqualTo(0);
    return report;
  }

  /** An hnvf that cannot read the guest while this is so; it is asked once for each look. */
  private static Orchestrator blind(Guest guest, BooleanSupplier unreadable) {
    CommandRunner runner =
        command ->
            command.program().equals("sysctl") && unreadable.getAsBoolean()
                ? new CommandResult(command, new CommandResult.NotRun("x"), "", "", Duration.ZERO)
                : guest.sim.run(command);
    return Wiring.orchestrator(
        new Machine(runner, guest.files, guest.sim.timer(), guest.sim.root()),
        OwnerPolicy.ANYBODY,
        Progress.NONE);
  }

  @Test
  void aGuestThatCannotBeReadAfterALookLosesTheVfThatMayCutItOff()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.sim.host().vfCarrier(Guest.UNIT, false);
    guest.rest(Duration.ofSeconds(1));
    assertThat(guest.silent(ImmutableList.of("10.0.2.15/24"))).isNotEmpty();
    // The first look sees it; those that follow cannot read the guest, until the VF is down.
    int before = guest.sim.history().size();
    AtomicInteger looks = new AtomicInteger();
    blind(
            guest,
            () ->
                looks.getAndIncrement() > 0
                    && !guest.changesSince(before).contains("ifconfig mlxen0 down"))
        .vfUp(Guest.HN);

    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(ImmutableList.of("10.0.2.15/24"))).isEmpty();
  }

  @Test
  void theAddressOfALeaseThatIsOverDoesNotStandBesideTheNewOne()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    guest.type("ifconfig", "hn0", "inet", "10.0.2.62/24", "alias");
    guest.plug();
    guest.sim.host().dhcp(Guest.UNIT, DhcpServer.giving("10.0.2.99"));
    guest
        .sim
        .faults()
        .failNext(
            CommandPattern.line("ifconfig lagg0 inet 10.0.2.15 -alias -laggport hn0"), 1, "x");

    Report report = guest.orchestrator.release(Guest.HN);

    assertThat(report.exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(guest.addresses("lagg0")).containsExactly("10.0.2.99/24", "10.0.2.62/24");
    assertThat(guest.silent(ImmutableList.of("10.0.2.99/24", "10.0.2.62/24"))).isEmpty();
  }

  @Test
  void aClientThatCouldNotTellItsNameServersTellsThemOnceTheDefaultRouteIsItsOwn()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.type("resolvconf", "-d", "lagg0");
    guest.write("/var/run/resolvconf/interfaces/hn0", "nameserver 10.0.2.3\n");
    guest.type("route", "delete", "default");

    guest.orchestrator.all(Trigger.OTHER);

    assertThat(guest.state().resolvers()).containsExactly("lagg0");
    assertThat(guest.pair().dhcp()).containsExactly("lagg0");
    assertThat(guest.defaultRoute().map(Route::netif)).hasValue("lagg0");
  }

  /** An undo that lost an address, of a guest that cannot be read for as long as it takes. */
  private static Guest strandedAndHeld(int unreadable) throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    guest.sim.faults().failNext(CommandPattern.line("route -q add default 10.0.2.2"), 1, "x");
    guest
        .sim
        .faults()
        .failNext(CommandPattern.line("ifconfig hn0 inet 10.0.2.50/24 alias"), 1, "x");
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    AtomicInteger looks = new AtomicInteger();
    blind(
            guest,
            () ->
                guest.changesSince(0).contains("ifconfig mlxen0 down")
                    && looks.getAndIncrement() < unreadable)
        .vfUp(Guest.HN);
    return guest;
  }

  @Test
  void aGuestThatCannotBeReadAfterAnUndoIsLookedAtForLonger()
      throws HnvfException, InterruptedException {
    Guest guest = strandedAndHeld(5);
    assertThat(guest.silent(ImmutableList.of("10.0.2.50/24", "10.0.2.51/32"))).isEmpty();
  }

  @Test
  void aGuestThatAnUndoLeftWithoutAnAddressDoesNotWaitForTheNextTry()
      throws HnvfException, InterruptedException {
    Guest guest = strandedAndHeld(100);
    assertThat(guest.pair().held()).isPresent();
    assertThat(guest.silent(ImmutableList.of("10.0.2.50/24"))).isNotEmpty();

    guest.orchestrator.all(Trigger.OTHER);

    assertThat(guest.silent(ImmutableList.of("10.0.2.50/24", "10.0.2.51/32"))).isEmpty();
    assertThat(guest.isUp("mlxen0")).isFalse();
  }

  @Test
  void aLaggThatCouldNotBeNotedAtFirstIsNotedWhenItStands()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    DurableFiles files = mock(DurableFiles.class, delegatesTo(guest.files));
    doThrow(SystemException.failed("No space left on device"))
        .doAnswer(delegatesTo(guest.files))
        .when(files)
        .write(eq("/var/run/hnvf/hn0.lagg"), anyString());
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    Wiring.orchestrator(
            new Machine(guest.sim, files, guest.sim.timer(), guest.sim.root()),
            OwnerPolicy.ANYBODY,
            Progress.NONE)
        .vfUp(Guest.HN);
    guest.type("ifconfig", "lagg0", "-laggport", "hn0");

    guest.orchestrator.all(Trigger.OTHER);

    assertThat(guest.silent(ImmutableList.of("10.0.2.50/24", "10.0.2.51/32"))).isEmpty();
  }

  @Test
  void whatGoesBackToHnOnAFullDiskGoesWithTheDefaultRouteOfRcConf()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest()).plug().unplug();
    guest.type("route", "delete", "default");
    guest.type("ifconfig", "lagg0", "-laggport", "hn0");

    Wiring.orchestrator(
            new Machine(guest.sim, FullDisk.of(guest.files), guest.sim.timer(), guest.sim.root()),
            OwnerPolicy.ANYBODY,
            Progress.NONE)
        .all(Trigger.OTHER);

    assertThat(guest.find("hn0").inet().findAny()).isPresent();
    assertThat(guest.defaultRoute().map(Route::netif)).hasValue("hn0");
    assertThat(guest.silent(ImmutableList.of("10.0.2.50/24", "10.0.2.51/32"))).isEmpty();
  }

  @Test
  void anotherLeaseThatAStrayClientLeftOnThePortIsNotTheGuests()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure()).plug().unplug();
    guest.sim.host().dhcp(Guest.UNIT, DhcpServer.giving("10.0.2.99"));
    guest.type("dhclient", "hn0");
    guest.type("pkill", "-TERM", "-F", "/var/run/dhclient/dhclient.hn0.pid");
    assertThat(guest.addresses("hn0")).containsExactly("10.0.2.99/24");

    guest.orchestrator.all(Trigger.OTHER);

    assertThat(guest.addresses("hn0")).isEmpty();
    assertThat(guest.addresses("lagg0")).containsExactly("10.0.2.15/24");
  }

  @Test
  void aRepairDoesNotWaitForDhcpWhileAVfIsUpOutsideTheLagg()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure()).plug().unplug();
    guest.type("pkill", "-TERM", "-F", "/var/run/dhclient/dhclient.lagg0.pid");
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");
    guest.sim.drainEvents();
    Instant up = guest.sim.timer().now();

    guest.orchestrator.all(Trigger.OTHER);

    assertThat(guest.pair().dhcp()).containsExactly("lagg0");
    assertThat(guest.unanswered("10.0.2.15", up)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void aLaggThatIsDestroyedWithHnStillInItDoesNotLeaveHnDown()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    guest.sim.faults().failNext(CommandPattern.line("route -q add default 10.0.2.2"), 1, "x");
    guest.sim.faults().failNext(CommandPattern.line("ifconfig lagg0 -laggport hn0"), 1, "x");
    guest.sim.faults().failNext(CommandPattern.line("ifconfig lagg0 destroy"), 1, "x");

    guest.plug();

    assertThat(guest.isUp("hn0")).isTrue();
    assertThat(guest.silent(ImmutableList.of("10.0.2.50/24", "10.0.2.51/32"))).isEmpty();
  }

  @Test
  void aPreparedLaggThatCannotBeDestroyedDoesNotTakeThePrefixFromHn()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    guest.sim.faults().failNext(CommandPattern.line("ifconfig mlxen0 up"), 1, "x");
    guest.sim.faults().failNext(CommandPattern.line("ifconfig lagg0 destroy"), 1, "x");
    Instant plugged = guest.sim.timer().now();

    guest.plug();

    assertThat(guest.unanswered("10.0.2.15", plugged)).isLessThan(Duration.ofMillis(500));
    assertThat(guest.pair().pair().lagg()).isEmpty();
  }

  /** hnvf is killed as it is about to run its first command of this kind. */
  private static Guest killedBefore(Guest guest, Predicate<Command> first) throws HnvfException {
    boolean[] killed = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (!killed[0] && first.test(command)) {
            killed[0] = true;
            throw new Guest.Killed();
          }
        });
    try {
      guest.orchestrator.vfUp(Guest.HN);
      throw new AssertionError("was not killed");
    } catch (Guest.Killed expected) {
      return guest.restarted();
    }
  }

  @Test
  void whatWasNotBegunBeforeABootIsNotUndoneAfterIt() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    guest.type("route", "-6", "-q", "add", "default", "2001:db8::77");
    guest.sim.host().plug(Guest.UNIT);
    Guest next = killedBefore(guest, command -> command.effect() == Command.Effect.CHANGES);
    next.sim.reboot(Duration.ofSeconds(15));
    next.sim.drainEvents();
    next.orchestrator.start();
    assertThat(next.state().hasDefaultRoute(true, 0)).isFalse();
  }

  @Test
  void aDefaultRouteThatAnotherNetworksClientTookAfterAKillComesBack()
      throws HnvfException, InterruptedException {
    HnUnit other = new HnUnit(1);
    Guest guest = rested(Scenario.azure().nics(2).dhcpOnAllNics());
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().plug(other);
    guest.sim.drainEvents();
    Guest next =
        killedBefore(guest, command -> command.line().equals("route -q add default 10.0.2.2"));
    next.orchestrator.vfUp(other.driverName());
    assertThat(next.defaultRoute().map(Route::netif)).hasValue("lagg1");
    next.sim.faults().failNext(CommandPattern.line("route -q delete default 10.0.3.2"), 1, "x");
    next.orchestrator.start();
    assertThat(next.defaultRoute().map(Route::netif)).hasValue("lagg0");
    assertThat(next.silent(ImmutableList.of("10.0.2.15/24"))).isEmpty();
  }

  @Test
  void aLaggThatIsDownComesUpAlsoWhereTheBringUpCannotBeWrittenDown()
      throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.azure(), Strategy.BEFORE_VF_UP).rest(Duration.ofSeconds(20));
    guest.sim.host().plug(Guest.UNIT);
    guest.orchestrator.attach(new InterfaceName("mlxen0"));
    guest.rest(Duration.ofSeconds(3)).type("ifconfig", "lagg0", "down");
    Report report = guest.onAFullDisk().all(Trigger.OTHER);
    assertThat(report.message()).isEqualTo("the workflow was not started; hnvf repaired the pair");
    assertThat(guest.isUp("lagg0")).isTrue();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(ImmutableList.of("10.0.2.15/24"))).isEmpty();
  }

  @Test
  void anIpv6AddressThatStandsNowhereComesBackWhereTheLaggGoes()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    ImmutableList<String> addresses = guest.addresses("hn0");
    guest.plug();
    guest.type("ifconfig", "lagg0", "inet6", "2001:db8::50", "-alias");
    Report report = guest.orchestrator.release(Guest.HN);
    assertThat(report.failures()).isEmpty();
    assertThat(guest.addresses("hn0")).containsExactlyElementsIn(addresses);
  }

  @Test
  void theAddressOfARefusedLeaseGoesThoughItsClientLeftIt()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure().rcConf("ifconfig_hn0_alias0=\"inet 10.0.2.61/32\""));
    guest.type("ifconfig", "hn0", "inet", "10.0.2.61/32", "alias");
    guest.plug().unplug();
    guest.type("ifconfig", "lagg0", "inet", "10.0.2.15/24", "alias");
    assertThat(guest.addresses("lagg0")).containsExactly("10.0.2.61/32", "10.0.2.15/24").inOrder();
    guest.sim.host().dhcp(Guest.UNIT, DhcpServer.giving("10.0.2.99"));
    guest.type("pkill", "-TERM", "-F", "/var/run/dhclient/dhclient.lagg0.pid");
    guest.type("dhclient", "lagg0");
    assertThat(guest.addresses("lagg0")).containsExactly("10.0.2.15/24", "10.0.2.99/24");
    Report report = guest.orchestrator.all(Trigger.OTHER);
    assertThat(report.notes().toString()).doesNotContain("10.0.2.15/24 is not in rc.conf");
    assertThat(guest.addresses("lagg0")).containsExactly("10.0.2.99/24", "10.0.2.61/32");
  }

  @Test
  void anAddressThatAStrayClientSetAsItWasEndedGoes() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    ImmutableList<String> addresses = guest.addresses("hn0");
    guest.plug().unplug();
    guest.type("dhclient", "hn0");
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.state().leases()).containsKey("hn0");
    assertThat(guest.addresses("hn0")).isEmpty();
    guest.type("dhclient", "-b", "hn0");
    AtomicInteger kills = new AtomicInteger();
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith("kill -TERM") && kills.getAndIncrement() == 0) {
            // The last thing that its script does.
            guest.type("ifconfig", "hn0", "inet", "10.0.2.15/24", "alias");
          }
        });
    guest.orchestrator.release(Guest.HN);
    assertThat(kills.get()).isAtLeast(1);
    assertThat(guest.addresses("hn0")).containsExactlyElementsIn(addresses);
  }

  @Test
  void aLaggWhoseNoteIsMissingIsNotedByTheRecoveryOfItsWorkflow()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure());
    guest.sim.host().plug(Guest.UNIT);
    Guest next =
        killedBefore(guest, command -> command.line().equals("route -q add default 10.0.2.2"));
    Files.delete(next.path("/var/run/hnvf/hn0.lagg"));
    next.orchestrator.start();
    next.type("ifconfig", "lagg0", "-laggport", "hn0");
    next.orchestrator.all(Trigger.OTHER);
    next.rest(Duration.ofMinutes(2)).orchestrator.all(Trigger.OTHER);
    assertThat(next.state().find(new InterfaceName("lagg1"))).isEmpty();
    assertThat(next.silent(ImmutableList.of("10.0.2.15/24"))).isEmpty();
  }

  @Test
  void whatCouldNotBeNotedAsEndedIsNotBegunAgainAtEachLook()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    AtomicInteger ups = new AtomicInteger();
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().equals("ifconfig mlxen0 up")) {
            ups.incrementAndGet();
          }
        });
    Orchestrator hnvf =
        guest.struck(
            change -> {
              if (ups.get() > 0
                  && change.matches("(write|append|rename) .*hn0[.](journal|backoff).*")) {
                throw SystemException.failed("cannot " + change + ": No space left on device");
              }
            });
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    hnvf.vfUp(Guest.HN);
    assertThat(ups.get()).isEqualTo(1);

    for (int look = 0; look < 5; look++) {
      hnvf.all(Trigger.OTHER);
      guest.rest(Duration.ofMinutes(1));
    }

    assertThat(ups.get()).isEqualTo(1);
    assertThat(guest.addresses("hn0"))
        .containsExactly("10.0.2.50/24", "10.0.2.51/32", "2001:db8::50/64");
    assertThat(guest.silent(guest.addresses("hn0"))).isEmpty();
  }

  /**
   * The disk is full: the journal of the killed workflow cannot be closed, so each reconciliation
   * finds it again, and the first back-off cannot be stored.
   */
  @Test
  void aKillIsCountedOnceThoughItsJournalCannotBeClosed()
      throws HnvfException, InterruptedException {
    String cut = "ifconfig hn0 inet 10.0.2.15 -alias";
    Guest guest = rested(Scenario.azure());
    guest.sim.faults().failNext(CommandPattern.line(cut), 1, "x\n");
    guest.plug().rest(Duration.ofMinutes(2));
    boolean[] killed = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().equals(cut) && !killed[0]) {
            killed[0] = true;
            throw new Guest.Killed();
          }
        });
    assertThrows(Guest.Killed.class, () -> guest.orchestrator.vfUp(Guest.HN));
    Guest next = guest.restarted();
    boolean[] full = {false};
    AtomicInteger unstored = new AtomicInteger();
    next.sim.beforeCommand(
        (command, number) -> full[0] |= command.line().startsWith("/sbin/dhclient lagg0"));
    Orchestrator hnvf =
        next.struck(
            change -> {
              boolean first =
                  full[0]
                      && change.startsWith("write /var/db/hnvf/hn0.backoff")
                      && unstored.getAndIncrement() == 0;
              if (full[0]
                  && (change.matches(".*hn0[.]journal.*|delete .*hn0[.]backoff") || first)) {
                throw SystemException.failed("cannot " + change + ": No space left on device");
              }
            });
    assertThrows(SystemException.class, hnvf::start);
    assertThat(next.pairState()).isEqualTo(PairState.LAGG_VF);

    hnvf.all(Trigger.OTHER);
    hnvf.all(Trigger.OTHER);

    assertThat(unstored.get()).isAtLeast(2);
    BackOff held = next.pair().held().orElseThrow();
    assertThat(held.cause()).startsWith("hnvf was killed in the workflow of ");
    assertThat(held.kind()).isEqualTo(BackOff.Kind.PASSING);
    assertThat(next.silent(ImmutableList.of("10.0.2.15/24"))).isEmpty();
  }
}
