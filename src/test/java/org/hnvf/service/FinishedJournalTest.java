package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hnvf.exec.StruckFiles;
import org.hnvf.model.HnvfException;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.model.SystemException;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** A workflow has ended well, and something goes wrong before its journal is in the history. */
final class FinishedJournalTest {

  private static final String JOURNAL = "/var/db/hnvf/hn0.journal";
  private static final ImmutableList<String> ADDRESSES =
      ImmutableList.of("10.0.2.50/24", "10.0.2.51/32", "2001:db8::50/64");

  private static Guest plugged() throws InterruptedException {
    Guest guest = Guest.of(Scenario.staticGuest()).rest(Duration.ofSeconds(20));
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    return guest;
  }

  /** Returns the changes of files from the outcome on. */
  private static ImmutableList<String> changesOfTheEnd()
      throws HnvfException, InterruptedException {
    List<String> changes = new ArrayList<>();
    Report unused = plugged().struck(changes::add).vfUp(Guest.HN);
    return ImmutableList.copyOf(
        changes.subList(changes.lastIndexOf("write " + JOURNAL), changes.size()));
  }

  @Test
  void killedFromTheOutcomeOnHnvfFinishesItAtTheNextLook()
      throws HnvfException, InterruptedException {
    ImmutableList<String> changes = changesOfTheEnd();
    assertThat(changes).containsAtLeast("write " + JOURNAL, "rename " + JOURNAL).inOrder();
    for (int i = 0; i < changes.size(); i++) {
      Guest guest = plugged();
      boolean killed = killedInTheEnd(guest, i);
      assertWithMessage("killed before %s", changes.get(i)).that(killed).isTrue();
      Guest next = guest.restarted();
      int before = next.sim.history().size();

      next.orchestrator.start();

      assertThat(next.changesSince(before).stream().filter(line -> !isOfTraffic(line))).isEmpty();
      assertThat(next.pairState()).isEqualTo(PairState.LAGG_VF);
      assertThat(next.silent(ADDRESSES)).isEmpty();
      assertThat(next.files.exists(JOURNAL)).isFalse();
      assertThat(next.files.list("/var/db/hnvf/history")).hasSize(1);
    }
  }

  /** Returns whether the command belongs to the traffic check of a recovery. */
  private static boolean isOfTraffic(String line) {
    return line.startsWith("arp ") || line.startsWith("ping");
  }

  /** The outcome is the second text of the journal. */
  private static boolean killedInTheEnd(Guest guest, int at) throws HnvfException {
    int[] texts = {0};
    int[] changes = {0};
    StruckFiles.Strike strike =
        change -> {
          texts[0] += change.equals("write " + JOURNAL) ? 1 : 0;
          if (texts[0] == 2 && changes[0]++ == at) {
            throw new Guest.Killed();
          }
        };
    try {
      Report unused = guest.struck(strike).vfUp(Guest.HN);
    } catch (Guest.Killed e) {
      return true;
    }
    return false;
  }

  @Test
  void aWorkflowWhoseJournalCannotBeMovedIsDoneAllTheSame()
      throws HnvfException, InterruptedException {
    Guest guest = plugged();
    Orchestrator full =
        guest.struck(
            change -> {
              if (change.startsWith("rename")) {
                throw SystemException.failed("cannot " + change + ": No space left on device");
              }
            });

    Report report = full.vfUp(Guest.HN);

    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().word()).isEqualTo(new OperatorWord.Auto());
    assertThat(guest.pair().backOff()).isEmpty();
    assertThat(guest.files.read(JOURNAL).orElseThrow()).endsWith("outcome done\n");
    int before = guest.sim.history().size();
    assertThat(full.start().exitStatus()).isEqualTo(0);
    assertThat(guest.files.exists(JOURNAL)).isTrue();
    guest.orchestrator.start();
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.files.exists(JOURNAL)).isFalse();
    assertThat(guest.files.list("/var/db/hnvf/history")).hasSize(1);
  }

  @Test
  void withoutItsNoteOfWhatThePairHadNothingIsBegunAndTheGuestIsNotCutOff()
      throws HnvfException, InterruptedException {
    Guest guest = plugged();
    guest.type("ifconfig", "mlxen0", "up");
    Orchestrator full =
        guest.struck(
            change -> {
              if (change.equals("write /var/db/hnvf/hn0.last")) {
                throw SystemException.failed("cannot " + change + ": No space left on device");
              }
            });

    Report report = full.vfUp(Guest.HN);

    assertThat(report.exitStatus()).isEqualTo(71);
    assertThat(guest.silent(ADDRESSES)).isEmpty();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.files.exists(JOURNAL)).isFalse();
  }
}
