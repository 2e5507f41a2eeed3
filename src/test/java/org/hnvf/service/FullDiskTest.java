package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.StruckFiles;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Settings;
import org.hnvf.model.SystemException;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Faults;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The disk is full, and an administrator must still be able to move everything back. */
final class FullDiskTest {

  private static final int DONE_UNSTORED = ExitCode.UNSTORED.status();
  private static final OperatorWord PINNED = new OperatorWord.Pinned(Optional.empty());
  private static final String UNSTORED = "the command is in force, but could not be stored: ";

  private Guest guest = Guest.of(Scenario.azure());
  private ImmutableList<String> addresses = ImmutableList.of();
  private boolean full = true;

  /** On which of the files the disk is full. */
  private String fullFor = "/var/db/hnvf/";

  @BeforeEach
  void boot() throws HnvfException, InterruptedException {
    begin(Scenario.azure());
  }

  private void begin(Scenario scenario) throws HnvfException, InterruptedException {
    guest = Guest.of(scenario).rest(Duration.ofSeconds(20));
    addresses = guest.addresses("hn0");
    guest.plug().rest(Duration.ofSeconds(20));
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  private void noRoom(String change) throws SystemException {
    boolean needsRoom = !change.startsWith("delete ");
    if (full && needsRoom && change.contains(" " + fullFor)) {
      throw SystemException.failed("cannot " + change + ": No space left on device");
    }
  }

  private Machine machine() {
    return new Machine(
        guest.sim, new StruckFiles(guest.files, this::noRoom), guest.sim.timer(), guest.sim.root());
  }

  private Orchestrator hnvf() {
    return Wiring.orchestrator(machine(), OwnerPolicy.ANYBODY, Progress.NONE);
  }

  private PairStatus pair(Orchestrator hnvf) throws HnvfException {
    return hnvf.status(hnvf.guest(), Optional.of(Guest.HN)).get(0);
  }

  private boolean isWhole(Guest now) throws HnvfException {
    String holder = now.pair().pair().lagg().isPresent() ? "lagg0" : "hn0";
    boolean upOutside = now.isUp("mlxen0") && now.state().laggOf(Guest.HN).isEmpty();
    return now.silent(addresses).isEmpty()
        && now.addresses(holder).containsAll(addresses)
        && now.defaultRoute().filter(r -> r.netif().equals(holder)).isPresent()
        && (holder.equals("hn0") || now.addresses("hn0").isEmpty())
        && !upOutside;
  }

  @Test
  void failoverIsDoneAndItsWordHoldsWhileThisProcessLives()
      throws HnvfException, InterruptedException {
    Orchestrator hnvf = hnvf();
    Report report = hnvf.failover(Guest.HN, Optional.empty());
    assertThat(report.exitStatus()).isEqualTo(DONE_UNSTORED);
    assertThat(report.notes().toString()).contains(UNSTORED);
    assertThat(report.notes().toString()).contains("No space left on device");
    assertThat(report.notes().toString()).contains("after a restart of hnvf");
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(isWhole(guest)).isTrue();

    int before = guest.sim.history().size();
    Report look = hnvf.all(Trigger.OTHER);
    assertThat(look.exitStatus()).isEqualTo(ExitCode.OK.status());
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(pair(hnvf).word()).isEqualTo(PINNED);
    assertThat(pair(hnvf).reasons().toString()).contains(UNSTORED);
    assertThat(guest.restarted().pair().word()).isEqualTo(new OperatorWord.Auto());
  }

  @Test
  void itsWordIsStoredAsSoonAsThereIsRoom() throws HnvfException {
    Orchestrator hnvf = hnvf();
    assertThat(hnvf.failover(Guest.HN, Optional.empty()).exitStatus()).isEqualTo(DONE_UNSTORED);
    full = false;
    assertThat(hnvf.all(Trigger.OTHER).exitStatus()).isEqualTo(ExitCode.OK.status());
    assertThat(guest.restarted().pair().word()).isEqualTo(PINNED);
    assertThat(pair(hnvf).reasons()).isEmpty();
  }

  @Test
  void failbackEndsIt() throws HnvfException {
    Orchestrator hnvf = hnvf();
    assertThat(hnvf.failover(Guest.HN, Optional.empty()).exitStatus()).isEqualTo(DONE_UNSTORED);
    full = false;
    assertThat(hnvf.failback(Guest.HN).exitStatus()).isEqualTo(ExitCode.OK.status());
    assertThat(pair(hnvf).word()).isEqualTo(new OperatorWord.Auto());
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void pinThatIsOverIsNotStored() throws HnvfException, InterruptedException {
    Orchestrator hnvf = hnvf();
    Report report = hnvf.failover(Guest.HN, Optional.of(Duration.ofSeconds(90)));
    assertThat(report.exitStatus()).isEqualTo(DONE_UNSTORED);
    guest.rest(Duration.ofSeconds(91));
    assertThat(pair(hnvf).word()).isEqualTo(new OperatorWord.Auto());
    full = false;
    hnvf.patiently(hnvf.all(Trigger.OTHER), Trigger.OTHER);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(pair(hnvf).reasons()).isEmpty();
  }

  /** A daemon has one for each pair and one for what it looks at by itself. */
  @Test
  void allThatLookInOneDaemonKnowTheWord() throws HnvfException {
    Orchestrators daemon = Wiring.residents(machine(), OwnerPolicy.ANYBODY, about -> Progress.NONE);
    Report report = daemon.of(Settings.DEFAULTS, "hn0").failover(Guest.HN, Optional.empty());
    assertThat(report.exitStatus()).isEqualTo(DONE_UNSTORED);
    assertThat(pair(daemon.of(Settings.DEFAULTS, "")).word()).isEqualTo(PINNED);
  }

  @Test
  void failoverThatFailsIsNotCalledDone() throws HnvfException {
    for (int i = 0; i < 10; i++) {
      guest.sim.faults().failNext(CommandPattern.line("ifconfig mlxen0 down"), 1, "x\n");
      guest.sim.faults().failNext(CommandPattern.line("ifconfig lagg0 -laggport mlxen0"), 1, "x\n");
    }
    Report report = hnvf().failover(Guest.HN, Optional.empty());
    assertThat(report.exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(report.notes().toString()).contains(UNSTORED);
  }

  @Test
  void releaseIsDoneWithoutAJournalAndSaysSo() throws HnvfException, InterruptedException {
    Orchestrator hnvf = hnvf();
    Report report = hnvf.release(Guest.HN);
    assertThat(report.exitStatus()).isEqualTo(DONE_UNSTORED);
    assertThat(report.message()).isEqualTo("hn0 holds its own configuration again");
    assertThat(report.notes().toString()).contains("hnvf worked without it");
    assertThat(report.notes().toString()).contains(UNSTORED);
    guest.rest(Duration.ofSeconds(20));
    assertThat(guest.pairState()).isEqualTo(PairState.VF_ATTACHED);
    assertThat(guest.pair().dhcp()).containsExactly("hn0");
    assertThat(isWhole(guest)).isTrue();
    assertThat(pair(hnvf).word()).isEqualTo(new OperatorWord.Released());
    int before = guest.sim.history().size();
    assertThat(hnvf.all(Trigger.OTHER).exitStatus()).isEqualTo(ExitCode.OK.status());
    assertThat(guest.changesSince(before)).isEmpty();
  }

  /** The disk became full after the word was stored. */
  @Test
  void releaseWhoseWordIsStoredIsDone() throws HnvfException {
    fullFor = "/var/db/hnvf/hn0.journal";
    Report report = hnvf().release(Guest.HN);
    assertThat(report.exitStatus()).isEqualTo(ExitCode.OK.status());
    assertThat(report.notes().toString()).contains("hnvf worked without it");
    assertThat(report.notes().toString()).doesNotContain(UNSTORED);
    assertThat(guest.restarted().pair().word()).isEqualTo(new OperatorWord.Released());
  }

  /** Only what an operator asks for is done without a journal. */
  @Test
  void nobodyElseMovesAnythingWithoutAJournal() throws HnvfException, InterruptedException {
    guest.orchestrator.release(Guest.HN);
    guest.files.delete("/var/db/hnvf/hn0.word");
    int before = guest.sim.history().size();
    assertThat(hnvf().vfUp(Guest.HN).exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(guest.changesSince(before)).isEmpty();
  }

  /** One fault of each kind at each command of a release without disk. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void releaseWithoutDiskEndsWholeWhateverFails(boolean dhcp)
      throws HnvfException, InterruptedException {
    begin(scenario(dhcp));
    int commands = commandsOfRelease();
    assertThat(commands).isAtLeast(10);
    for (int command = 0; command < commands; command++) {
      for (String kind : ImmutableList.of("fails", "hangs", "done but fails", "done but hangs")) {
        begin(scenario(dhcp));
        strike(kind, guest.sim.commandsSoFar() + command);
        String told;
        try {
          told = hnvf().release(Guest.HN).toString();
        } catch (SystemException e) {
          told = String.valueOf(e.getMessage());
        }
        guest.sim.faults().clear();
        guest.rest(Duration.ofSeconds(20));
        assertWithMessage(kind + " at command " + command + ": " + told)
            .that(isWhole(guest))
            .isTrue();
      }
    }
  }

  private static Scenario scenario(boolean dhcp) {
    return dhcp ? Scenario.azure() : Scenario.staticGuest();
  }

  private int commandsOfRelease() throws HnvfException {
    int before = guest.sim.commandsSoFar();
    Report report = hnvf().release(Guest.HN);
    assertThat(report.exitStatus()).isEqualTo(DONE_UNSTORED);
    return guest.sim.commandsSoFar() - before;
  }

  private void strike(String kind, int command) {
    Faults faults = guest.sim.faults();
    CommandPattern at = CommandPattern.number(command);
    switch (kind) {
      case "fails" -> faults.failNext(at, 1, "ifconfig: ioctl: Device busy\n");
      case "hangs" -> faults.hangNext(at);
      case "done but fails" -> faults.doneButFails(at, 1, "ifconfig: ioctl: Device busy\n");
      default -> faults.doneButHangs(at);
    }
  }

  /** It says that it begins without a journal before it does. */
  @Test
  void thatThereIsNoJournalIsSaidBeforeAnythingIsChanged() throws HnvfException {
    List<String> said = new ArrayList<>();
    int before = guest.sim.history().size();
    Orchestrator hnvf =
        Wiring.orchestrator(
            machine(),
            OwnerPolicy.ANYBODY,
            new Progress() {
              @Override
              public void says(String text) {
                if (text.startsWith("no journal is written")) {
                  said.add(text + guest.changesSince(before));
                }
              }
            });
    assertThat(hnvf.release(Guest.HN).exitStatus()).isEqualTo(DONE_UNSTORED);
    assertThat(said)
        .containsExactly(
            "no journal is written: if hnvf is killed now, the next one cannot tell what is missing[]");
  }

  @Test
  void wordThatAnOperatorTakesBackOnAFullDiskIsGone() throws HnvfException, IOException {
    Orchestrator hnvf = hnvf();
    assertThat(hnvf.failover(Guest.HN, Optional.empty()).exitStatus()).isEqualTo(DONE_UNSTORED);
    assertThat(hnvf.failback(Guest.HN).exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(pair(hnvf).word()).isEqualTo(new OperatorWord.Auto());
    assertThat(guest.silent(addresses)).isEmpty();
  }
}
