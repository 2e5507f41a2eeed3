package org.hnvf.journal;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.model.Ending;
import org.hnvf.model.HistoryEvent;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairHistory;
import org.hnvf.model.PairState;
import org.hnvf.model.PastScript;
import org.hnvf.model.PastWorkflow;
import org.hnvf.model.Sighting;
import org.hnvf.model.VfCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of a pair is read from its journals and its sightings. */
final class HistoryTest {

  private static final HnUnit UNIT = new HnUnit(0);
  private static final Path STATE = Path.of("var/db/hnvf");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static final String HEAD =
      """
      hnvf journal 1
      unit 0
      cause VF_UP
      begun 2026-11-22T23:59:59.500Z
      attempt 1
      intent USE_LAGG
      hn hn0
      vf mlxen0
      lagg lagg0
      lagg-stood no
      dhcp yes
      ipv6 no
      accept-rtadv no
      duplicate-detection yes
      plan
        1 prepare lagg0
            ifconfig lagg0 create
        2 put hn0 and mlxen0 into lagg0 [cut off]
        3 default route through lagg0 [cut off]
        4 see that traffic passes through mlxen0 [traffic]
      run
      """;

  private final Path root;
  private final DurableFiles files;
  private final History history;
  private final Sightings sightings;

  HistoryTest(@TempDir Path root) throws IOException {
    this.root = root;
    this.files = new NioDurableFiles(root);
    this.history = new History(files);
    this.sightings = new Sightings(files);
    Files.createDirectories(root.resolve(STATE).resolve("history"));
    Files.setPosixFilePermissions(
        root.resolve(STATE), PosixFilePermissions.fromString("rwx------"));
  }

  private void journal(String name, String text) throws IOException {
    Files.writeString(root.resolve(STATE).resolve("history").resolve(name), text);
  }

  private PastWorkflow past(String run) throws Exception {
    return PastText.parse(HEAD + run);
  }

  private static final String ALL =
      """
        23:59:59.500 step 1 begins
        23:59:59.600 step 1 is done
        23:59:59.600 step 2 begins
        23:59:59.700 step 2 is done
        23:59:59.700 step 3 begins
        00:00:00.100 step 3 is done
        00:00:00.100 step 4 begins
        00:00:00.300 step 4 is done
      """;

  @Test
  void eachStepHasItsDurationAlsoOverMidnight() throws Exception {
    PastWorkflow past = past(ALL + "ended 2026-11-23T00:00:00.400Z\noutcome done\n");

    assertThat(past.cause()).isEqualTo("VF_UP");
    assertThat(past.ending()).isEqualTo(Ending.DONE);
    assertThat(past.planned()).isEqualTo(4);
    assertThat(past.steps().stream().map(PastWorkflow.Step::name))
        .containsExactly(
            "prepare lagg0",
            "put hn0 and mlxen0 into lagg0",
            "default route through lagg0",
            "see that traffic passes through mlxen0")
        .inOrder();
    assertThat(past.steps().get(0).commands()).containsExactly("ifconfig lagg0 create");
    assertThat(past.steps().get(1).commands()).isEmpty();
    assertThat(past.steps().stream().map(step -> step.took().orElseThrow().toMillis()))
        .containsExactly(100L, 100L, 400L, 200L)
        .inOrder();
    assertThat(past.took()).hasValue(Duration.ofMillis(900));
    assertThat(past.cutOff()).hasValue(Duration.ofMillis(500));
    assertThat(past.untilTraffic()).hasValue(Duration.ofMillis(700));
  }

  @Test
  void aRollbackIsCutOffUntilItsEnd() throws Exception {
    PastWorkflow past =
        past(
            """
              23:59:59.600 step 2 begins
              23:59:59.700 step 2 is done
              23:59:59.700 step 3 begins
              23:59:59.800 step 3 fails: `route` said no
              23:59:59.800 undone from step 3 on, the VF first
            ended 2026-11-23T00:00:01.600Z
            outcome rolled back: `route` said no
            """);

    assertThat(past.ending()).isEqualTo(Ending.ROLLED_BACK);
    assertThat(past.undone()).isTrue();
    assertThat(past.steps().get(1).failure()).hasValue("`route` said no");
    assertThat(past.cutOff()).hasValue(Duration.ofSeconds(2));
    assertThat(past.untilTraffic()).isEmpty();
  }

