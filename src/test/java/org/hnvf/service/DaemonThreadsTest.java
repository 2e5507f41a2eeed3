package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hnvf.daemon.Daemon;
import org.hnvf.daemon.FactLog;
import org.hnvf.event.DevdEvent;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairState;
import org.hnvf.model.Settings;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The daemon with real threads. */
final class DaemonThreadsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final InterfaceName HN1 = new InterfaceName("hn1");

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private Daemon daemon(Guest guest, CommandRunner runner) {
    Machine machine = new Machine(runner, guest.files, guest.sim.timer(), guest.sim.root());
    return new Daemon(
        machine.timer(),
        threads,
        (settings, about) ->
            Wiring.orchestrator(machine, settings, OwnerPolicy.ANYBODY, Progress.NONE),
        Settings.DEFAULTS,
        () -> Settings.DEFAULTS,
        (weight, about, text) -> {});
  }

  private Future<?> served(Daemon daemon) {
    return threads.submit(
        () -> {
          daemon.serve();
          return true;
        });
  }

  @Test
  void pairsAreLookedAtSideBySideAndAStopWaitsForTheWorkflowUnderWay() throws Exception {
    Guest guest = Guest.of(Scenario.azure().nics(2).dhcpOnAllNics());
    for (int unit = 0; unit < 2; unit++) {
      guest.sim.host().plug(new HnUnit(unit));
      assertThat(guest.type("ifconfig", "mlxen" + unit, "up").succeeded()).isTrue();
    }
    guest.sim.drainEvents();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CommandRunner slow =
        command -> {
          if (command.line().startsWith("ifconfig lagg0 create")) {
            begun.countDown();
            waitFor(goOn);
          }
          return guest.sim.run(command);
        };
    Daemon daemon = daemon(guest, slow);
    Future<?> served = served(daemon);

    waitFor(begun);
    assertThat(daemon.tell(new DevdEvent.VfUp(HN1))).isTrue();
    await().atMost(PATIENCE).until(() -> state(guest, HN1) == PairState.LAGG_VF);
    assertThat(state(guest, Guest.HN)).isNotEqualTo(PairState.LAGG_VF);

    daemon.stop();
    served.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(daemon.awaitIdle(Duration.ofMillis(1))).isFalse();
    goOn.countDown();
    assertThat(daemon.awaitIdle(PATIENCE)).isTrue();
    assertThat(state(guest, Guest.HN)).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void anEventThatCameDuringALookIsLookedAtAfterTheStop() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Queue<String> reads = new ConcurrentLinkedQueue<>();
    CommandRunner slow =
        command -> {
          if (command.line().startsWith("netstat")) {
            reads.add(command.line());
            begun.countDown();
            waitFor(goOn);
          }
          return guest.sim.run(command);
        };
    Daemon daemon = daemon(guest, slow);
    Future<?> served = served(daemon);
    waitFor(begun);
    assertThat(daemon.tell(new DevdEvent.VfUp(Guest.HN))).isTrue();
    daemon.stop();
    served.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    Future<Boolean> ends = threads.submit(() -> daemon.awaitIdle(PATIENCE.multipliedBy(2)));
    assertThat(reads).hasSize(1);
    goOn.countDown();
    assertThat(ends.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(reads).hasSize(2);
  }

  @Test
  void aVerbUnderWayIsWaitedForToo() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    Daemon daemon =
        new Daemon(
            guest.sim.timer(),
            Runnable::run,
            (strategy, about) -> guest.orchestrator,
            Settings.DEFAULTS,
            () -> Settings.DEFAULTS,
            (weight, about, text) -> {});
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Future<String> verb =
        threads.submit(
            () ->
                daemon.act(
                    "hn0",
                    "a verb",
                    orchestrator -> {
                      begun.countDown();
                      waitFor(goOn);
                      return "done";
                    }));
    waitFor(begun);
    daemon.stop();
    assertThat(daemon.awaitIdle(Duration.ofMillis(1))).isFalse();
    goOn.countDown();
    assertThat(daemon.awaitIdle(PATIENCE)).isTrue();
    assertThat(verb.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("done");
  }

  @Test
  void aLackOfMemoryInALookEndsTheDaemonInGoodOrder() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.sim.beforeCommand(
        (command, number) -> {
          throw new OutOfMemoryError("Java heap space");
        });
    Queue<String> log = new ConcurrentLinkedQueue<>();
    Daemon daemon =
        new Daemon(
            guest.sim.timer(),
            threads,
            (strategy, about) -> guest.orchestrator,
            Settings.DEFAULTS,
            () -> Settings.DEFAULTS,
            FactLog.lines(log::add));
    daemon.serve();
    assertThat(daemon.fatal().orElseThrow()).isInstanceOf(OutOfMemoryError.class);
    assertThat(daemon.awaitIdle(PATIENCE)).isTrue();
    await().atMost(PATIENCE).until(() -> String.join("", log).contains("Java heap space"));
  }

  private static PairState state(Guest guest, InterfaceName hn) throws Exception {
    return guest.orchestrator.status(guest.state(), Optional.of(hn)).get(0).state();
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
