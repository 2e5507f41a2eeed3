package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.DurableFiles;
import org.hnvf.journal.PairStore;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.model.SystemException;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.DhcpServer;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recovery of a killed hnvf's work. */
final class RecoveryTest {

  private static final String JOURNAL = "/var/db/hnvf/hn0.journal";
  private static final ImmutableList<String> STATIC =
      ImmutableList.of("10.0.2.50/24", "10.0.2.51/32", "2001:db8::50/64");

  /** A static guest with a route that only its administrator knows of. */
  private static Guest guest() throws InterruptedException {
    Guest guest = Guest.of(Scenario.staticGuest());
    guest.type("route", "-q", "add", "-net", "192.0.2.0/24", "10.0.2.9");
    return guest.rest(Duration.ofSeconds(20));
  }

  /** hnvf is killed in a bring-up, before the command that begins so. */
  private static Guest killedBefore(String line) throws HnvfException, InterruptedException {
    Guest rehearsal = guest();
    int begun = rehearsal.sim.history().size();
    rehearsal.plug();
    int at = -1;
    for (int i = begun; i < rehearsal.sim.history().size(); i++) {
      if (rehearsal.sim.history().get(i).result().command().line().startsWith(line)) {
        at = rehearsal.sim.history().get(i).number();
        break;
      }
    }
    assertWithMessage("a command %s", line).that(at).isAtLeast(0);
    Guest guest = guest();
    guest.killBefore(at);
    try {
      guest.plug();
    } catch (Guest.Killed e) {
      return guest.restarted();
    }
    throw new AssertionError("was not killed before " + line);
  }

  private static String journal(Guest guest) throws IOException {
    return Files.readString(guest.path(JOURNAL));
  }

  /** The journal of the last workflow, which is finished. */
  private static String finished(Guest guest) throws IOException {
    assertThat(Files.exists(guest.path(JOURNAL))).isFalse();
    try (Stream<Path> journals = Files.list(guest.path("/var/db/hnvf/history"))) {
      return Files.readString(journals.max(Comparator.naturalOrder()).orElseThrow());
    }
  }

  private static void isWhole(Guest guest, String holder, PairState state) throws HnvfException {
    assertThat(guest.pairState()).isEqualTo(state);
    assertThat(guest.silent(STATIC)).isEmpty();
    assertThat(guest.addresses(holder)).containsExactlyElementsIn(STATIC);
    assertThat(guest.staticRoutes(holder)).isEqualTo("default 10.0.2.2, 192.0.2.0/24 10.0.2.9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ifconfig hn0 inet6 -auto_linklocal",
        "ifconfig mlxen0 up",
        "ifconfig lagg0 create",
        "ifconfig hn0 inet 10.0.2.50 -alias",
        "route -q add default",
        "ifconfig lagg0 inet 10.0.2.51/32",
        "route -q add -net 192.0.2.0/24",
        "ifconfig lagg0 inet6",
        "arp -d"
      })
  void workflowIsFinishedWhileTheVfIsThere(String killed)
      throws HnvfException, InterruptedException, IOException {
    Guest guest = killedBefore(killed);
    assertThat(journal(guest)).doesNotContain("outcome");

    guest.orchestrator.start();
    guest.rest(Duration.ofSeconds(20));

    isWhole(guest, "lagg0", PairState.LAGG_VF);
    assertThat(finished(guest)).contains("\noutcome done\n");
  }

  @Test
  void whoeverFinishesItLooksWhetherTrafficPassesThroughTheVf()
      throws HnvfException, InterruptedException {
    Guest guest = killedBefore("arp -d");
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);

