package org.hnvf.journal;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.Configuration;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.UnderWay;
import org.junit.jupiter.api.Test;

/** How far a workflow has come is read from its journal, or not at all. */
final class JournalProgressTest {

  private static final Instant BEGUN = Instant.parse("2026-11-22T23:59:59.900Z");

  private static Configuration nothing() {
    return Configuration.builder().duplicateDetection(false).build();
  }

  private static UnderWay of(String... remarks) {
    JournalEntry entry =
        new JournalEntry(
            new Pair(new HnUnit(0), new InterfaceName("hn0"), Optional.empty(), Optional.empty()),
            "failover hn0",
            Optional.empty(),
            BEGUN,
            1,
            Intent.HOLD_VF_DOWN,
            false,
            nothing(),
            ImmutableList.of("1 one", "    ifconfig a", "2 two", "    12 monkeys"),
            Optional.empty());
    StringBuilder text = new StringBuilder(JournalText.format(entry));
    for (String remark : remarks) {
      text.append(JournalText.remark(remark));
    }
    return JournalProgress.of(entry, text.toString());
  }

  @Test
  void lastStepThatBeganIsTheOne() {
    UnderWay now = of("23:59:59.950 step 1 begins", "00:00:00.100 step 2 begins");
    assertThat(now.what()).isEqualTo("hold vf down");
    assertThat(now.since()).isEqualTo(BEGUN);
    assertThat(now.step())
        .hasValue(new UnderWay.Step("two", 2, 2, Instant.parse("2026-11-23T00:00:00.100Z")));
  }

  @Test
  void beforeTheFirstStepThereIsNone() {
    assertThat(of().step()).isEmpty();
  }

  @Test
  void whatIsUndoneGoesBack() {
    UnderWay now = of("23:59:59.950 step 2 begins", "23:59:59.960 undone from step 2 on, x");
    assertThat(now.what()).isEqualTo("hold vf down, going back");
    assertThat(now.step()).isEmpty();
  }

  private static Optional<Instant> since(String begun, String clock) {
    return JournalProgress.since(Instant.parse(begun), clock);
  }

  /**
   * A workflow lasts for minutes, so an earlier time of day is of the next day only at midnight.
   */
  @Test
  void aClockThatWasSetBackIsNotTheNextDay() {
    String noon = "2026-11-22T12:00:00Z";
    assertThat(since(noon, "11:59:58.000")).hasValue(Instant.parse(noon));
    assertThat(since(noon, "11:00:00.000")).hasValue(Instant.parse(noon));
    assertThat(since(noon, "12:00:01.000")).hasValue(Instant.parse("2026-11-22T12:00:01Z"));
    assertThat(of("22:59:59.900 step 1 begins").step().orElseThrow().since()).isEqualTo(BEGUN);
  }

  @Test
  void aClockThatWasSetBackOverMidnightIsNoDayLater() {
    String begun = "2026-11-23T00:00:05Z";
    assertThat(since(begun, "23:59:58.000")).hasValue(Instant.parse(begun));
    assertThat(since(begun, "23:10:00.000")).hasValue(Instant.parse(begun));
    assertThat(since(begun, "00:00:06.000")).hasValue(Instant.parse("2026-11-23T00:00:06Z"));
  }

  /** A guest that the host had saved in the workflow and started again in the evening. */
  @Test
  void aClockThatWasSetForwardIsBelieved() {
    assertThat(since("2026-11-22T01:00:00Z", "15:00:00.000"))
        .hasValue(Instant.parse("2026-11-22T15:00:00Z"));
  }

  /** A file that was edited must not end status with a fault. */
  @Test
  void whatIsNoStepOfThePlanOrNoTimeIsPassedOver() {
    assertThat(of("23:59:59.950 step 7 begins").step()).isEmpty();
    assertThat(of("99:99:99.999 step 1 begins").step()).isEmpty();
    assertThat(of("23:59:59.950 step 99999 begins").step()).isEmpty();
  }
}
