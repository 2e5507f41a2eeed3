package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.hnvf.model.BackOff.Kind;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.report.StatusContext;
import org.hnvf.report.StatusView;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** A cause that cannot change by itself is not tried again: two cuts, and then none for days. */
final class HeldByCauseTest {

  private static final ImmutableList<String> ADDRESS = ImmutableList.of("10.0.2.50/24");

  /** Fails in the cut, and only there: the undo has another command. */
  private static final String OFF_HN = "ifconfig hn0 inet 10.0.2.50 -alias";

  private static Guest rested() throws InterruptedException {
    return Guest.of(Scenario.staticGuest()).rest(Duration.ofSeconds(20));
  }

  private static Guest failing(Guest guest, String line) {
    for (int i = 0; i < 500; i++) {
      guest.sim.faults().failNext(CommandPattern.line(line), 1, "ifconfig: Device busy\n");
    }
    return guest;
  }

  /** Looks as a daemon does, for a day; how often the VF was brought up in it. */
  private static long triesInADay(Guest guest) throws HnvfException, InterruptedException {
    int before = guest.sim.history().size();
    for (int i = 0; i < 36; i++) {
      guest.rest(Duration.ofMinutes(40));
      guest.orchestrator.patiently(guest.orchestrator.all(Trigger.OTHER), Trigger.OTHER);
    }
    return guest.changesSince(before).stream()
        .filter(line -> line.matches("ifconfig (mlxen|mce)[0-9]+ up"))
        .count();
  }

  private static Guest heldByCause() throws HnvfException, InterruptedException {
    Guest guest = failing(rested(), OFF_HN).plug();
    assertThat(guest.pair().held().orElseThrow().kind()).isEqualTo(Kind.PASSING);
    assertThat(triesInADay(guest)).isEqualTo(1);
    assertThat(guest.pair().held().orElseThrow().kind()).isEqualTo(Kind.BY_CAUSE);
    return guest;
  }

  private static Guest blackHole() throws HnvfException, InterruptedException {
    Guest guest = rested();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    guest.events();
    assertThat(triesInADay(guest)).isEqualTo(1);
    assertThat(guest.pair().held().orElseThrow().kind()).isEqualTo(Kind.BY_CAUSE);
    return guest;
  }

  @Test
  void twoCutsAndThenNoneForDays() throws HnvfException, InterruptedException {
    Guest guest = heldByCause();
    for (int day = 0; day < 3; day++) {
      assertThat(triesInADay(guest)).isEqualTo(0);
    }
    assertThat(guest.silent(ADDRESS)).isEmpty();
    assertThat(guest.isUp("mlxen0")).isFalse();
  }

