package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hnvf.model.Action;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Intent;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.PairState;
import org.hnvf.model.Plan;
import org.hnvf.model.Settings;
import org.hnvf.model.Step;
import org.hnvf.model.Strategy;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.report.PlanView;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Reachability.Vantage;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The virtual hosts of hn0 move to the lagg, where hnvf.json asks for that, and back. */
final class MoveCarpTest {

  private static final String SECRET = "s3cr3t";
  private static final String OWN = "10.0.2.50";
  private static final String SHARED = "10.0.2.60";

  private final List<String> log = new ArrayList<>();

  private static Guest guest(boolean secret) throws Exception {
    Guest guest = Guest.of(Scenario.bare());
    guest.write(
        "/etc/rc.conf",
        "ifconfig_hn0=\"inet 10.0.2.50/24\"\nifconfig_hn0_alias0=\"inet vhid 10 advskew 100 pass "
            + SECRET
            + " alias 10.0.2.60/32\"\ndefaultrouter=10.0.2.2\n");
    guest.type("ifconfig", "hn0", "inet6", "ifdisabled");
    guest.type("ifconfig", "hn0", "10.0.2.50/24", "up");
    guest.type("route", "add", "default", "10.0.2.2");
    List<String> set = new ArrayList<>(List.of("ifconfig", "hn0", "vhid", "10", "advskew", "100"));
    set.addAll(secret ? List.of("pass", SECRET) : List.of());
    set.addAll(List.of("alias", "10.0.2.60/32"));
    guest.type(set.toArray(String[]::new));
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.rest(Duration.ofSeconds(5));
    assertThat(answers(guest, SHARED)).isTrue();
    return guest;
  }

  private static boolean answers(Guest guest, String address) {
    return guest
        .sim
        .reachability()
        .isReachable(InetAddresses.forString(address), Vantage.BEYOND_GATEWAY);
  }

  private Orchestrator hnvf(Guest guest) {
    return hnvf(guest, Strategy.ON_VF_UP);
  }

  private Orchestrator hnvf(Guest guest, Strategy strategy) {
    return Wiring.orchestrator(
        new Machine(guest.sim, guest.files, guest.sim.timer(), guest.sim.root()),
        Settings.DEFAULTS
            .with(strategy)
            .moving(
                new MovePolicy(
                    ImmutableSet.of(MovePolicy.Movable.CARP),
                    MovePolicy.NamesHn.TELL,
                    ImmutableSet.of())),
        OwnerPolicy.ANYBODY,
        new Progress() {
          @Override
          public void says(String text) {
            log.add(text);
          }

          @Override
          public void ran(CommandResult result, boolean tolerated) {
            log.add(result.command().line() + result.summary() + result.stderr());
          }
        });
  }

  private static String shown(Guest guest) throws InterruptedException {
    guest.rest(Duration.ofSeconds(5));
    return guest.type("ifconfig", "-k", "-a").stdout() + guest.type("netstat", "-rn").stdout();
  }

