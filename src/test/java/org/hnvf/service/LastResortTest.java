package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hnvf.event.DevdEvent;
import org.hnvf.exec.DurableFiles;
import org.hnvf.journal.PairStore;
import org.hnvf.model.Command;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A look that ends in a fault does not leave a VF up outside a lagg. */
final class LastResortTest {

  private static final ImmutableList<String> ADDRESS = ImmutableList.of("10.0.2.15/24");
  private static final DevdEvent VF_UP = new DevdEvent.VfUp(Guest.HN);
  private static final String DOWN = "ifconfig mlxen0 down";

  /** Creates a guest whose VF was brought up and not reconciled yet. */
  private static Guest cutOff(Scenario scenario) {
    Guest guest = Guest.of(scenario);
    guest.sim.host().plug(Guest.UNIT);
    assertThat(guest.type("ifconfig", "mlxen0", "up").succeeded()).isTrue();
    guest.sim.drainEvents();
    return guest;
  }

  private static Guest cutOff() {
    Guest guest = cutOff(Scenario.azure());
    assertThat(guest.silent(ADDRESS)).isNotEmpty();
    return guest;
  }

  private static void breakWord(Guest guest) throws IOException {
    Files.createDirectories(guest.path("/var/db/hnvf/hn0.word"));
  }

