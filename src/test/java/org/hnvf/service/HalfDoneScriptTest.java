package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hnvf.model.Command;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The remains of an override script that did not finish, and the remedies. */
final class HalfDoneScriptTest {

  private static final String PATH = "/usr/libexec/hyperv/hyperv_vfup.hn0";
  private static final ImmutableList<String> ADDRESS = ImmutableList.of("10.0.2.15/24");

  /** The move of a DHCP guest, to its end. */
  private static final ImmutableList<String> WHOLE =
      ImmutableList.of(
          "pkill -TERM -x dhclient",
          "ifconfig lagg0 create laggproto failover laggport hn0 laggport mlxen0 up",
          "ifconfig hn0 inet 10.0.2.15 -alias",
          "dhclient lagg0");

  /** The state after it was killed at its time limit, with its client. */
  private static final ImmutableList<String> HALF =
      ImmutableList.<String>builder()
          .addAll(WHOLE)
          .add("pkill -KILL -x dhclient", "route delete default")
          .build();

  private Guest guest = Guest.of(Scenario.azure());
  private ImmutableList<String> commands = HALF;
  private final List<Command> runs = new ArrayList<>();

  @BeforeEach
  void boot() throws InterruptedException, IOException {
    guest = Guest.of(Scenario.azure()).rest(Duration.ofSeconds(20));
    install();
  }

  private void install() throws IOException {
    BadInputTest.script(guest, "rwxr-xr-x");
    guest.sim.program(
        PATH,
        command -> {
          runs.add(command);
          commands.forEach(line -> guest.type(line.split(" ", -1)));
          return GuestProgram.Answer.silent(0);
        });
  }

  /** A script that hangs when it has done this. */
  private void leave(ImmutableList<String> done) throws HnvfException {
    commands = done;
    guest.sim.faults().doneButHangs(CommandPattern.line(PATH));
    guest.plug();
    assertThat(runs).hasSize(1);
  }

  private void isOverHn(Guest now) throws HnvfException, InterruptedException {
    now.rest(Duration.ofSeconds(20));
    assertThat(now.addresses("hn0")).containsExactlyElementsIn(ADDRESS);
    assertThat(now.defaultRoute().orElseThrow().netif()).isEqualTo("hn0");
    assertThat(now.pair().dhcp()).containsExactly("hn0");
    assertThat(now.isUp("mlxen0")).isFalse();
    assertThat(now.silent(ADDRESS)).isEmpty();
    assertThat(now.state().interfaces().keySet()).doesNotContain("lagg0");
  }

  @Test
  void isToldWithTheWayOutAndStatusGoesOnToTell() throws HnvfException {
    leave(HALF);
    String left =
        "it leaves lagg0 over hn0 and mlxen0; 10.0.2.15/24 on lagg0; no default route; no dhclient";
    String out =
        "`hnvf release hn0` brings everything back to hn0; `hnvf failback hn0` does so too, and"
            + " then runs the script once more";
    Report report = guest.reports.get(1);
    assertThat(report.failures().get(0)).contains("did not end within 60000 ms");
    assertThat(report.failures()).containsAtLeast(left, out).inOrder();
    assertThat(report.message()).contains("hnvf did not change what it had done");
    ImmutableList<String> reasons = guest.restarted().pair().reasons();
    assertThat(reasons).containsAtLeast(left, out).inOrder();
    assertThat(reasons.toString()).contains("the override script did not finish: `" + PATH + "`");
  }