    guest.orchestrator.start();

    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(STATIC)).isEmpty();
  }

  @Test
  void theVfIsLookedAtBeforeARouterIsAskedFor() throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.azure().slaac()).rest(Duration.ofSeconds(20));
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().equals("arp -d 10.0.2.2") && !guest.isKilled()) {
            guest.killBefore(number + 1);
          }
        });
    try {
      guest.plug();
    } catch (Guest.Killed e) {
      guest.sim.host().vfCarrier(Guest.UNIT, false);
    }
    Instant cut = guest.sim.timer().now();

    guest.restarted().orchestrator.start();

    assertThat(guest.isKilled()).isTrue();
    assertThat(guest.unanswered("10.0.2.15", cut)).isLessThan(Duration.ofSeconds(6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ifconfig hn0 inet 10.0.2.50 -alias", "route -q add default", "arp -d"})
  void workflowIsUndoneWhenTheVfIsGone(String killed)
      throws HnvfException, InterruptedException, IOException {
    Guest guest = killedBefore(killed);
    guest.sim.host().unplug(Guest.UNIT);

    guest.orchestrator.start();
    guest.rest(Duration.ofSeconds(20));

    isWhole(guest, "hn0", PairState.SYNTHETIC);
    assertThat(finished(guest)).contains("\nintent RELEASE\n");
  }

  @Test
  void operatorWhoWantsTheVfDownDoesNotWaitForTheRest() throws HnvfException, InterruptedException {
    Guest guest = killedBefore("route -q add default");
    int before = guest.sim.history().size();

    guest.orchestrator.failover(Guest.HN, Optional.empty());

    assertThat(guest.changesSince(before)).contains("ifconfig mlxen0 down");
    assertThat(guest.changesSince(before)).doesNotContain("ifconfig mlxen0 up");
    guest.rest(Duration.ofSeconds(20));
    isWhole(guest, "hn0", PairState.VF_ATTACHED);
  }

  @Test
  void workflowThatKillsHnvfTwiceIsUndone() throws HnvfException, InterruptedException {
    Guest guest = killedBefore("route -q add default");
    killedAgain(guest, "route -q add default");
    Guest third = guest.restarted();

    third.orchestrator.start();
    third.rest(Duration.ofSeconds(1));

    isWhole(third, "lagg0", PairState.LAGG_SYNTHETIC);
    assertThat(third.isUp("mlxen0")).isFalse();
    assertThat(third.pair().held().orElseThrow().cause()).contains("hnvf was killed");
  }

  private static void killedAgain(Guest guest, String line) throws HnvfException {
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith(line) && !guest.isKilled()) {
            guest.killBefore(number + 1);
          }
        });
    try {
      guest.orchestrator.start();
    } catch (Guest.Killed e) {
      return;
    }
    throw new AssertionError("was not killed again");
  }

  @Test
  void afterARebootNothingIsReplayed() throws HnvfException, InterruptedException, IOException {
    Guest guest = killedBefore("route -q add default");
    String old =
        journal(guest)
            .replaceAll("boot [^\n]*", "boot 2026-11-20T08:00:00Z")
            .replaceAll("begun [^\n]*", "begun 2026-11-20T09:00:00Z");
    Guest booted = guest();
    booted.write(JOURNAL, old);
    int before = booted.sim.history().size();

    booted.orchestrator.start();

    assertThat(booted.changesSince(before)).isEmpty();
    assertThat(finished(booted)).contains("\noutcome closed: the guest was booted since");
    isWhole(booted, "hn0", PairState.SYNTHETIC);
  }

  @Test
  void aLaggOfTheSameNameIsSomebodyElsesAfterABoot() throws HnvfException, InterruptedException {
    Guest guest = killedBefore("ifconfig lagg0 inet6 laggport hn0");
    guest.sim.reboot(Duration.ofSeconds(15));
    guest.type("ifconfig", "lagg0", "create", "laggproto", "failover");
    Guest booted = guest.restarted();
    int before = guest.sim.history().size();

    booted.orchestrator.start();

    assertThat(booted.state().find(new InterfaceName("lagg0"))).isPresent();
    assertThat(booted.changesSince(before).stream().filter(c -> c.contains("lagg0"))).isEmpty();
  }

  @Test
  void clockThatWasSetIsNoReboot() throws HnvfException, InterruptedException, IOException {
    Guest guest = killedBefore("route -q add default");
    guest.write(JOURNAL, journal(guest).replaceAll("boot [^\n]*", "boot 2026-11-20T08:00:00Z"));

    guest.orchestrator.start();
    guest.rest(Duration.ofSeconds(20));

    isWhole(guest, "lagg0", PairState.LAGG_VF);
  }

  @Test
  void journalThatNobodyCanReadIsSetAsideAndTheGuestRebuiltFromRcConf()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = guest();
    guest.write(JOURNAL, "hnvf journal 1\nhn hn0; reboot\n");
    guest.type("ifconfig", "hn0", "inet", "10.0.2.51", "-alias");
    guest.type("ifconfig", "hn0", "inet", "10.0.2.50", "-alias");

    Report report = guest.orchestrator.start();

    assertThat(guest.addresses("hn0")).containsExactlyElementsIn(STATIC);
    assertThat(guest.defaultRoute().orElseThrow().netif()).isEqualTo("hn0");
    assertThat(Files.exists(guest.path(JOURNAL + ".unreadable"))).isTrue();
    assertThat(report.notes().toString()).contains("missing line \"unit\"");
    assertThat(report.notes().toString())
        .contains("rebuilt the configuration from rc.conf and the live state");
  }

  @Test
  void linkInTheJournalsPlaceIsSetAside() throws HnvfException, InterruptedException, IOException {
    Guest guest = guest();
    guest.write("/var/db/hnvf/secret", "secret");
    Files.createSymbolicLink(guest.path(JOURNAL), guest.path("/var/db/hnvf/secret"));

    guest.plug();

    isWhole(guest, "lagg0", PairState.LAGG_VF);
    assertThat(Files.isSymbolicLink(guest.path(JOURNAL))).isFalse();
    assertThat(Files.readString(guest.path("/var/db/hnvf/secret"))).isEqualTo("secret");
  }

  @Test
  void eventDuringAWorkflowIsNeitherLostNorQueuedUp() throws HnvfException, InterruptedException {
    Guest guest = guest();
    PairStore store = new PairStore(guest.files, guest.sim.timer());
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");
    guest.sim.drainEvents();
    try (DurableFiles.Lock lock = store.lock(Guest.UNIT, "test", Duration.ZERO)) {
      assertThat(lock).isNotNull();
      guest.sim.host().notify("!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP");
      guest.sim.host().notify("!system=HYPERV_NIC_VF subsystem=hn0 type=VF_DOWN");
      guest.events();
      assertThat(guest.reports.stream().map(Report::message).toList())
          .contains(
              "hn0 is locked by another hnvf process, which checks it again when it has finished");
      assertThat(store.asked(Guest.UNIT)).hasValue("VF_UP");
    }

    // The next process reconciles twice: for itself, and for the events that came.
    Report report = guest.orchestrator.vfDown(Guest.HN);

    assertThat(store.asked(Guest.UNIT)).isEmpty();
    assertThat(report.exitStatus()).isEqualTo(0);
    guest.rest(Duration.ofSeconds(20));
    isWhole(guest, "lagg0", PairState.LAGG_VF);
  }

  @Test
  void pairThatIsBeingWorkedOnKeepsNoOtherWaiting() throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.azure().nics(2).dhcpOnAllNics()).rest(Duration.ofSeconds(20));
    PairStore store = new PairStore(guest.files, guest.sim.timer());
    HnUnit second = new HnUnit(1);
    try (DurableFiles.Lock lock = store.lock(Guest.UNIT, "test", Duration.ZERO)) {
      assertThat(lock).isNotNull();
      guest.sim.host().plug(second);
      Report report =
          guest.orchestrator.patiently(
              guest.orchestrator.settle(second, Trigger.IFATTACH), Trigger.IFATTACH);
      assertThat(report.status().orElseThrow().state()).isEqualTo(PairState.LAGG_VF);
    }
  }

  @Test
  void fullDiskDoesNotKeepARecoveryFromPuttingBackWhatWasTakenApart()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = killedBefore("route -q add default");
    String entry = journal(guest);
    guest.sim.host().unplug(Guest.UNIT);

    Orchestrator full = guest.onAFullDisk();
    full.start();

    guest.rest(Duration.ofSeconds(20));
    isWhole(guest, "hn0", PairState.SYNTHETIC);
    assertThat(journal(guest)).isEqualTo(entry);
    assertThat(entry).contains("\nintent " + Intent.USE_LAGG + "\n");
  }

  @Test
  void hnvfThatIsKilledInTheUndoTooDoesNotBeginAnew() throws HnvfException, InterruptedException {
    Guest guest = killedBefore("route -q add default");
    killedAgain(guest, "route -q add default");
    Guest third = guest.restarted();
    killedAgain(third, "ifconfig lagg0 -laggport mlxen0");
    Guest fourth = third.restarted();
    int before = fourth.sim.history().size();

    fourth.orchestrator.patiently(fourth.orchestrator.start(), Trigger.OTHER);
    fourth.rest(Duration.ofSeconds(1));

    isWhole(fourth, "lagg0", PairState.LAGG_SYNTHETIC);
    assertThat(fourth.changesSince(before)).doesNotContain("ifconfig mlxen0 up");
    assertThat(fourth.pair().held()).isPresent();
  }

  @Test
  void incompleteEntryThatWasMadeWholeByHandIsClosedOnceAndStaysReadable()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = guest();
    for (int i = 0; i < 10; i++) {
      guest.sim.faults().failNext(CommandPattern.line("route -q add -net 192.*"), 1, "x");
    }
    guest.plug();
    assertThat(journal(guest)).contains("\noutcome incomplete: ");
    guest.sim.faults().clear();
    guest.sim.host().unplug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.type("route", "-q", "add", "-net", "192.0.2.0/24", "10.0.2.9");
    guest.rest(Duration.ofHours(2));

    guest.orchestrator.start();
    Report second = guest.orchestrator.start();

    assertThat(second.notes()).isEmpty();
    assertThat(Files.exists(guest.path(JOURNAL + ".unreadable"))).isFalse();
    assertThat(finished(guest)).contains("\noutcome closed: ");
    isWhole(guest, "hn0", PairState.SYNTHETIC);
  }

  @Test
  void routeThatSomebodyMovedElsewhereMeanwhileStaysThere()
      throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.staticGuest().nics(2)).rest(Duration.ofSeconds(20));
    guest.type("route", "-q", "add", "-net", "192.0.2.0/24", "10.0.2.9");
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith("route -q add -net 192") && !guest.isKilled()) {
            guest.killBefore(number + 1);
          }
        });
    guest.sim.host().plug(Guest.UNIT);
    assertThrows(Guest.Killed.class, guest::events);
    Guest next = guest.restarted();
    next.type("route", "-q", "delete", "-net", "192.0.2.0/24");
    next.type("ifconfig", "hn1", "inet", "10.9.0.1/24", "up");
    next.type("route", "-q", "add", "-net", "192.0.2.0/24", "10.9.0.2");

    next.orchestrator.start();
    next.rest(Duration.ofSeconds(20));

    assertThat(next.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(next.staticRoutes("hn1")).isEqualTo("192.0.2.0/24 10.9.0.2");
    assertThat(next.silent(STATIC)).isEmpty();
  }

  @Test
  void descriptionAndFibAreNotForgotten() throws HnvfException, InterruptedException {
    Guest guest = FibsTest.inFib1(Strategy.ON_VF_UP);
    guest.type("ifconfig", "hn0", "description", "the outside");
    String routes = guest.staticRoutes("hn0");
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith("ifconfig lagg0 create") && !guest.isKilled()) {
            guest.killBefore(number + 1);
          }
        });
    guest.sim.host().plug(Guest.UNIT);
    assertThrows(Guest.Killed.class, guest::events);
    Guest next = guest.restarted();

    next.orchestrator.start();
    next.rest(Duration.ofSeconds(20));

    assertThat(next.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(next.staticRoutes("lagg0")).isEqualTo(routes.replace("%hn0", "%lagg0"));
    assertThat(next.find("lagg0").description()).hasValue("the outside");
    assertThat(next.find("lagg0").fib()).hasValue(1);
  }

  @Test
  void laggThatIsGoneSinceAFailoverWasCutShortTakesNothingWithIt()
      throws HnvfException, InterruptedException {
    Guest guest = guest().plug();
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith("ifconfig mlxen0 down") && !guest.isKilled()) {
            guest.killBefore(number + 1);
          }
        });
    assertThrows(Guest.Killed.class, () -> guest.orchestrator.failover(Guest.HN, Optional.empty()));
    guest.type("ifconfig", "lagg0", "destroy");
    guest.type("ifconfig", "hn0", "up");
    Guest next = guest.restarted();

    next.orchestrator.start();
    next.rest(Duration.ofSeconds(20));

    isWhole(next, "hn0", PairState.VF_ATTACHED);
  }

  /** hnvf is dead, its dhclient too; the administrator starts another, which gets another lease. */
  private static Guest withAnotherLease(String alias) throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.azure()).rest(Duration.ofSeconds(20));
    guest.type("ifconfig", "hn0", "inet", alias, "alias");
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith("ifconfig mlxen0 up") && !guest.isKilled()) {
            guest.killBefore(number + 1);
          }
        });
    guest.sim.host().plug(Guest.UNIT);
    assertThrows(Guest.Killed.class, guest::events);
    guest.sim.host().dhcp(Guest.UNIT, DhcpServer.giving("10.0.2.77").refusingOldLeases());
    guest.type("ifconfig", "mlxen0", "down");
    guest.type("dhclient", "hn0");
    assertThat(guest.addresses("hn0")).containsExactly("10.0.2.77/24", alias);
    return guest.restarted();
  }

  @Test
  void aliasOutlivesALeaseThatHasChangedMeanwhile() throws HnvfException, InterruptedException {
    Guest guest = withAnotherLease("10.0.2.61/32");

    guest.orchestrator.start();
    guest.rest(Duration.ofSeconds(20));

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.addresses("lagg0")).containsExactly("10.0.2.77/24", "10.0.2.61/32");
    assertThat(guest.silent(guest.addresses("lagg0"))).isEmpty();
  }

  @Test
  void descriptionThatOnlyTheLaggHasComesBackWithTheRest()
      throws HnvfException, InterruptedException {
    Guest guest = guest().plug();
    guest.type("ifconfig", "lagg0", "description", "set later");
    guest.orchestrator.release(Guest.HN);
    guest.rest(Duration.ofSeconds(20));
    assertThat(guest.find("hn0").description()).hasValue("set later");
  }

  @Test
  void eventIsAnsweredThoughTheVerbThatKeptItOutFails() throws HnvfException, InterruptedException {
    Guest guest = guest();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.type("ifconfig", "mlxen0", "up");
    guest.sim.host().notify("!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP");
    guest.sim.beforeCommand(
        (command, number) -> {
          try {
            guest.events();
          } catch (HnvfException e) {
            throw new AssertionError(e);
          }
        });
    Orchestrator full =
        Wiring.orchestrator(
            new Machine(guest.sim, FullDisk.of(guest.files), guest.sim.timer(), guest.sim.root()),
            OwnerPolicy.ANYBODY,
            Progress.NONE);

    for (int i = 0; i < 3; i++) {
      guest.sim.faults().failNext(CommandPattern.program("netstat"), 1, "x");
    }
    assertThrows(
        SystemException.class, () -> full.failover(Guest.HN, Optional.of(Duration.ofHours(1))));

    assertThat(guest.lastReport().message()).contains("which checks it again when it has finished");
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(STATIC)).isEmpty();
  }
}
