package org.hnvf.journal;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.StruckFiles;
import org.hnvf.model.Ending;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairCounts;
import org.hnvf.model.PairState;
import org.hnvf.model.Sighting;
import org.hnvf.model.SystemException;
import org.hnvf.model.VfCounts;
import org.hnvf.model.WorkflowCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of a history do not go down when its limits delete a part of it. */
final class CountsTest {

  private static final HnUnit UNIT = new HnUnit(0);
  private static final Instant BEGUN = Instant.parse("2026-11-22T13:20:00Z");
  private static final String DROPPED = "/var/db/hnvf/hn0.dropped";

  private final Path root;
  private final DurableFiles files;
  private final Journal journal;
  private final Counts counts;

  CountsTest(@TempDir Path root) throws IOException {
    this.root = root;
    this.files = new NioDurableFiles(root);
    this.journal = new Journal(files, new JournalTest.Stopped());
    this.counts = new Counts(files);
    Files.createDirectories(root.resolve("var/db/hnvf/history"));
    Files.setPosixFilePermissions(
        root.resolve("var/db/hnvf"), PosixFilePermissions.fromString("rwx------"));
  }

  private static JournalEntry entry(int number) {
    JournalEntry like = JournalTest.entry();
    return new JournalEntry(
        like.pair(),
        like.cause(),
        like.boot(),
        BEGUN.plusSeconds(number),
        1,
        like.intent(),
        false,
        like.before(),
        ImmutableList.of(),
        Optional.empty());
  }

  private void workflow(int number, String outcome) throws SystemException {
    workflow(journal, number, outcome);
  }

  private static void workflow(Journal journal, int number, String outcome) throws SystemException {
    journal.begin(entry(number));
    journal.end(UNIT, outcome);
  }

  private long number(Ending ending) {
    return counts.of(UNIT).workflows().endings().getOrDefault(ending, 0L);
  }

  @Test
  void eachOutcomeIsCountedAlsoWhenItsJournalIsDeleted() throws SystemException {
    for (int i = 0; i < 3 * History.MOST; i++) {
      workflow(i, i % 10 == 0 ? "rolled back: x" : "done");
      assertThat(number(Ending.DONE) + number(Ending.ROLLED_BACK)).isEqualTo(i + 1);
    }
    assertThat(files.list(History.DIRECTORY)).hasSize(History.MOST);
    PairCounts fresh = new Counts(files).of(UNIT);
    assertThat(fresh).isEqualTo(counts.of(UNIT));
    assertThat(fresh.workflows().endings())
        .containsExactly(Ending.DONE, 270L, Ending.ROLLED_BACK, 30L);
    assertThat(counts.of(new HnUnit(1))).isEqualTo(PairCounts.NONE);
  }

  @Test
  void aFullDiskCostsTheNumbersOfTheDeletedJournalsAndNoWorkflow() throws SystemException {
    for (int i = 0; i < History.MOST; i++) {
      workflow(i, "done");
    }
    Journal full = journal(change -> change.startsWith("write " + DROPPED));
    workflow(full, History.MOST, "done");

    assertThat(journal.read(UNIT)).isEqualTo(new Journal.Nothing());
    assertThat(files.list(History.DIRECTORY)).hasSize(History.MOST);
    assertThat(files.exists(DROPPED)).isFalse();
    workflow(History.MOST + 1, "done");
    assertThat(number(Ending.DONE)).isEqualTo(History.MOST + 1);
  }

  @Test
  void aJournalThatCannotBeDeletedIsNotCountedAtEachTry() throws SystemException {
    for (int i = 0; i < History.MOST; i++) {
      workflow(i, "done");
    }
    Journal full = journal(change -> change.startsWith("delete " + History.DIRECTORY));
    assertThrows(SystemException.class, () -> workflow(full, History.MOST, "done"));
    for (int i = 0; i < 5; i++) {
      assertThat(full.tidy(UNIT)).isNotEmpty();
    }
    assertThat(number(Ending.DONE)).isEqualTo(History.MOST);
    assertThat(journal.tidy(UNIT)).isEmpty();
    assertThat(number(Ending.DONE)).isEqualTo(History.MOST + 1);
  }

  private Journal journal(Predicate<String> fails) {
    return new Journal(
        new StruckFiles(
            files,
            change -> {
              if (fails.test(change)) {
                throw SystemException.failed("cannot " + change + ": No space left on device");
              }
            }),
        new JournalTest.Stopped());
  }

  @Test
  void textOfAnotherFormIsLeftOut() {
    Map<HnUnit, WorkflowCounts> read =
        CountsText.parse(
            "0 done 4\n0 done x\n0 done -1\n0 done 1 2\n0\n\n-1 done 5\n99999999999 done 1\n"
                + "0 unknown 7\n0 cut-off 1 2\n1 cut-off 0 1 0 0 0 0 0 0 0 0 70\n1 vf_taken 2");

    assertThat(read.keySet()).containsExactly(UNIT, new HnUnit(1)).inOrder();
    assertThat(read.getOrDefault(UNIT, WorkflowCounts.NONE).endings())
        .containsExactly(Ending.DONE, 4L);
    assertThat(CountsText.parse(CountsText.format(read))).isEqualTo(read);
    assertThat(read.get(new HnUnit(1)))
        .isEqualTo(
            new WorkflowCounts(
                ImmutableMap.of(Ending.VF_TAKEN, 2L),
                ImmutableList.of(0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L),
                Duration.ofMillis(70)));
  }

  @Test
  void aFileThatOthersMayHaveWrittenIsNamedAndNotCounted() throws Exception {
    files.write(DROPPED, "0 done 4\n");
    assertThat(number(Ending.DONE)).isEqualTo(4);
    Files.setPosixFilePermissions(
        root.resolve(DROPPED.substring(1)), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(number(Ending.DONE)).isEqualTo(0);
    assertThat(counts.of(UNIT).problems().toString()).contains("refused " + DROPPED);
  }

  /** The VF is another one at each second sighting, and away between them. */
  @Test
  void aVfIsCountedAlsoWhenItsSightingIsDeleted() throws SystemException {
    Sightings sightings = new Sightings(files);
    for (int i = 0; i < 4000; i++) {
      sightings.record(
          UNIT,
          new Sighting(
              BEGUN.plusSeconds(i),
              Optional.empty(),
              PairState.TRANSPARENT,
              i % 2 == 0 ? Optional.empty() : InterfaceName.of("mlxen0"),
              InterfaceName.of("hn0"),
              Optional.empty()));
      if (i % 97 == 0 || i == 3999) {
        assertThat(counts.of(UNIT).vf()).isEqualTo(new VfCounts((i + 1) / 2, i / 2));
      }
    }
    assertThat(sightings.read(UNIT).size()).isLessThan(2000);
  }

  @Test
  void aStandingVfIsNotCountedAgainWhenItsComingIsDeleted() throws SystemException {
    Sightings sightings = new Sightings(files);
    for (int i = 0; i < 4000; i++) {
      sightings.record(
          UNIT,
          new Sighting(
              BEGUN.plusSeconds(i),
              Optional.empty(),
              i % 2 == 0 ? PairState.LAGG_VF : PairState.LAGG_SYNTHETIC,
              InterfaceName.of("mlxen0"),
              InterfaceName.of("hn0"),
              Optional.empty()));
    }
    assertThat(counts.of(UNIT).vf()).isEqualTo(new VfCounts(1, 0));
  }
}
