package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.daemon.Daemon;
import org.hnvf.daemon.Weight;
import org.hnvf.event.DevdEvent;
import org.hnvf.event.DevdLine;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Settings;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.DevdNotice;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;

/** The weights of the daemon's facts. */
final class DaemonLogTest {

  private final List<String> log = new ArrayList<>();
  private final Guest guest = Guest.of(Scenario.azure());
  private final Daemon daemon =
      new Daemon(
          guest.sim.timer(),
          Runnable::run,
          Wiring.residents(
              new Machine(guest.sim, guest.files, guest.sim.timer(), guest.sim.root()),
              OwnerPolicy.ANYBODY,
              about -> Progress.NONE),
          Settings.DEFAULTS,
          () -> Settings.DEFAULTS,
          (weight, about, text) -> log.add(weight + " " + about + ": " + text));

  private void run(Duration duration) throws Exception {
    for (long left = duration.toMillis(); left > 0; left -= 50) {
      for (DevdNotice event : guest.sim.drainEvents()) {
        boolean unused = daemon.tell(DevdLine.parse(event.line()));
      }
      daemon.runUntil(guest.sim.timer().now().plusMillis(50));
    }
  }

  private boolean has(Weight weight, String text) {
    return log.stream().anyMatch(line -> line.startsWith(weight + " ") && line.contains(text));
  }

  @Test
  void ofABringUpWhatBeganItAndHowItEndedAreTold() throws Exception {
    run(Duration.ofSeconds(5));
    assertThat(log).containsAtLeast("CAUSE hn0: a look at everything", "FACT hn0: no VF").inOrder();
    log.clear();
    guest.sim.host().plug(Guest.UNIT);
    run(Duration.ofSeconds(30));
    assertThat(log)
        .containsAtLeast(
            "DETAIL daemon: IFATTACH of mlxen0",
            "CAUSE hn0: IFATTACH of mlxen0",
            "CAUSE hn0: the VF's delay is over",
            "FACT hn0: mlxen0 carries the traffic of lagg0")
        .inOrder();
    assertThat(log.stream().filter(line -> line.matches("(FAULT|OUTCOME).*")).toList()).isEmpty();
  }

  /** Events of hnvf's own changes, and of others' that change nothing. */
  @Test
  void aLookThatFindsAllAsItWasIsADetail() throws Exception {
    guest.sim.host().plug(Guest.UNIT);
    run(Duration.ofSeconds(30));
    log.clear();
    boolean unused = daemon.tell(new DevdEvent.VfUp(Guest.HN));
    run(Duration.ofMinutes(5));
    assertThat(has(Weight.CAUSE, "hn0: VF_UP of hn0")).isTrue();
    assertThat(has(Weight.DETAIL, "hn0: nothing to do")).isTrue();
    assertThat(log.stream().filter(line -> line.startsWith("FACT")).toList()).isEmpty();
  }

  @Test
  void aPairThatSomebodyElseIsAtIsADetail() throws Exception {
    run(Duration.ofSeconds(5));
    log.clear();
    try (DurableFiles.Lock held =
        guest.files.tryLock("/var/run/hnvf/hn0.lock", "a test").orElseThrow()) {
      assertThat(held).isNotNull();
      boolean unused = daemon.tell(new DevdEvent.VfUp(Guest.HN));
      run(Duration.ofSeconds(1));
    }
    assertThat(has(Weight.DETAIL, "hn0: hn0 is locked by another hnvf process")).isTrue();
    assertThat(log.stream().filter(line -> line.startsWith("FACT")).toList()).isEmpty();
  }

  @Test
  void aFaultIsToldToSyslogOnceAndToTheLogEachTime() throws Exception {
    run(Duration.ofSeconds(5));
    log.clear();
    for (int i = 0; i < 12; i++) {
      guest.sim.faults().failNext(CommandPattern.program("netstat"), 1, "x");
    }
    boolean unused = daemon.tell(new DevdEvent.VfUp(Guest.HN));
    run(Duration.ofSeconds(50));
    assertThat(has(Weight.FAULT, "hn0: cannot read the guest")).isTrue();
    assertThat(has(Weight.FACT, "hn0: cannot read the guest")).isTrue();
    assertThat(log.stream().filter(line -> line.startsWith("FAULT")).toList()).hasSize(1);
  }

  @Test
  void aVerbIsToldWithWhatCameOfIt() throws Exception {
    guest.sim.host().plug(Guest.UNIT);
    run(Duration.ofSeconds(30));
    log.clear();
    daemon.act("hn0", "failover of hn0", o -> o.failover(Guest.HN, Optional.empty()));
    assertThat(log)
        .containsExactly(
            "FACT hn0: failover of hn0", "FACT hn0: hn0 carries the traffic; the VF is down")
        .inOrder();
  }

  @Test
  void anEventOfNoPairIsNoFault() throws Exception {
    run(Duration.ofSeconds(5));
    log.clear();
    boolean unused = daemon.tell(new DevdEvent.VfUp(new InterfaceName("hn7")));
    run(Duration.ofSeconds(1));
    assertThat(has(Weight.FACT, "there is no hn7")).isTrue();
    assertThat(log.stream().filter(line -> line.startsWith("FAULT")).toList()).isEmpty();
  }
}
