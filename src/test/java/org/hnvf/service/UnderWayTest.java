package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.time.temporal.ChronoUnit.MILLIS;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.Pair;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Plan;
import org.hnvf.model.Settings;
import org.hnvf.model.Step;
import org.hnvf.model.UnderWay;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.report.StatusContext;
import org.hnvf.report.StatusView;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The running workflow in status, and the times in it. */
final class UnderWayTest {

  private static final String ROUTE = "route -q add default 10.0.2.2";

  private Guest guest = Guest.of(Scenario.azure());
  private final List<UnderWay> seen = new ArrayList<>();
  private boolean looking;

  @BeforeEach
  void boot() throws InterruptedException {
    guest = Guest.of(Scenario.azure()).rest(Duration.ofSeconds(20));
  }

  private Machine machine() {
    return new Machine(guest.sim, guest.files, guest.sim.timer(), guest.sim.root());
  }

  private static PairStatus pair(Orchestrator hnvf) throws HnvfException {
    return hnvf.status(hnvf.guest(), Optional.of(Guest.HN)).get(0);
  }

  /** Status is asked for before each command. */
  private void watch(Supplier<Orchestrator> hnvf) {
    guest.sim.beforeCommand(
        (command, number) -> {
          if (!looking) {
            looking = true;
            try {
              pair(hnvf.get()).underWay().ifPresent(seen::add);
            } catch (HnvfException e) {
              throw new AssertionError(e);
            } finally {
              looking = false;
            }
          }
        });
  }

  private Report bringUp(Orchestrator hnvf) throws HnvfException {
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    return hnvf.vfUp(Guest.HN);
  }

  /** Each step with a command is seen, in its order, with its number and when it began. */
  private void isSeen(Plan plan, Instant began) {
    List<UnderWay.Step> steps =
        seen.stream().flatMap(now -> now.step().stream()).distinct().toList();
    assertThat(steps.size()).isAtLeast(6);
    Instant last = began;
    for (UnderWay.Step step : steps) {
      assertThat(step.of()).isEqualTo(plan.steps().size());
      assertThat(step.name()).isEqualTo(plan.steps().get(step.number() - 1).name());
      assertThat(step.since()).isAtLeast(last);
      last = step.since();
    }
    assertThat(steps.stream().map(UnderWay.Step::number).toList()).isInStrictOrder();
    for (UnderWay now : seen) {
      assertThat(now.what()).isEqualTo("use lagg");
      assertThat(now.since()).isAtLeast(began);
    }
  }

  @Test
  void daemonTellsTheStepThatItIsIn() throws HnvfException {
    Orchestrators daemon = Wiring.residents(machine(), OwnerPolicy.ANYBODY, about -> Progress.NONE);
    watch(() -> daemon.of(Settings.DEFAULTS, "status"));
    Instant began = guest.sim.timer().now();
    Report report = bringUp(daemon.of(Settings.DEFAULTS, "hn0"));
    isSeen(report.plan().orElseThrow(), began);
    assertThat(report.status().orElseThrow().underWay()).isEmpty();
    assertThat(pair(daemon.of(Settings.DEFAULTS, "status")).underWay()).isEmpty();
  }