  @Test
  void isNotRepairedUnlessSomebodyAsks() throws HnvfException {
    leave(HALF);
    int before = guest.sim.history().size();
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void releaseBringsEverythingBack() throws HnvfException, InterruptedException {
    leave(HALF);
    Report report = guest.orchestrator.release(Guest.HN);
    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(report.status().orElseThrow().reasons()).isEmpty();
    isOverHn(guest);
    assertThat(guest.pair().word()).isEqualTo(new OperatorWord.Released());
    assertThat(guest.pair().reasons()).isEmpty();
  }

  @Test
  void failbackCleansUpAndRunsTheScriptOnceMore() throws HnvfException, InterruptedException {
    leave(HALF);
    commands = WHOLE;
    Report report = guest.orchestrator.failback(Guest.HN);
    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(report.notes().toString()).contains("hn0 holds its own configuration again");
    guest.rest(Duration.ofSeconds(20));
    assertThat(runs).hasSize(2);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().reasons()).isEmpty();
    assertThat(guest.defaultRoute().orElseThrow().netif()).isEqualTo("lagg0");
    assertThat(guest.pair().dhcp()).containsExactly("lagg0");
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void failbackCleansUpAlsoWithoutAVf() throws HnvfException, InterruptedException {
    leave(HALF);
    guest.unplug();
    guest.orchestrator.failback(Guest.HN);
    isOverHn(guest);
    assertThat(runs).hasSize(1);
    assertThat(guest.pairState()).isEqualTo(PairState.SYNTHETIC);
    assertThat(guest.pair().reasons()).isEmpty();
  }

  /** hn did not get into it: it is known by the name that the script was told. */
  @Test
  void releaseTakesTheLaggAwayThatHnDidNotGetInto() throws HnvfException, InterruptedException {
    leave(
        ImmutableList.of("pkill -KILL -x dhclient", "ifconfig lagg0 create laggproto failover up"));
    assertThat(guest.pair().reasons().toString()).contains("it leaves lagg0 without a port");
    guest.orchestrator.release(Guest.HN);
    isOverHn(guest);
  }

  /** A lagg of another owner is not treated as the script's. */
  @Test
  void releaseLeavesTheLaggOfAnother() throws HnvfException, InterruptedException {
    guest.type("ifconfig", "lagg7", "create", "laggproto", "failover", "up");
    commands = HALF;
    leave(HALF);
    guest.orchestrator.release(Guest.HN);
    isOverHn(guest);
    assertThat(guest.state().interfaces().keySet()).contains("lagg7");
  }

  @Test
  void nameThatRcConfMakesIsNotTold() throws HnvfException, InterruptedException, IOException {
    guest.append("/etc/rc.conf", "cloned_interfaces=\"lagg0\"\n");
    leave(ImmutableList.of());
    assertThat(runs.get(0).environment()).containsEntry("HNVF_LAGG", "lagg1");
  }

  @Test
  void withoutRcConfNoNameIsTold() throws HnvfException, IOException {
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.type("ifconfig", "mlxen0", "up");
    guest.append("/etc/rc.conf", "if then\n");
    commands = ImmutableList.of();
    Report report = guest.orchestrator.vfUp(Guest.HN);
    assertThat(runs.get(0).environment()).containsEntry("HNVF_LAGG", "");
    assertThat(report.notes().toString()).contains("HNVF_LAGG is empty for the script: ");
  }

  /** Nothing is left of it either where its script is gone and hnvf's own workflow has the pair. */
  @Test
  void isForgottenWhenHnvfItselfHasPutThePairRight() throws HnvfException, IOException {
    leave(HALF);
    Files.delete(guest.path(PATH));
    guest.orchestrator.failback(Guest.HN);
    assertThat(guest.pair().reasons()).isEmpty();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().dhcp()).containsExactly("lagg0");
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  /** Killed before any command of it, a release of what a script has left is finished. */
  @Test
  void releaseThatIsCutShortIsFinished() throws HnvfException, InterruptedException, IOException {
    leave(HALF);
    int before = guest.sim.commandsSoFar();
    guest.orchestrator.release(Guest.HN);
    int commandsOfRelease = guest.sim.commandsSoFar() - before;
    assertThat(commandsOfRelease).isAtLeast(8);
    for (int i = 0; i < commandsOfRelease; i++) {
      boot();
      runs.clear();
      leave(HALF);
      guest.killBefore(guest.sim.commandsSoFar() + i);
      assertThrows(Guest.Killed.class, () -> guest.orchestrator.release(Guest.HN));
      Guest next = guest.restarted();
      next.orchestrator.start();
      if (next.pair().word() instanceof OperatorWord.Auto) {
        next.orchestrator.release(Guest.HN);
      }
      assertWithMessage("killed before " + i)
          .that(next.pairState())
          .isEqualTo(PairState.VF_ATTACHED);
      isOverHn(next);
      assertThat(next.orchestrator.plan(Guest.HN, Intent.RELEASE).steps()).isEmpty();
    }
  }
}
