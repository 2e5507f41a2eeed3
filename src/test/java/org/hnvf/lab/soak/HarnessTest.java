package org.hnvf.lab.soak;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.event.DevdEvent;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.Command;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Strategy;
import org.hnvf.service.Machine;
import org.hnvf.service.Report;
import org.hnvf.sim.RcConfShell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The daemon that is run, killed and started again, and the event script around it. */
final class HarnessTest {

  private static final HnUnit UNIT = new HnUnit(0);
  private static final DevdEvent VF_UP = new DevdEvent.VfUp(UNIT.driverName());
  private static final DevdEvent ATTACHED = new DevdEvent.IfAttach(new InterfaceName("mlxen0"));
  private static final Fault.Kind KILL = Fault.Kind.KILL_AFTER;
  private static final String LOCK = "/var/run/hnvf/hn0.lock";
  private static final RcConfShell SHELL = new RcConfShell(new ProcessRunner());

  private Harness harness = quiet();

  private static Harness quiet() {
    return harness(ImmutableList.of());
  }

  /** Nothing happens by itself, and devd is not heard: each test says what comes. */
  private static Harness harness(ImmutableList<Fault> faults) {
    GuestDraw guest =
        new GuestDraw(
            GuestDraw.Address.STATIC,
            GuestDraw.Ipv6.NONE,
            false,
            false,
            0,
            1,
            GuestDraw.Kernel.NETLINK,
            GuestDraw.Foreign.NONE,
            GuestDraw.Script.NONE,
            2,
            false,
            Strategy.ON_VF_UP);
    try {
      Harness made =
          new Harness(
              new Case(
                  "test",
                  1,
                  guest,
                  ImmutableList.of(),
                  faults,
                  new Case.Delivery(100, 0, 0, Duration.ofHours(2)),
                  Duration.ofHours(1)),
              SHELL,
              true);
      made.stage().agenda.guestBoots();
      made.stage().agenda.onlyProcesses();
      return made;
    } catch (HnvfException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void aQuietGuest() {
    harness = quiet();
  }

  private void pass(Duration time) throws HnvfException {
    harness.runUntil(harness.stage().now().plus(time));
  }

  private void vfComesUp() {
    harness.stage().guest.host().plug(UNIT);
    assertThat(GuestFactory.type(harness.stage().guest, "ifconfig mlxen0 up")).isTrue();
  }

  private void tell(DevdEvent event) {
    harness.script().event(event, harness.stage().now());
  }

  private boolean isUp() {
    return harness.stage().guest.isUp("mlxen0");
  }

  private boolean isOnLagg() {
    return harness.stage().guest.portsOf("lagg0").contains("mlxen0");
  }

  @Test
  void theDaemonLooksByItself() throws HnvfException {
    harness.resident().start();
    pass(Duration.ofSeconds(5));
    vfComesUp();
    pass(Duration.ofMinutes(90));
    assertThat(isOnLagg()).isFalse();
    pass(Duration.ofMinutes(31));
    assertThat(isOnLagg()).isTrue();
  }

  @Test
  void aDaemonThatWasKilledDoesNothingMoreAndAnotherOneIsStarted() throws HnvfException {
    harness = harness(ImmutableList.of(new Fault(Fault.Target.COMMAND, 1, KILL)));
    int commands = harness.stage().guest.commandsSoFar();
    harness.resident().start();
    pass(Duration.ofMillis(1));
    assertThat(harness.resident().isThere()).isFalse();
    assertThat(harness.stage().guest.commandsSoFar()).isEqualTo(commands + 2);
    pass(Resident.LONGEST_PAUSE);
    assertThat(harness.resident().isThere()).isTrue();
    assertThat(harness.stage().guest.commandsSoFar()).isGreaterThan(commands + 2);
    assertThat(harness.stage().violations()).isEmpty();
  }

  @Test
  void nothingOfAKilledProcessReachesTheGuest() {
    HnvfProcess process = harness.processes().start();
    process.kill();
    Machine machine = process.machine();
    Command command = Command.reading(Duration.ofSeconds(1), "ifconfig");
    assertThrows(KilledError.class, () -> machine.runner().run(command));
    assertThrows(KilledError.class, () -> machine.timer().sleep(Duration.ofSeconds(1)));
    assertThrows(KilledError.class, () -> machine.files().read("/etc/rc.conf"));
    assertThrows(KilledError.class, () -> machine.files().exists("/etc/rc.conf"));
    assertThrows(KilledError.class, () -> machine.files().list("/etc"));
    assertThrows(KilledError.class, () -> machine.files().write("/x", "x"));
    assertThrows(KilledError.class, () -> machine.files().append("/x", "x"));
    assertThrows(KilledError.class, () -> machine.files().delete("/etc/rc.conf"));
    assertThrows(KilledError.class, () -> machine.files().setAside("/etc/rc.conf"));
    assertThrows(KilledError.class, () -> machine.files().requirePrivate("/etc"));
    assertThrows(KilledError.class, () -> machine.files().tryLock("/x", "x"));
  }

  @Test
  void theLocksOfAKilledProcessAreFree() throws HnvfException {
    harness = harness(ImmutableList.of(new Fault(Fault.Target.COMMAND, 2, KILL)));
    HnvfProcess killed = harness.processes().start();
    assertThrows(
        KilledError.class, () -> harness.processes().oneShot(killed).failback(UNIT.driverName()));
    assertThat(harness.processes().start().machine().files().tryLock(LOCK, "another")).isPresent();
  }

  @Test
  void withoutADaemonAnEventStartsAOneShotThatWaitsForTheDelay() throws HnvfException {
    harness.stage().guest.host().plug(UNIT);
    tell(ATTACHED);
    // The programs of the cut have been run once since the delay began.
    pass(Duration.ofMillis(1500));
    assertThat(isUp()).isFalse();
    pass(Duration.ofSeconds(5));
    assertThat(isOnLagg()).isTrue();
  }

  @Test
  void aOneShotThatIsKilledIsFollowedByVfDown() throws HnvfException {
    harness = harness(ImmutableList.of(new Fault(Fault.Target.COMMAND, 0, KILL)));
    vfComesUp();
    tell(VF_UP);
    assertThat(isUp()).isFalse();
    pass(Duration.ofMinutes(5));
    assertThat(isUp()).isFalse();
  }

  @Test
  void anEventThatAKilledDaemonHadIsSeenToAfterFifteenSeconds() throws HnvfException {
    harness.resident().start();
    pass(Duration.ofSeconds(5));
    vfComesUp();
    tell(VF_UP);
    harness.resident().kill(Duration.ofHours(1));
    pass(EventScript.WATCH_AFTER.minusMillis(1));
    assertThat(isOnLagg()).isFalse();
    pass(Duration.ofSeconds(3));
    assertThat(isOnLagg()).isTrue();
  }

  @Test
  void whoeverHasTheLockTheVfGoesDownAfterThreeMinutes() throws HnvfException {
    harness.resident().start();
    pass(Duration.ofSeconds(5));
    vfComesUp();
    tell(VF_UP);
    harness.resident().kill(Duration.ofHours(1));
    assertThat(harness.processes().start().machine().files().tryLock(LOCK, "hangs")).isPresent();
    pass(Duration.ofSeconds(179));
    assertThat(isUp()).isTrue();
    pass(Duration.ofSeconds(5));
    assertThat(isUp()).isFalse();
  }

  @Test
  void aDaemonThatEndsInGoodOrderHasSeenToItsEvents() throws HnvfException {
    harness.resident().start();
    pass(Duration.ofSeconds(5));
    vfComesUp();
    tell(VF_UP);
    harness.resident().restart(Duration.ofHours(1));
    assertThat(isOnLagg()).isTrue();
    assertThat(harness.resident().isThere()).isFalse();
  }

  @Test
  void oneThatDoesNotComeToRestIsEnded() {
    harness.resident().start();
    harness.resident().lookEvery(Duration.ofMillis(1));
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> pass(Duration.ofDays(1)));
    assertThat(e).hasMessageThat().contains("does not come to rest");
  }

  @Test
  void aVerbWithoutADaemonIsAProcessOfItsOwn() throws HnvfException {
    Optional<Report> report =
        new OneShots(
                harness.stage(), harness.processes(), new Work(harness.stage(), harness.injector()))
            .act(UNIT, hnvf -> hnvf.failback(UNIT.driverName()));
    assertThat(report.map(Report::exitStatus)).hasValue(0);
  }

  @Test
  void theNumbersAreThoseOfTheEventScript() throws IOException {
    String script = Files.readString(Path.of("scripts/event"));
    assertThat(number(script, "watch_after")).isEqualTo(EventScript.WATCH_AFTER.toSeconds());
    assertThat(number(script, "watch_looks")).isEqualTo(EventScript.WATCH_LOOKS);
    assertThat(number(script, "watch_every")).isEqualTo(EventScript.WATCH_EVERY.toSeconds());
  }

  private static long number(String script, String name) {
    Matcher line = Pattern.compile("(?m)^" + name + "=([0-9]+)$").matcher(script);
    assertThat(line.find()).isTrue();
    return Long.parseLong(line.group(1));
  }
}