  @Test
  void statusBesideAnotherProcessKnowsItFromTheLockAndTheJournal() throws HnvfException {
    Orchestrator other = Wiring.orchestrator(machine(), OwnerPolicy.ANYBODY, Progress.NONE);
    watch(() -> other);
    Instant began = guest.sim.timer().now().truncatedTo(MILLIS);
    Report report = bringUp(guest.orchestrator);
    isSeen(report.plan().orElseThrow(), began);
    assertThat(pair(other).underWay()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itIsToldThatItGoesBack(boolean sameProcess) throws HnvfException {
    Orchestrator asked =
        sameProcess
            ? guest.orchestrator
            : Wiring.orchestrator(machine(), OwnerPolicy.ANYBODY, Progress.NONE);
    guest.sim.faults().failNext(CommandPattern.line(ROUTE), 1, "x\n");
    watch(() -> asked);
    bringUp(guest.orchestrator);
    assertThat(seen.get(seen.size() - 1).what()).isEqualTo("use lagg, going back");
    assertThat(pair(asked).underWay()).isEmpty();
  }

  /** Its journal has no outcome, and no process has the lock. */
  @Test
  void workflowInWhichHnvfWasKilledIsNotUnderWay() throws HnvfException {
    killedInTheMiddle();
    assertThat(guest.restarted().pair().underWay()).isEmpty();
  }

  private void killedInTheMiddle() throws HnvfException {
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().equals(ROUTE) && !guest.isKilled()) {
            guest.killBefore(number + 1);
          }
        });
    assertThrows(Guest.Killed.class, () -> bringUp(guest.orchestrator));
    assertThat(guest.files.read("/var/db/hnvf/hn0.journal")).isPresent();
  }

  /** Another process, the names of whose locks are kept. */
  private Orchestrator locking(List<String> locks) {
    DurableFiles files =
        (DurableFiles)
            Proxy.newProxyInstance(
                DurableFiles.class.getClassLoader(),
                new Class<?>[] {DurableFiles.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("tryLock")) {
                    locks.add(String.valueOf(arguments[0]));
                  }
                  try {
                    return method.invoke(guest.files, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getTargetException();
                  }
                });
    return Wiring.orchestrator(
        new Machine(guest.sim, files, guest.sim.timer(), guest.sim.root()),
        OwnerPolicy.ANYBODY,
        Progress.NONE);
  }

  /** An event that meets a lock of status waits for the next look. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void statusTakesNoLock(boolean killed) throws HnvfException {
    List<String> locks = new ArrayList<>();
    Orchestrator other = locking(locks);
    if (killed) {
      killedInTheMiddle();
      assertThat(pair(other).underWay()).isEmpty();
    } else {
      watch(() -> other);
      bringUp(guest.orchestrator);
      assertThat(seen).isNotEmpty();
    }
    assertThat(locks).isEmpty();
    Report unused = other.vfUp(Guest.HN);
    assertThat(locks).contains("/var/run/hnvf/hn0.lock");
  }

  /** A bug, after which the workflow has no end: what was told of it is forgotten with the lock. */
  @Test
  void whatEndedInABugIsNotUnderWay() throws HnvfException {
    boolean[] thrown = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().equals(ROUTE) && !thrown[0]) {
            thrown[0] = true;
            throw new IllegalStateException("a bug");
          }
        });
    assertThrows(IllegalStateException.class, () -> bringUp(guest.orchestrator));
    assertThat(guest.pair().underWay()).isEmpty();
  }

  @Test
  void scriptOfAnAdministratorIsTold() throws HnvfException, IOException {
    String path = "/usr/libexec/hyperv/hyperv_vfup.hn0";
    BadInputTest.script(guest, "rwxr-xr-x");
    List<PairStatus> shown = new ArrayList<>();
    guest.sim.program(
        path,
        command -> {
          try {
            shown.add(guest.pair());
          } catch (HnvfException e) {
            throw new AssertionError(e);
          }
          return GuestProgram.Answer.silent(0);
        });
    bringUp(guest.orchestrator);
    UnderWay now = shown.get(0).underWay().orElseThrow();
    assertThat(now.what()).isEqualTo(path);
    assertThat(Guest.statusText(shown))
        .contains("now " + path + " is under way since " + now.since());
    assertThat(guest.pair().underWay()).isEmpty();
  }

  @Test
  void tableAndDataShowIt() throws HnvfException {
    Instant since = Instant.parse("2026-11-22T12:00:00Z");
    UnderWay.Step third = new UnderWay.Step("put hn0 into lagg0", 3, 9, since.plusMillis(120));
    UnderWay.Step repair = new UnderWay.Step("destroy lagg0", 2, 0, since.plusMillis(200));
    PairStatus going =
        guest.pair().during(Optional.of(new UnderWay("use lagg", since, Optional.of(third))));
    assertThat(Guest.statusText(ImmutableList.of(going)))
        .contains(
            "now use lagg is under way since 2026-11-22T12:00:00Z: step 3 of 9, put hn0 into lagg0,"
                + " since 2026-11-22T12:00:00.120Z ");
    assertThat(shown(going, "underWay"))
        .isEqualTo(
            "{what=use lagg, since=2026-11-22T12:00:00Z, step={name=put hn0 into lagg0, number=3,"
                + " of=9, since=2026-11-22T12:00:00.120Z}}");
    PairStatus back =
        going.during(Optional.of(new UnderWay("use lagg, going back", since, Optional.of(repair))));
    assertThat(Guest.statusText(ImmutableList.of(back)))
        .contains(
            "use lagg, going back is under way since 2026-11-22T12:00:00Z: destroy lagg0, since ");
    assertThat(shown(back, "underWay")).doesNotContain("number");
    assertThat(StatusView.data(guest.pair(), StatusContext.NONE)).doesNotContainKey("underWay");
  }

  private static String shown(PairStatus pair, String key) {
    return String.valueOf(StatusView.data(pair, StatusContext.NONE).get(key));
  }

  private void delayIsShown(boolean shown, String when) throws HnvfException {
    String table = Guest.statusText(ImmutableList.of(guest.pair()));
    assertWithMessage(when).that(table.contains("the VF is brought up at")).isEqualTo(shown);
    assertWithMessage(when)
        .that(StatusView.data(guest.pair(), StatusContext.NONE).containsKey("delayEnds"))
        .isEqualTo(shown);
  }

  @Test
  void timeThatIsOverIsNotShown() throws HnvfException, InterruptedException, IOException {
    guest = Guest.of(Scenario.azure().vfDelay("30")).rest(Duration.ofSeconds(20));
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.orchestrator.all(Trigger.IFATTACH);
    delayIsShown(true, "while it runs");
    guest.orchestrator.failover(Guest.HN, Optional.empty());
    delayIsShown(false, "while the operator is against it");
    guest.files.delete("/var/db/hnvf/hn0.word");
    delayIsShown(true, "when he no longer is");
    guest.rest(Duration.ofSeconds(30));
    delayIsShown(false, "when it is over");
  }

  @Test
  void refusedVerbShowsNoTimeEither() throws HnvfException, IOException {
    guest.append("/etc/rc.conf", "if then\n");
    Report report = bringUp(guest.orchestrator);
    assertThat(report.exitStatus()).isNotEqualTo(0);
    assertThat(report.status().orElseThrow().delayEnds()).isEmpty();
    assertThat(Guest.statusText(ImmutableList.of(report.status().get())))
        .doesNotContain("is brought up at");
  }

  @Test
  void holdWhoseTimeIsOverIsNotShownAsOneToCome() throws HnvfException, InterruptedException {
    guest.sim.faults().failNext(CommandPattern.line(ROUTE), 1, "x\n");
    bringUp(guest.orchestrator);
    guest.files.write("/var/db/hnvf/hn0.delay", guest.sim.timer().now().plusSeconds(30) + "\n");
    delayIsShown(false, "while the pair is held");
    String table = Guest.statusText(ImmutableList.of(guest.pair()));
    assertThat(table).contains("HELD until ");
    assertThat(shown(guest.pair(), "backOff")).contains("nextTry=");
    guest.rest(Duration.ofMinutes(2));
    table = Guest.statusText(ImmutableList.of(guest.pair()));
    assertThat(table).doesNotContain("HELD until ");
    assertThat(table).contains("over (attempt 1): ");
    assertThat(shown(guest.pair(), "backOff")).doesNotContain("nextTry");
  }

  @Test
  void moreStepsThanThePlanHasPutThingsRight() {
    Works works = new Works();
    WatchedProgress progress = new WatchedProgress(Progress.NONE, works, guest.sim.timer());
    Step one = new Step("one", ImmutableList.of(), ImmutableList.of(), false);
    Plan plan =
        new Plan(
            new Pair(Guest.UNIT, Guest.HN, Optional.empty(), Optional.empty()),
            Intent.HOLD_VF_DOWN,
            ImmutableList.of(one),
            0,
            ImmutableList.of(),
            ImmutableList.of(),
            ImmutableList.of(),
            ImmutableList.of());
    progress.planBegins(plan);
    progress.stepBegins(one);
    assertThat(works.of(Guest.UNIT).orElseThrow().step().orElseThrow().of()).isEqualTo(1);
    progress.stepBegins(one);
    assertThat(works.of(Guest.UNIT).orElseThrow().step().orElseThrow().of()).isEqualTo(0);
    assertThat(works.of(Guest.UNIT).orElseThrow().what()).isEqualTo("hold vf down");
  }
}