  /**
   * hnvf is killed in a rollback that has not yet added everything to hn0 again. The try of the
   * recovery counts for the whole configuration, as the next one does.
   */
  @Test
  void tryOfARecoveryCountsForTheConfigurationOfTheJournal()
      throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.staticGuest()).rest(Duration.ofSeconds(20));
    guest.type("route", "-q", "add", "-net", "192.0.2.0/24", "10.0.2.9");
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    AtomicInteger added = new AtomicInteger();
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith("route -q add -net 192.0.2.0/24")
              && added.incrementAndGet() == 2) {
            throw new Guest.Killed();
          }
        });
    assertThrows(Guest.Killed.class, guest::plug);
    Guest next = guest.restarted();

    next.orchestrator.start();
    assertThat(next.pair().held().orElseThrow().kind()).isEqualTo(Kind.PASSING);

    assertThat(triesInADay(next)).isEqualTo(1);
    assertThat(next.pair().held().orElseThrow().kind()).isEqualTo(Kind.BY_CAUSE);
  }

  /** The recovery makes the try that failback requests. */
  @Test
  void failbackAfterAKillTriesOnce() throws HnvfException, InterruptedException {
    Guest guest = rested();
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    boolean[] killed = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().equals("ifconfig mlxen0 down") && !killed[0]) {
            killed[0] = true;
            throw new Guest.Killed();
          }
        });
    assertThrows(Guest.Killed.class, guest::plug);
    Guest next = guest.restarted();
    next.type("ifconfig", "mlxen0", "down");
    int begun = next.sim.history().size();

    Report report = next.orchestrator.failback(Guest.HN);

    assertThat(report.exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(report.failures().toString()).contains("does not answer through mlxen0");
    assertThat(next.changesSince(begun).stream().filter("ifconfig mlxen0 up"::equals).count())
        .isEqualTo(1);
    assertThat(next.pair().held().orElseThrow().attempts()).isEqualTo(1);
    assertThat(triesInADay(next)).isEqualTo(1);
  }

  @Test
  void statusSaysThatNoTimeEndsIt() throws HnvfException, InterruptedException {
    Guest guest = heldByCause();
    String table = Guest.statusText(ImmutableList.of(guest.pair()));
    assertThat(table).contains("HELD by cause (attempt 2), until the configuration changes or");
    assertThat(table).contains("Device busy");
    String data = String.valueOf(StatusView.data(guest.pair(), StatusContext.NONE).get("backOff"));
    assertThat(data).contains("kind=BY_CAUSE");
    assertThat(data).doesNotContain("nextTry");
  }

  @Test
  void anotherRcConfIsTriedAndThenNoMore() throws HnvfException, InterruptedException, IOException {
    Guest guest = heldByCause();
    guest.append("/etc/rc.conf", "hyperv_vf_delay=3\n");
    assertThat(triesInADay(guest)).isEqualTo(2);
    assertThat(triesInADay(guest)).isEqualTo(0);
  }

  @Test
  void anotherRcConfThatMendsItIsUsed() throws HnvfException, InterruptedException, IOException {
    Guest guest = heldByCause();
    guest.sim.faults().clear();
    assertThat(triesInADay(guest)).isEqualTo(0);
    guest.append("/etc/rc.conf", "hyperv_vf_delay=3\n");
    assertThat(triesInADay(guest)).isEqualTo(1);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().backOff()).isEmpty();
  }

  @Test
  void anAddressMoreIsAnotherConfigurationAndOneLessTheOldOne()
      throws HnvfException, InterruptedException {
    Guest guest = heldByCause();
    for (int i = 0; i < 5; i++) {
      guest.type("ifconfig", "hn0", "inet", "10.0.2.77/32", "alias");
      guest.orchestrator.patiently(guest.orchestrator.all(Trigger.OTHER), Trigger.OTHER);
      guest.rest(Duration.ofHours(2));
      guest.type("ifconfig", "hn0", "inet", "10.0.2.77", "-alias");
      guest.orchestrator.patiently(guest.orchestrator.all(Trigger.OTHER), Trigger.OTHER);
      guest.rest(Duration.ofHours(2));
    }
    long tries = guest.changesSince(0).stream().filter("ifconfig mlxen0 up"::equals).count();
    assertThat(tries).isEqualTo(4);
  }

  @Test
  void failbackTriesAgain() throws HnvfException, InterruptedException {
    Guest guest = heldByCause();
    guest.sim.faults().clear();
    guest.orchestrator.failback(Guest.HN);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void neitherABootNorAnotherVfIsAnotherConfiguration() throws HnvfException, InterruptedException {
    Guest guest = heldByCause();
    guest.sim.reboot(Duration.ofSeconds(30));
    guest = guest.restarted().events();
    assertThat(triesInADay(guest)).isEqualTo(0);
    guest.unplug().plug("mce");
    assertThat(triesInADay(guest)).isEqualTo(0);
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void aVfThatIsGivenAnewIsTriedOnceMoreWhereItWasTheVf()
      throws HnvfException, InterruptedException {
    Guest guest = blackHole();
    int before = guest.sim.history().size();
    guest.unplug();
    guest.sim.host().plug(Guest.UNIT, "mce");
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    guest.events();
    assertThat(guest.changesSince(before)).contains("ifconfig mce0 up");
    assertThat(triesInADay(guest)).isEqualTo(0);
    assertThat(guest.silent(ADDRESS)).isEmpty();

    guest.unplug();
    guest.sim.host().vfPassesTraffic(Guest.UNIT, true);
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void soItIsAfterABoot() throws HnvfException, InterruptedException {
    Guest guest = blackHole();
    guest.sim.reboot(Duration.ofSeconds(30));
    guest = guest.restarted();
    assertThat(triesInADay(guest)).isEqualTo(1);
    assertThat(triesInADay(guest)).isEqualTo(0);
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void aFaultThatPassesIsTriedAgainAfterThePause() throws HnvfException, InterruptedException {
    Guest guest = rested();
    guest.sim.faults().failNext(CommandPattern.line(OFF_HN), 1, "busy\n");
    guest.plug();
    assertThat(triesInADay(guest)).isEqualTo(1);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  /** The next VF counts anew: it came up well between. */
  @Test
  void whatSucceededBetweenIsForgotten() throws HnvfException, InterruptedException {
    Guest guest = rested();
    for (int i = 0; i < 3; i++) {
      guest.sim.faults().failNext(CommandPattern.line("ifconfig mlxen0 up"), 1, "busy\n");
      guest.plug();
      assertThat(guest.pair().held().orElseThrow().kind()).isEqualTo(Kind.PASSING);
      assertThat(triesInADay(guest)).isEqualTo(1);
      assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
      guest.unplug().rest(Duration.ofHours(7));
    }
  }

  /** A script that always fails, with the VF up, cuts the guest off, too. */
  @Test
  void aScriptThatAlwaysFailsRunsTwiceAndAgainWhenItIsAnother()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested();
    String script = "/usr/local/libexec/hnvf/hyperv_vfup.hn0";
    guest.write(script, "#!/bin/sh\nexit 3\n");
    Files.setPosixFilePermissions(guest.path(script), PosixFilePermissions.fromString("rwxr-xr-x"));
    guest.sim.program(script, command -> GuestProgram.Answer.silent(3));
    guest.plug();
    assertThat(triesInADay(guest)).isEqualTo(1);
    assertThat(triesInADay(guest)).isEqualTo(0);
    guest.write(script, "#!/bin/sh\n# mended\nexit 3\n");
    assertThat(triesInADay(guest)).isEqualTo(2);
  }

  @Test
  void aRefusalCutsNothingAndIsAskedForAgainWhenTheConfigurationIsAnother()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = Guest.of(Scenario.azure()).rest(Duration.ofSeconds(20));
    guest.write("/etc/rc.conf", "ifconfig_hn0=DHCP\ndhclient_program=/usr/local/sbin/dhcpcd\n");
    guest.plug();
    assertThat(guest.lastReport().exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(triesInADay(guest)).isEqualTo(0);
    assertThat(guest.pair().held().orElseThrow().kind()).isEqualTo(Kind.REFUSED);
    assertThat(Guest.statusText(ImmutableList.of(guest.pair())))
        .contains("REFUSED: dhclient_program is /usr/local/sbin/dhcpcd");
    assertThat(guest.orchestrator.vfUp(Guest.HN).exitStatus())
        .isEqualTo(ExitCode.CONFIGURATION.status());

    guest.write("/etc/rc.conf", "ifconfig_hn0=DHCP\n");
    guest.orchestrator.patiently(guest.orchestrator.all(Trigger.OTHER), Trigger.OTHER);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().backOff()).isEmpty();
  }
}
