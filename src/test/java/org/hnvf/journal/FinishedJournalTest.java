package org.hnvf.journal;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.StruckFiles;
import org.hnvf.model.HnUnit;
import org.hnvf.model.LastHad;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a journal goes when its workflow has ended, and what is then still known of it. */
final class FinishedJournalTest {

  private static final HnUnit UNIT = new HnUnit(0);
  private static final String FILE = "/var/db/hnvf/hn0.journal";
  private static final String LAST = "/var/db/hnvf/hn0.last";
  private static final String HISTORY = "/var/db/hnvf/history";
  private static final String NAME = "20261122T132000.000Z-hn0.journal";
  private static final Instant BEGUN = Instant.parse("2026-11-22T13:20:00Z");
  private static final LastHad HAD = LastHadText.of(JournalTest.entry());

  private final Path root;
  private final DurableFiles files;
  private final Journal journal;

  FinishedJournalTest(@TempDir Path root) {
    this.root = root;
    this.files = new NioDurableFiles(root);
    this.journal = journal(files);
  }

  private static Journal journal(DurableFiles files) {
    return new Journal(files, new JournalTest.Stopped());
  }

  private static JournalEntry entry(Instant begun, ImmutableList<String> steps) {
    JournalEntry like = JournalTest.entry();
    return new JournalEntry(
        like.pair(),
        like.cause(),
        like.boot(),
        begun,
        1,
        like.intent(),
        false,
        like.before(),
        steps,
        Optional.empty());
  }

  private ImmutableList<String> history() throws SystemException {
    return files.list(HISTORY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"done", "rolled back: x", "closed: x"})
  void isInTheHistory(String outcome) throws SystemException {
    journal.begin(JournalTest.entry());
    journal.end(UNIT, outcome);

    assertThat(journal.read(UNIT)).isEqualTo(new Journal.Nothing());
    assertThat(journal.destinations(ImmutableSet.of(UNIT))).isEmpty();
    assertThat(files.exists(FILE)).isFalse();
    assertThat(history()).containsExactly(NAME);
    assertThat(files.read(HISTORY + "/" + NAME).orElseThrow())
        .endsWith("outcome " + outcome + "\n");
  }

  @Test
  void oneAfterWhichSomethingIsMissingStaysUntilNothingIs() throws SystemException {
    journal.begin(JournalTest.entry());
    journal.end(UNIT, "incomplete: x");

    assertThat(journal.tidy(UNIT)).isEmpty();
    assertThat(journal.read(UNIT)).isInstanceOf(Journal.Unfinished.class);
    assertThat(history()).isEmpty();

    journal.end(UNIT, "closed: x");
    assertThat(files.exists(FILE)).isFalse();
    assertThat(history()).containsExactly(NAME);
  }

  @Test
  void whereItStillLiesThereItIsFinishedAndTheNextLookMovesIt() throws SystemException {
    journal.begin(JournalTest.entry());
    files.append(FILE, "outcome done\n");

    assertThat(journal.read(UNIT)).isEqualTo(new Journal.Nothing());
    assertThat(journal.destinations(ImmutableSet.of(UNIT))).isEmpty();
    assertThat(history()).isEmpty();

    assertThat(journal.tidy(UNIT)).isEmpty();
    assertThat(files.exists(FILE)).isFalse();
    assertThat(history()).containsExactly(NAME);
  }

  /** hnvf dies before its first, second ... change of a file. */
  @Test
  void killedAtAnyPointItIsEitherUnfinishedOrFinishedAndNeverLost()
      throws SystemException, IOException {
    fillHistory();
    for (int survived = 0; survived < 6; survived++) {
      journal.begin(entry(BEGUN.plusSeconds(survived), ImmutableList.of()));
      int before = history().size();
      List<String> changes = new ArrayList<>();
      int last = survived;
      Journal dying =
          journal(
              new StruckFiles(
                  files,
                  change -> {
                    changes.add(change);
                    if (changes.size() > last) {
                      throw new AssertionError("killed before: " + change);
                    }
                  }));
      boolean killed = false;
      try {
        dying.end(UNIT, "done");
      } catch (AssertionError e) {
        killed = true;
      }

      String at = changes.toString();
      boolean finished = journal.read(UNIT) instanceof Journal.Nothing;
      assertWithMessage(at).that(killed).isEqualTo(survived < 3);
      assertWithMessage(at).that(finished).isEqualTo(survived > 0);
      assertWithMessage(at).that(files.exists(FILE)).isEqualTo(killed);
      assertWithMessage(at).that(before).isEqualTo(History.MOST);
      assertWithMessage(at).that(history().size()).isAtMost(History.MOST);
      if (!finished) {
        journal.end(UNIT, "closed: x");
      }
      assertThat(journal.tidy(UNIT)).isEmpty();
      assertWithMessage(at).that(files.exists(FILE)).isFalse();
      assertWithMessage(at).that(history()).hasSize(History.MOST);
    }
  }