  private static void isRescued(Guest guest, int since) {
    assertThat(guest.changesSince(since)).containsExactly(DOWN);
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void aWordThatCannotBeRead() throws Exception {
    Guest guest = cutOff();
    breakWord(guest);
    int before = guest.sim.history().size();
    SystemException e = assertThrows(SystemException.class, () -> guest.orchestrator.handle(VF_UP));
    assertThat(e).hasMessageThat().contains("hn0.word");
    isRescued(guest, before);
    int after = guest.sim.history().size();
    assertThrows(SystemException.class, () -> guest.orchestrator.handle(VF_UP));
    assertThat(guest.changesSince(after)).isEmpty();
  }

  @Test
  void theDaemonDoesSoAtItsFirstLookAndSaysWhatIsWrong() throws Exception {
    Guest guest = cutOff();
    breakWord(guest);
    int before = guest.sim.history().size();
    GuestDaemon d = GuestDaemon.of(guest).runDeaf(Duration.ofSeconds(5));
    isRescued(guest, before);
    assertThat(String.join("\n", d.log)).contains("hn0.word");
  }

  @Test
  void aVerbOfAnOperator() throws Exception {
    Guest guest = cutOff();
    breakWord(guest);
    int before = guest.sim.history().size();
    assertThrows(SystemException.class, () -> guest.orchestrator.vfUp(Guest.HN));
    isRescued(guest, before);
  }

  @Test
  void aGuestThatCannotBeReadAsAWhole() throws Exception {
    for (String program : ImmutableList.of("netstat", "ps")) {
      Guest guest = cutOff();
      for (int i = 0; i < 3; i++) {
        guest.sim.faults().failNext(CommandPattern.program(program), 1, "x");
      }
      int before = guest.sim.history().size();
      assertThrows(SystemException.class, () -> guest.orchestrator.handle(VF_UP));
      isRescued(guest, before);
    }
  }

  @Test
  void aDaemonWithoutAnyEventOnAGuestThatCannotBeReadAsAWhole() throws Exception {
    Guest guest = cutOff();
    for (int i = 0; i < 50; i++) {
      guest.sim.faults().failNext(CommandPattern.program("netstat"), 1, "x");
    }
    int before = guest.sim.history().size();
    GuestDaemon.of(guest).runDeaf(Duration.ofSeconds(8));
    isRescued(guest, before);
  }

  @Test
  void aBug() throws Exception {
    Guest guest = cutOff();
    boolean[] thrown = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (!thrown[0] && command.line().startsWith("netstat")) {
            thrown[0] = true;
            throw new IllegalStateException("a bug");
          }
        });
    int before = guest.sim.history().size();
    assertThrows(IllegalStateException.class, () -> guest.orchestrator.handle(VF_UP));
    isRescued(guest, before);
  }

  @Test
  void aLockThatCannotBeOpened() throws Exception {
    Guest guest = cutOff();
    Files.createDirectories(guest.path("/var/run/hnvf/hn0.lock"));
    int before = guest.sim.history().size();
    SystemException e = assertThrows(SystemException.class, () -> guest.orchestrator.handle(VF_UP));
    assertThat(e).hasMessageThat().contains("hn0.lock");
    isRescued(guest, before);
    assertThat(guest.type("ifconfig", "mlxen0", "up").succeeded()).isTrue();
    assertThrows(SystemException.class, () -> guest.orchestrator.vfUp(Guest.HN));
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  /** An administrator has put the directory on another disk, say, which others can write to. */
  @ParameterizedTest
  @ValueSource(strings = {"/var/db/hnvf", "/var/run/hnvf"})
  void aDirectoryOfOursThatIsALink(String directory) throws Exception {
    Guest guest = cutOff();
    Path elsewhere = Files.createDirectory(guest.path("/elsewhere"));
    Path own = guest.path(directory);
    Files.createDirectories(own.resolveSibling("."));
    Files.createSymbolicLink(own, elsewhere);
    int before = guest.sim.history().size();

    String told;
    try {
      told = guest.orchestrator.handle(VF_UP).toString();
    } catch (SystemException e) {
      told = String.valueOf(e.getMessage());
    }

    assertThat(told).contains(directory);
    assertThat(told).contains("it is a symbolic link");
    isRescued(guest, before);
    try (Stream<Path> written = Files.list(elsewhere)) {
      assertThat(written).isEmpty();
    }
  }

  @Test
  void aLookThatSomebodyAskedForWhileTheFirstOneWentOn() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    PairStore store = new PairStore(guest.files, guest.sim.timer());
    boolean[] asked = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (!asked[0] && command.program().endsWith("sh")) {
            asked[0] = true;
            try {
              store.askAgain(Guest.UNIT, "VF_UP");
              breakWord(guest);
            } catch (SystemException | IOException e) {
              throw new AssertionError(e);
            }
            assertThat(guest.type("ifconfig", "mlxen0", "up").succeeded()).isTrue();
          }
        });
    int before = guest.sim.history().size();
    assertThrows(SystemException.class, () -> guest.orchestrator.settle(Guest.UNIT, Trigger.OTHER));
    assertThat(asked[0]).isTrue();
    assertThat(guest.files.exists("/var/db/hnvf/hn0.delay")).isTrue();
    assertThat(guest.changesSince(before)).containsExactly("ifconfig mlxen0 up", DOWN).inOrder();
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void somebodyWhoHasTheLockIsNotDisturbed() throws Exception {
    Guest guest = cutOff();
    breakWord(guest);
    int before = guest.sim.history().size();
    PairStore store = new PairStore(guest.files, guest.sim.timer());
    Optional<DurableFiles.Lock> lock = store.tryLock(Guest.UNIT, "another hnvf");
    try (DurableFiles.Lock held = lock.orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(guest.orchestrator.handle(VF_UP).exitStatus()).isEqualTo(0);
      assertThrows(SystemException.class, () -> guest.orchestrator.vfUp(Guest.HN));
    }
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void aVfInALaggStaysUp() throws Exception {
    Guest guest = Guest.of(Scenario.azure()).plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    breakWord(guest);
    int before = guest.sim.history().size();
    assertThrows(SystemException.class, () -> guest.orchestrator.handle(VF_UP));
    assertThat(guest.type("ifconfig", "lagg0", "-laggport", "hn0").succeeded()).isTrue();
    assertThrows(SystemException.class, () -> guest.orchestrator.handle(VF_UP));
    assertThat(guest.changesSince(before)).doesNotContain(DOWN);
  }

  @Test
  void whereAnOverrideScriptHasThePlaceItsVfIsLeftUp() throws Exception {
    Guest guest = cutOff();
    BadInputTest.script(guest, "rwxr-xr-x");
    breakWord(guest);
    int before = guest.sim.history().size();
    assertThrows(SystemException.class, () -> guest.orchestrator.handle(VF_UP));
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void inTransparentModeNothingIsTouched() throws Exception {
    Guest guest = cutOff(Scenario.azure().transparent());
    breakWord(guest);
    int before = guest.sim.history().size();
    assertThrows(SystemException.class, () -> guest.orchestrator.handle(VF_UP));
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void norOnAKernelThatHasNoListOfVfs() throws Exception {
    Guest guest = cutOff(Scenario.azure().withoutVfList());
    Files.createDirectories(guest.path("/var/run/hnvf/hn0.lock"));
    int before = guest.sim.history().size();
    assertThrows(SystemException.class, () -> guest.orchestrator.handle(VF_UP));
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void noOtherPairIsTouched() throws Exception {
    Guest guest = cutOff(Scenario.azure().nics(2).dhcpOnAllNics());
    guest.sim.host().plug(new HnUnit(1));
    assertThat(guest.type("ifconfig", "mlxen1", "up").succeeded()).isTrue();
    guest.sim.drainEvents();
    breakWord(guest);
    int before = guest.sim.history().size();
    assertThrows(SystemException.class, () -> guest.orchestrator.handle(VF_UP));
    assertThat(guest.changesSince(before)).containsExactly(DOWN);
    assertThat(guest.isUp("mlxen1")).isTrue();
  }

  @Test
  void thatItCannotBeTakenDownIsSaid() throws Exception {
    Guest guest = cutOff();
    breakWord(guest);
    guest.sim.faults().failNext(CommandPattern.line(DOWN), 1, "ifconfig: no");
    List<String> said = new ArrayList<>();
    Orchestrator orchestrator =
        Wiring.orchestrator(
            new Machine(guest.sim, guest.files, guest.sim.timer(), guest.sim.root()),
            OwnerPolicy.ANYBODY,
            new Progress() {
              @Override
              public void says(String text) {
                said.add(text);
              }
            });
    assertThrows(SystemException.class, () -> orchestrator.handle(VF_UP));
    assertThat(said)
        .contains("mlxen0 is up outside a lagg and could not be taken down: the guest is cut off");
    assertThrows(SystemException.class, () -> orchestrator.handle(VF_UP));
    assertThat(said)
        .contains("mlxen0 was up outside a lagg; hnvf took it down, and the guest is on hn0 again");
  }

  @Test
  void aFailoverThatIsStoredAndThenFailsTakesTheVfDownInItsLagg() throws Exception {
    Guest guest = Guest.of(Scenario.azure()).rest(Duration.ofSeconds(20)).plug();
    assertThat(guest.isUp("mlxen0")).isTrue();
    AtomicInteger faults = new AtomicInteger();
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.effect() == Command.Effect.CHANGES && faults.getAndIncrement() == 0) {
            throw new IllegalStateException("a bug");
          }
        });
    assertThrows(
        IllegalStateException.class, () -> guest.orchestrator.failover(Guest.HN, Optional.empty()));
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.pair().word()).isEqualTo(new OperatorWord.Pinned(Optional.empty()));
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void aLookThatFailsDoesNotTakeAVfOutOfUseThatNobodyWantsDown() throws Exception {
    Guest guest = Guest.of(Scenario.azure()).rest(Duration.ofSeconds(20)).plug();
    breakWord(guest);
    assertThrows(SystemException.class, () -> guest.orchestrator.handle(VF_UP));
    assertThat(guest.isUp("mlxen0")).isTrue();
  }

  @Test
  void aFailoverThatIsRefusedInTransparentModeTouchesNothing() throws Exception {
    Guest guest = Guest.of(Scenario.azure().transparent());
    guest.plug();
    guest.type("ifconfig", "mlxen0", "up");
    guest.type("ifconfig", "lagg0", "create", "laggproto", "failover");
    guest.type("ifconfig", "lagg0", "laggport", "hn0", "laggport", "mlxen0");
    assertThat(guest.find("lagg0").port(new InterfaceName("mlxen0"))).isPresent();
    int before = guest.sim.history().size();
    assertThrows(
        UserException.class, () -> guest.orchestrator.failover(Guest.HN, Optional.empty()));
    assertThat(guest.changesSince(before)).isEmpty();
  }
}