  /** Every time is at least the one before it, so that no duration is negative or too long. */
  @Test
  void afterTheClockWasSetBackTimeStandsStill() throws Exception {
    PastWorkflow past =
        past(
            """
              23:59:59.600 step 2 begins
              22:59:59.700 step 2 is done
              22:59:59.800 step 3 begins
              22:59:59.900 step 3 fails: `route` said no
              23:00:00.000 undone from step 3 on, the VF first
            ended 2026-11-22T23:00:01.600Z
            outcome rolled back: `route` said no
            """);

    Instant last = Instant.parse("2026-11-22T23:59:59.600Z");
    assertThat(past.steps()).hasSize(2);
    for (PastWorkflow.Step step : past.steps()) {
      assertThat(step.begun()).isEqualTo(last);
      assertThat(step.ended()).hasValue(last);
    }
    assertThat(past.backSince()).hasValue(last);
    assertThat(past.ended()).hasValue(last);
    assertThat(past.took()).hasValue(Duration.ofMillis(100));
    assertThat(past.cutOff()).hasValue(Duration.ZERO);
  }

  @Test
  void oneInWhichHnvfWasKilledHasNoEnd() throws Exception {
    PastWorkflow past = past("  23:59:59.600 step 2 begins\n");

    assertThat(past.ending()).isEqualTo(Ending.UNFINISHED);
    assertThat(past.took()).isEmpty();
    assertThat(past.cutOff()).isEmpty();
    assertThat(past.steps()).hasSize(1);
    assertThat(past.steps().get(0).took()).isEmpty();
  }

  @Test
  void remarksOfStepsThatThePlanDoesNotHaveAreLeftOut() throws Exception {
    PastWorkflow past =
        past(
            """
              23:59:59.600 step 0 begins
              23:59:59.600 step 9999 begins
              99:99:99.999 step 1 begins
              23:59:59.700 step 3 is done
            """);
    assertThat(past.steps()).isEmpty();
  }

  @Test
  void aBadJournalIsNamedAndTheOthersAreRead() throws Exception {
    journal("20261122T235959.500Z-hn0.journal", HEAD + ALL + "outcome done\n");
    journal("20261122T235959.600Z-hn0.journal", "rubbish\n");
    journal("20261122T235959.700Z-hn1.journal", HEAD + "outcome done\n");
    journal("20261122T235959.800Z-hn0.journal.swp", "rubbish\n");

    PairHistory found = history.read(UNIT, 100);

    assertThat(found.workflows()).hasSize(1);
    assertThat(found.problems()).hasSize(1);
    assertThat(found.problems().get(0)).contains("20261122T235959.600Z-hn0.journal");
    assertThat(history.read(new HnUnit(1), 100).problems().get(0))
        .contains("is the journal of hn0");
    assertThat(history.units()).containsExactly(UNIT, new HnUnit(1)).inOrder();
  }

  @Test
  void aFileThatOthersMayWriteIsNotRead() throws Exception {
    String name = "20261122T235959.500Z-hn0.journal";
    journal(name, HEAD + ALL + "outcome done\n");
    Files.setPosixFilePermissions(
        root.resolve(STATE).resolve("history").resolve(name),
        PosixFilePermissions.fromString("rw-rw-rw-"));

    PairHistory found = history.read(UNIT, 100);

    assertThat(found.workflows()).isEmpty();
    assertThat(found.problems()).hasSize(1);
  }

  private static Sighting seen(int minute, PairState state, String vf, String path) {
    return new Sighting(
        NOON.plus(Duration.ofMinutes(minute)),
        Optional.of(NOON.minusSeconds(90)),
        state,
        InterfaceName.of(vf),
        InterfaceName.of(path),
        Optional.empty());
  }

  private static final ImmutableList<Sighting> STORY =
      ImmutableList.of(
          seen(0, PairState.SYNTHETIC, "-", "hn0"),
          seen(1, PairState.VF_ATTACHED, "mlxen0", "hn0"),
          seen(2, PairState.LAGG_VF, "mlxen0", "mlxen0"),
          seen(3, PairState.LAGG_SYNTHETIC, "-", "hn0"),
          seen(4, PairState.LAGG_VF, "mce0", "mce0"));

  private PairHistory recorded(List<Sighting> all) throws Exception {
    for (Sighting one : all) {
      sightings.record(UNIT, one);
    }
    return history.read(UNIT, 100);
  }

  @Test
  void onlyAChangeIsRecorded() throws Exception {
    recorded(STORY);
    Path file = root.resolve(STATE).resolve("hn0.seen");
    String before = Files.readString(file);

    sightings.record(UNIT, seen(5, PairState.LAGG_VF, "mce0", "mce0"));

    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(sightings.read(UNIT)).containsExactlyElementsIn(STORY).inOrder();
  }

  @Test
  void comingAndGoingIsCounted() throws Exception {
    PairHistory found = recorded(STORY);

    assertThat(found.timesVfCame()).isEqualTo(2);
    assertThat(found.timesVfWent()).isEqualTo(1);
    assertThat(found.vfSince()).hasValue(NOON.plus(Duration.ofMinutes(4)));
    assertThat(found.since(seen(9, PairState.LAGG_VF, "mce0", "mce0")))
        .hasValue(NOON.plus(Duration.ofMinutes(4)));
    assertThat(found.since(seen(9, PairState.LAGG_SYNTHETIC, "-", "hn0"))).isEmpty();
  }