  private void fillHistory() throws IOException {
    Path directory = Files.createDirectories(root.resolve(HISTORY.substring(1)));
    for (int i = 0; i < History.MOST; i++) {
      Path file = directory.resolve("20261122T120000." + (100 + i) + "Z-hn0.journal");
      Files.writeString(file, "as old as its name says");
    }
  }

  /** The disk is full for the changes that begin so. */
  private Journal full(String verb) {
    return journal(
        new StruckFiles(
            files,
            change -> {
              if (change.startsWith(verb)) {
                throw SystemException.failed("cannot " + change + ": No space left on device");
              }
            }));
  }

  @Test
  void aFullDiskLeavesItUnfinishedWhereTheOutcomeIsNotWritten() throws SystemException {
    journal.begin(JournalTest.entry());

    assertThrows(SystemException.class, () -> full("write").end(UNIT, "done"));

    assertThat(journal.read(UNIT)).isEqualTo(new Journal.Unfinished(JournalTest.entry()));
    assertThat(journal.tidy(UNIT)).isEmpty();
    assertThat(files.exists(FILE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rename", "delete"})
  void aFullDiskLeavesItFinishedWhereItIsNotMoved(String verb) throws SystemException, IOException {
    fillHistory();
    journal.begin(JournalTest.entry());
    Journal full = full(verb);

    assertThrows(SystemException.class, () -> full.end(UNIT, "done"));
    assertThat(full.tidy(UNIT).toString()).contains("No space left on device");

    assertThat(full.read(UNIT)).isEqualTo(new Journal.Nothing());
    assertThat(history()).doesNotContain(NAME);
    assertThat(journal.tidy(UNIT)).isEmpty();
    assertThat(history()).contains(NAME);
    assertThat(files.exists(FILE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {LAST, FILE})
  void aFullDiskBeginsNothing(String path) throws SystemException {
    assertThrows(SystemException.class, () -> full("write " + path).begin(JournalTest.entry()));

    assertThat(journal.read(UNIT)).isEqualTo(new Journal.Nothing());
    assertThat(files.exists(FILE)).isFalse();
  }

  @Test
  void theHistoryHoldsSoManyAndTheOldestGoes() throws SystemException, IOException {
    files.write(HISTORY + "/of-somebody-else", "x");
    fillHistory();
    ImmutableList<String> before = history();
    assertThat(before).hasSize(History.MOST + 1);

    journal.begin(JournalTest.entry());
    journal.end(UNIT, "done");

    ImmutableList<String> after = history();
    assertThat(after).hasSize(History.MOST + 1);
    assertThat(after).contains(NAME);
    assertThat(after).contains("of-somebody-else");
    assertThat(after).doesNotContain(before.get(0));
    assertThat(after).containsAtLeastElementsIn(before.subList(1, before.size()));
  }

  @Test
  void theHistoryHoldsSoManyBytesAndTheOldestGoes() throws SystemException {
    ImmutableList<String> steps = ImmutableList.of("x".repeat(700_000));
    for (int i = 0; i < 9; i++) {
      journal.begin(entry(BEGUN.plusSeconds(i), steps));
      journal.end(UNIT, "done");
    }

    // Six such journals are more than 4 MiB.
    assertThat(history())
        .containsExactly(
            "20261122T132004.000Z-hn0.journal",
            "20261122T132005.000Z-hn0.journal",
            "20261122T132006.000Z-hn0.journal",
            "20261122T132007.000Z-hn0.journal",
            "20261122T132008.000Z-hn0.journal");
  }

  @Test
  void aLinkInTheHistorysPlaceIsNotFollowed() throws SystemException, IOException {
    journal.begin(JournalTest.entry());
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Files.createSymbolicLink(root.resolve(HISTORY.substring(1)), elsewhere);

    assertThrows(SystemException.class, () -> journal.end(UNIT, "done"));

    assertThat(elsewhere.toFile().list()).isEmpty();
    assertThat(journal.read(UNIT)).isEqualTo(new Journal.Nothing());
  }

  @Test
  void whatThePairHadIsWrittenBeforeTheEntryAndOutlivesIt() throws SystemException {
    List<String> changes = new ArrayList<>();
    journal(new StruckFiles(files, changes::add)).begin(JournalTest.entry());
    journal.end(UNIT, "done");

    assertThat(changes).containsExactly("write " + LAST, "write " + FILE).inOrder();
    assertThat(journal.lastHad(ImmutableSet.of(UNIT, new HnUnit(7)))).containsExactly(UNIT, HAD);
    assertThat(files.read(LAST))
        .hasValue(
            """
            hnvf last 1
            begun 2026-11-22T13:20:00Z
            boot 2026-11-22T13:19:49.427942Z
            default yes
            default6 yes
            leased 10.0.2.15/24
            vlan vlan7 7 3 1400
            vlan hn0.100 100 0 1500
            fib 1
            """);
  }

  @Test
  void neitherTheLeasedAddressNorWhatVlansWereOutlivesABoot() {
    assertThat(HAD.leasedIn(HAD.boot())).isPresent();
    assertThat(HAD.leasedIn(Optional.of(BEGUN.plusSeconds(60)))).isEmpty();
    assertThat(HAD.leasedIn(Optional.empty())).isEmpty();
    assertThat(HAD.vlansIn(HAD.boot())).hasSize(2);
    assertThat(HAD.vlansIn(Optional.of(BEGUN.plusSeconds(60)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hnvf last 1=hnvf last 2",
        "begun 2026-11-22T13:20:00Z=begun yesterday",
        "begun 2026-11-22T13:20:00Z=",
        "boot 2026-11-22T13:19:49.427942Z=boot long ago",
        "default yes=default perhaps",
        "default yes=default yes\ndefault yes",
        "default6 yes=default6",
        "leased 10.0.2.15/24=leased 10.0.2.15/33",
        "leased 10.0.2.15/24=leased 2001:db8::50/64",
        "leased 10.0.2.15/24=route default",
        "vlan vlan7 7 3 1400=vlan vlan7 7 3",
        "vlan vlan7 7 3 1400=vlan -l 7 3 1400",
        "fib 1=fib one",
        "fib 1=fib 0",
      })
  void whatThePairHadIsNotBelievedWhereItIsNotWhatHnvfWrites(String change) throws SystemException {
    journal.begin(JournalTest.entry());
    journal.end(UNIT, "done");
    int equals = change.indexOf('=');
    String text = files.read(LAST).orElseThrow();
    String edited =
        text.replace(change.substring(0, equals) + "\n", change.substring(equals + 1) + "\n");
    assertWithMessage("the test changes something").that(edited).isNotEqualTo(text);
    files.write(LAST, edited);

    assertThat(journal.lastHad(ImmutableSet.of(UNIT))).isEmpty();
    assertThat(journal.tidy(UNIT))
        .containsExactly(
            "the record of the last configuration of hn0 cannot be used: " + LAST + " is malformed",
            "it was renamed to " + LAST + ".unreadable");
    assertThat(journal.tidy(UNIT)).isEmpty();
  }

  @Test
  void aDirectoryInItsPlaceIsSetAside() throws SystemException, IOException {
    Files.createDirectories(root.resolve(LAST.substring(1)).resolve("in-the-way"));
    assertThrows(SystemException.class, () -> journal.begin(JournalTest.entry()));

    assertThat(journal.tidy(UNIT)).contains("it was renamed to " + LAST + ".unreadable");
    journal.begin(JournalTest.entry());
    assertThat(journal.lastHad(ImmutableSet.of(UNIT))).containsExactly(UNIT, HAD);
  }
}
