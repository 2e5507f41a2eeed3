package org.hnvf.report;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.Ending;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.PairHistory;
import org.hnvf.model.PastWorkflow;
import org.junit.jupiter.api.Test;

/** The drawing of a pair's whole history on the page of {@code hnvf report}. */
final class PairChartTest {

  private static final HnUnit UNIT = new HnUnit(0);
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  /** Returns a workflow of one second that ended so; UNFINISHED has no end. */
  private static PastWorkflow past(int minute, Ending ending) {
    Instant begun = NOON.plus(Duration.ofMinutes(minute));
    boolean ended = ending != Ending.UNFINISHED;
    return new PastWorkflow(
        UNIT,
        "VF_UP",
        Intent.USE_LAGG,
        begun,
        ended ? Optional.of(begun.plusSeconds(1)) : Optional.empty(),
        0,
        ImmutableList.of(),
        Optional.empty(),
        ended ? Optional.of(ending.words()) : Optional.empty());
  }

  private static String page(Optional<Instant> from, PastWorkflow... workflows) {
    PairHistory pair =
        new PairHistory(
            UNIT,
            ImmutableList.copyOf(workflows),
            ImmutableList.of(),
            ImmutableList.of(),
            ImmutableList.of());
    return ReportPage.html(ImmutableList.of(pair), from, NOON.plus(Duration.ofHours(2)), "1.2.3");
  }

  private static String page(PastWorkflow... workflows) {
    return page(Optional.empty(), workflows);
  }

  @Test
  void workflowsThatAreLeftOutAreNotCounted() {
    PastWorkflow first = past(0, Ending.DONE);
    PastWorkflow second = past(30, Ending.DONE);
    PastWorkflow third = past(60, Ending.DONE);

    assertThat(page(first, second, third)).contains("History of hn0. 3 workflows. ");
    assertThat(page(Optional.of(second.begun()), first, second, third))
        .contains("History of hn0. 2 workflows. ");
    assertThat(page(Optional.of(third.begun()), first, second, third))
        .contains("History of hn0. 1 workflow. ");
  }

  @Test
  void aWorkflowThatWasClosedEndedWell() {
    String page = page(past(0, Ending.DONE), past(30, Ending.CLOSED));

    assertThat(page).doesNotContain("✕");
    assertThat(page).doesNotContain("class=\"failed\"");
    assertThat(page.split("class=\"done\"", -1)).hasLength(3);
  }

  @Test
  void aWorkflowWithoutAnEndIsNeitherGoodNorBad() {
    String page = page(past(0, Ending.DONE), past(30, Ending.UNFINISHED));

    assertThat(page).doesNotContain("✕");
    assertThat(page).contains("class=\"open\"");
    assertThat(page).contains(">still running or unfinished<");
  }

  @Test
  void aFailureIsMarkedAlsoBesideAWorkflowWithoutAnEnd() {
    assertThat(page(past(0, Ending.ROLLED_BACK))).contains(">✕ did not end well<");

    String page = page(past(0, Ending.ROLLED_BACK), past(30, Ending.UNFINISHED));
    assertThat(page).contains(">✕ did not end well; still running or unfinished<");
    assertThat(page.split("class=\"mark\"", -1)).hasLength(2);
  }
}
