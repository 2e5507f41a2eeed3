package org.hnvf.journal;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.HandTimer;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.model.BackOff;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stored state of a pair survives the process that stored it. */
final class PairStoreTest {

  private static final HnUnit UNIT = new HnUnit(3);

  private final DurableFiles files =
      new NioDurableFiles(Jimfs.newFileSystem(Configuration.unix()).getPath("/"));
  private final HandTimer timer = new HandTimer(Instant.parse("2026-11-22T12:00:00Z"));
  private final PairStore store = new PairStore(files, timer);

  @Test
  void nothingStoredMeansAuto() throws SystemException {
    assertThat(store.word(UNIT)).isEqualTo(new OperatorWord.Auto());
    assertThat(store.backOff(UNIT)).isEmpty();
    assertThat(store.delayEnds(UNIT)).isEmpty();
  }

  @Test
  void theOperatorsWordIsThereForTheNextProcess() throws SystemException {
    OperatorWord pinned = new OperatorWord.Pinned(Optional.of(timer.now().plusSeconds(90)));
    store.word(UNIT, pinned);
    assertThat(new PairStore(files, timer).word(UNIT)).isEqualTo(pinned);
    assertThat(store.word(new HnUnit(30))).isEqualTo(new OperatorWord.Auto());
    store.word(UNIT, new OperatorWord.Auto());
    assertThat(files.exists(PairStore.DIRECTORY + "/hn3.word")).isFalse();
  }

  @Test
  void theBackOffIsStoredBesideTheWord() throws SystemException {
    BackOff held = new BackOff("it failed", 2, timer.now().plusSeconds(120));
    store.word(UNIT, new OperatorWord.Released());
    store.backOff(UNIT, held);
    PairStore next = new PairStore(files, timer);
    assertThat(next.word(UNIT)).isEqualTo(new OperatorWord.Released());
    assertThat(next.backOff(UNIT)).hasValue(held);
    store.endBackOff(UNIT);
    assertThat(next.backOff(UNIT)).isEmpty();
  }

  /** A guest boots with a clock that is hours ahead, and ntpd(8) corrects it. */
  @Test
  void delayOfAClockThatWasSetBackIsOver() throws SystemException {
    store.startDelay(UNIT, timer.now().plusSeconds(120));

    timer.pass(Duration.ofHours(-9));

    assertThat(store.delayEnds(UNIT)).hasValue(timer.now());
  }

  @Test
  void delayOutlivesAUsualCorrectionOfTheClock() throws SystemException {
    Instant end = timer.now().plusSeconds(120);
    store.startDelay(UNIT, end);
    timer.pass(Duration.ofMinutes(-1));
    assertThat(store.delayEnds(UNIT)).hasValue(end);
    timer.pass(Duration.ofSeconds(-1));
    assertThat(store.delayEnds(UNIT)).hasValue(timer.now());
    timer.pass(Duration.ofMinutes(10));
    assertThat(store.delayEnds(UNIT)).hasValue(end);
  }

  @Test
  void delayOfAnEarlierHnvfHasItsEndAlone() throws SystemException {
    files.write(PairStore.DIRECTORY + "/hn3.delay", "2026-11-22T12:02:00Z\n");
    assertThat(store.delayEnds(UNIT)).hasValue(Instant.parse("2026-11-22T12:02:00Z"));
  }

  @Test
  void backOffIsNeverLongerThanTheLongestPause() throws SystemException {
    Duration longest = Duration.ofHours(1);
    PairStore hourly = new PairStore(files, timer, new UnstoredWords(), longest);
    BackOff held = new BackOff("it failed", 7, timer.now().plus(longest));
    hourly.backOff(UNIT, held);
    assertThat(hourly.backOff(UNIT)).hasValue(held);

    timer.pass(Duration.ofHours(-9));

    BackOff over = hourly.backOff(UNIT).orElseThrow();
    assertThat(over.isPausing(timer.now())).isFalse();
    assertThat(over.cause()).isEqualTo("it failed");
    assertThat(over.attempts()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"word", "backoff"})
  void whatCannotBeReadHoldsTheVfDown(String kind) throws SystemException {
    String path = PairStore.DIRECTORY + "/hn3." + kind;
    files.write(path, "garbage\n");
    assertThat(store.word(UNIT)).isEqualTo(new OperatorWord.Auto());
    BackOff held = store.backOff(UNIT).orElseThrow();
    assertThat(held.isPausing(timer.now().plusSeconds(3599))).isTrue();
    assertThat(held.cause()).contains(path + " cannot be read");
  }

  @Test
  void aDelayIsThereForTheNextProcess() throws SystemException {
    Instant end = timer.now().plusSeconds(2);
    store.startDelay(UNIT, end);
    assertThat(new PairStore(files, timer).delayEnds(UNIT)).hasValue(end);
    store.endDelay(UNIT);
    assertThat(store.delayEnds(UNIT)).isEmpty();
  }

  @Test
  void aDelayThatCannotBeReadIsNone() throws SystemException {
    files.write(PairStore.DIRECTORY + "/hn3.delay", "soon\n");
    assertThat(store.delayEnds(UNIT)).isEmpty();
  }

  @Test
  void oneWorkflowAtATimeAndTheOtherIsToldWhoHasIt() throws SystemException {
    Instant began = timer.now();
    try (DurableFiles.Lock lock = store.lock(UNIT, "vf-up hn3", Duration.ZERO)) {
      assertThat(lock).isNotNull();
      SystemException busy =
          assertThrows(
              SystemException.class, () -> store.lock(UNIT, "release hn3", Duration.ofSeconds(3)));
      assertThat(busy.exitCode()).isEqualTo(ExitCode.BUSY);
      assertThat(busy)
          .hasMessageThat()
          .contains("(vf-up hn3, process " + ProcessHandle.current().pid() + ")");
      assertThat(Duration.between(began, timer.now())).isAtLeast(Duration.ofSeconds(3));
      store.lock(new HnUnit(4), "another pair", Duration.ZERO).close();
    }
    store.lock(UNIT, "afterwards", Duration.ZERO).close();
  }
}