  @Test
  void theChangesAreToldInOrder() throws Exception {
    ImmutableList<String> told =
        HistoryEvent.of(ImmutableList.of(recorded(STORY))).stream()
            .map(event -> ((HistoryEvent.Seen) event).text())
            .collect(ImmutableList.toImmutableList());

    assertThat(told)
        .containsExactly(
            "first seen: SYNTHETIC",
            "hn0 carries the traffic",
            "the VF mlxen0 came",
            "SYNTHETIC → VF_ATTACHED",
            "mlxen0 carries the traffic",
            "VF_ATTACHED → LAGG_VF",
            "the VF mlxen0 went",
            "hn0 carries the traffic",
            "LAGG_VF → LAGG_SYNTHETIC",
            "the VF mce0 came",
            "mce0 carries the traffic",
            "LAGG_SYNTHETIC → LAGG_VF")
        .inOrder();
  }

  @Test
  void aBootIsToldAndEndsASince() throws Exception {
    Sighting again =
        new Sighting(
            NOON.plus(Duration.ofHours(2)),
            Optional.of(NOON.plus(Duration.ofHours(1))),
            PairState.LAGG_VF,
            InterfaceName.of("mce0"),
            InterfaceName.of("mce0"),
            Optional.empty());
    PairHistory found =
        recorded(ImmutableList.<Sighting>builder().addAll(STORY).add(again).build());

    assertThat(found.since(again)).hasValue(again.at());
    assertThat(
            HistoryEvent.of(ImmutableList.of(found)).stream()
                .filter(event -> event.at().equals(NOON.plus(Duration.ofHours(1))))
                .map(event -> ((HistoryEvent.Seen) event).text()))
        .containsExactly("the guest booted");
  }

  @Test
  void theFileIsBoundedAndKeepsTheNewest() throws Exception {
    Path file = root.resolve(STATE).resolve("hn0.seen");
    long largest = 0;
    for (int i = 0; i < 3000; i++) {
      sightings.record(
          UNIT, seen(i, PairState.LAGG_SYNTHETIC, i % 2 == 0 ? "mlxen0" : "mce0", "hn0"));
      largest = Math.max(largest, Files.size(file));
    }
    ImmutableList<Sighting> kept = sightings.read(UNIT);
    assertThat(largest).isAtMost(Sightings.ROOM + 200);
    assertThat(kept.get(kept.size() - 1).at()).isEqualTo(NOON.plus(Duration.ofMinutes(2999)));
    assertThat(kept.size()).isGreaterThan(300);
  }

  /** Without it the state of the pair and the time since which it has it would be lost. */
  @Test
  void theLastSightingAndTheCountsSurviveManyRunsOfScripts() throws Exception {
    for (Sighting seen : STORY) {
      sightings.record(UNIT, seen);
    }
    for (int i = 0; i < 1000; i++) {
      sightings.record(
          UNIT,
          new PastScript(
              NOON.plus(Duration.ofDays(i + 1)),
              Duration.ofSeconds(1),
              "/usr/libexec/hyperv/hyperv_vfup.hn0",
              Optional.of("x".repeat(90))));
    }

    Sighting last = STORY.get(STORY.size() - 1);
    assertThat(sightings.read(UNIT)).containsExactly(last);
    assertThat(sightings.counts(UNIT)).isEqualTo(new VfCounts(2, 1));
    assertThat(Files.size(root.resolve(STATE).resolve("hn0.seen"))).isAtMost(Sightings.ROOM + 400);
  }

  @Test
  void textOfAnotherKindIsLeftOutAndALineCutShortIsReplaced() throws Exception {
    recorded(STORY.subList(0, 1));
    files.append("/var/db/hnvf/hn0.seen", "rubbish\n2026-11-22T12:0");

    sightings.record(UNIT, STORY.get(1));

    assertThat(sightings.read(UNIT)).containsExactlyElementsIn(STORY.subList(0, 2)).inOrder();
  }

  @Test
  void aBackOffIsOneLineOfBoundedLength() throws Exception {
    Sighting held =
        new Sighting(
            NOON,
            Optional.empty(),
            PairState.VF_ATTACHED,
            InterfaceName.of("mlxen0"),
            InterfaceName.of("hn0"),
            Optional.of("refused: a\nb" + "x".repeat(9000)));

    sightings.record(UNIT, held);
    sightings.record(UNIT, held);

    ImmutableList<Sighting> read = sightings.read(UNIT);
    assertThat(read).hasSize(1);
    assertThat(read.get(0).held().orElseThrow()).startsWith("refused: a b");
    assertThat(read.get(0).held().orElseThrow().length()).isAtMost(400);
  }
}