  private static void noSecretIn(Guest guest) throws IOException {
    try (Stream<Path> files = Files.walk(guest.path("/var"))) {
      String all =
          files
              .filter(Files::isRegularFile)
              .map(
                  file -> {
                    try {
                      return Files.readString(file);
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  })
              .collect(Collectors.joining());
      assertThat(all).doesNotContain(SECRET);
      assertThat(all).contains("carp 10 1 100 10.0.2.60/32");
    }
  }

  /** The rollback destroys the lagg, which alone had the password by then. */
  @Test
  void passwordIsKeptWhereItsTransferFailsInTheRollback() throws Exception {
    Guest guest = guest(true);
    guest.sim.faults().failNext(CommandPattern.line("route -q add default 10.0.2.2"), 1, "x\n");
    String back = "ifconfig hn0 vhid 10 advskew 100 pass " + SECRET + " alias 10.0.2.60/32";
    guest.sim.faults().failNext(CommandPattern.line(back), 1, "x\n");

    Report report = hnvf(guest).vfUp(Guest.HN);

    assertThat(report.failures().toString()).contains("undo: `ifconfig hn0 vhid 10 advskew 100");
    assertThat(report.failures().toString()).doesNotContain(SECRET);
    guest.rest(Duration.ofSeconds(5));
    assertThat(answers(guest, SHARED)).isTrue();
    assertThat(guest.type("ifconfig", "-k", "hn0").stdout()).contains(SECRET);
    assertThat(guest.find("hn0").isUp()).isTrue();
  }

  @Test
  void withoutTheKeyItIsRefused() throws Exception {
    Guest guest = guest(true);
    int before = guest.sim.history().size();
    Report report = guest.orchestrator.vfUp(Guest.HN);
    assertThat(report.exitStatus()).isEqualTo(78);
    assertThat(report.failures().get(0)).contains("set move to [\"carp\"] in hnvf.json");
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void thereAndBackNothingHasChangedAndThePasswordIsNowhere(Strategy strategy) throws Exception {
    Guest guest = guest(true);
    String before = shown(guest);
    Orchestrator hnvf = hnvf(guest, strategy);
    Planned planned = hnvf.planned(Guest.HN, Intent.USE_LAGG);
    assertThat(PlanView.text(planned.plan().orElseThrow())).doesNotContain(SECRET);
    assertThat(planned.plan().toString()).doesNotContain(SECRET);

    Report report = hnvf.vfUp(Guest.HN);

    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(report.toString()).doesNotContain(SECRET);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(answers(guest, OWN)).isTrue();
    guest.rest(Duration.ofSeconds(4));
    assertThat(answers(guest, SHARED)).isTrue();
    assertThat(guest.type("ifconfig", "-k", "lagg0").stdout())
        .contains("carp: MASTER vhid 10 advbase 1 advskew 100 key \"" + SECRET + "\"");
    noSecretIn(guest);

    assertThat(hnvf.failover(Guest.HN, Optional.empty()).exitStatus()).isEqualTo(0);
    assertThat(hnvf.failback(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(hnvf.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(shown(guest)).isEqualTo(before);
    assertThat(log.toString()).doesNotContain(SECRET);
    assertThat(log.toString()).contains("vhid 10 advskew 100 pass '…' alias 10.0.2.60/32");
    noSecretIn(guest);
  }

  @Test
  void oneWithoutAPasswordMovesToo() throws Exception {
    Guest guest = guest(false);
    String before = shown(guest);
    Orchestrator hnvf = hnvf(guest);
    assertThat(hnvf.vfUp(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(guest.type("ifconfig", "-k", "lagg0").stdout()).contains("vhid 10");
    assertThat(hnvf.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(shown(guest)).isEqualTo(before);
  }

  /** The vhid can be read from hn0 only while that is no port. */
  @Test
  void alsoWhereTheVfIsUpAlready() throws Exception {
    Guest guest = guest(true);
    guest.type("ifconfig", "mlxen0", "up");
    assertThat(hnvf(guest).vfUp(Guest.HN).exitStatus()).isEqualTo(0);
    guest.rest(Duration.ofSeconds(4));
    assertThat(answers(guest, SHARED)).isTrue();
    assertThat(answers(guest, OWN)).isTrue();
  }

  /** hn0 and lagg0 are never the master at the same time. */
  @Test
  void thereAreNeverTwoMasters() throws Exception {
    Guest guest = guest(true);
    List<String> masters = new ArrayList<>();
    boolean[] looking = {false};
    guest.sim.beforeCommand(
        (command, now) -> {
          if (!looking[0]) {
            looking[0] = true;
            String all = guest.type("ifconfig", "-a").stdout();
            masters.add(Long.toString(all.lines().filter(l -> l.contains("carp: MASTER")).count()));
            looking[0] = false;
          }
        });
    Orchestrator hnvf = hnvf(guest);
    hnvf.vfUp(Guest.HN);
    hnvf.release(Guest.HN);
    assertThat(masters).doesNotContain("2");
    assertThat(masters).contains("1");
  }

  @Test
  void whatHasPeersOfItsOwnIsRefusedAlsoWithTheKey() throws Exception {
    Guest guest = guest(true);
    Orchestrator hnvf =
        Wiring.orchestrator(
            new Machine(
                command -> {
                  CommandResult real = guest.sim.run(command);
                  return new CommandResult(
                      command,
                      real.ending(),
                      real.stdout().replace("peer 224.0.0.18", "peer 192.0.2.7"),
                      real.stderr(),
                      real.elapsed());
                },
                guest.files,
                guest.sim.timer(),
                guest.sim.root()),
            Settings.DEFAULTS.moving(
                new MovePolicy(
                    ImmutableSet.of(MovePolicy.Movable.CARP),
                    MovePolicy.NamesHn.TELL,
                    ImmutableSet.of())),
            OwnerPolicy.ANYBODY,
            Progress.NONE);
    assertThat(hnvf.vfUp(Guest.HN).exitStatus()).isEqualTo(78);
  }

  @Test
  void whateverFailsHnHasItAgain() throws Exception {
    Guest model = guest(true);
    int before = model.sim.history().size();
    hnvf(model).vfUp(Guest.HN);
    ImmutableList<String> changes = model.changesSince(before);
    for (String change : changes) {
      Guest guest = guest(true);
      String was = shown(guest);
      guest
          .sim
          .faults()
          .failNext(CommandPattern.line(Pattern.quote(change)), 1, "no " + SECRET + "\n");

      Report report = hnvf(guest).vfUp(Guest.HN);

      guest.rest(Duration.ofSeconds(5));
      assertWithMessage(change).that(answers(guest, OWN)).isTrue();
      assertWithMessage(change).that(answers(guest, SHARED)).isTrue();
      assertWithMessage(change).that(report.toString()).doesNotContain("pass " + SECRET);
      if (report.exitStatus() != 0) {
        assertWithMessage(change).that(shown(guest)).isEqualTo(was);
      }
    }
    assertThat(log.toString()).doesNotContain("pass " + SECRET);
  }

  @Test
  void whateverFailsOnTheWayBackItIsNotLost() throws Exception {
    Guest model = guest(true);
    Orchestrator of = hnvf(model);
    of.vfUp(Guest.HN);
    int before = model.sim.history().size();
    of.release(Guest.HN);
    for (String change : model.changesSince(before)) {
      Guest guest = guest(true);
      Orchestrator hnvf = hnvf(guest);
      hnvf.vfUp(Guest.HN);
      guest.sim.faults().failNext(CommandPattern.line(Pattern.quote(change)), 1, "no\n");

      hnvf.release(Guest.HN);

      guest.rest(Duration.ofSeconds(5));
      assertWithMessage(change).that(answers(guest, OWN)).isTrue();
      assertWithMessage(change).that(answers(guest, SHARED)).isTrue();
    }
  }

  @Test
  void whereverItIsKilledTheNextOneFinishes() throws Exception {
    int killed = 0;
    for (int n = 0; ; n++) {
      Guest guest = guest(true);
      guest.killBefore(guest.sim.history().size() + n);
      try {
        hnvf(guest).vfUp(Guest.HN);
      } catch (Guest.Killed e) {
        killed++;
      }
      if (!guest.isKilled()) {
        break;
      }
      guest.sim.beforeCommand((command, now) -> {});
      Report unused = hnvf(guest).start();

      guest.rest(Duration.ofSeconds(5));
      assertWithMessage("killed before command %s %s", n, unused)
          .that(answers(guest, OWN))
          .isTrue();
      assertWithMessage("killed before command %s", n).that(answers(guest, SHARED)).isTrue();
    }
    assertThat(killed).isGreaterThan(12);
  }

  @Test
  void thePasswordOnALaggThatIsAboutToGoIsAskedForAgain() throws Exception {
    Guest guest = guest(true);
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    AtomicInteger questions = new AtomicInteger();
    guest.sim.beforeCommand(
        (command, number) -> {
          // The first is whether it is there already.
          if (command.line().equals("ifconfig -k lagg0") && questions.incrementAndGet() == 2) {
            guest
                .sim
                .faults()
                .failNext(CommandPattern.number(number), 1, "ifconfig: Input/output error\n");
          }
        });
    hnvf(guest).vfUp(Guest.HN);
    assertThat(questions.get()).isAtLeast(2);
    assertThat(guest.type("ifconfig", "-k", "hn0").stdout()).contains("key \"" + SECRET + "\"");
    guest.rest(Duration.ofSeconds(10));
    assertThat(answers(guest, SHARED)).isTrue();
  }

  /** A VF that is up receives all packets with either strategy. */
  @Test
  void vfThatIsUpJoinsInTheCut() throws Exception {
    Guest guest = guest(true);
    guest.type("ifconfig", "mlxen0", "up");

    Plan plan = hnvf(guest, Strategy.BEFORE_VF_UP).plan(Guest.HN, Intent.USE_LAGG);

    assertThat(
            plan.steps().stream()
                .filter(Step::critical)
                .flatMap(step -> step.actions().stream())
                .map(Action::line))
        .contains("ifconfig lagg0 laggport hn0 laggport mlxen0");
  }
}
