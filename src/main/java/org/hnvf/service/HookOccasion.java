package org.hnvf.service;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.PairHistory;
import org.hnvf.model.PairState;
import org.hnvf.model.PastWorkflow;

/**
 * An outcome of a workflow or of an override script, which hooks find in their environment.
 *
 * @param pair the pair afterwards
 * @param outcome the outcome, a word ({@code HNVF_OUTCOME})
 * @param from the state before ({@code HNVF_FROM})
 * @param to the state afterwards ({@code HNVF_TO})
 * @param intent the target of the workflow, or {@code SCRIPT} ({@code HNVF_INTENT})
 * @param cause the event or verb that began it ({@code HNVF_CAUSE})
 * @param began when it began
 * @param ended when it ended ({@code HNVF_TIME})
 */
public record HookOccasion(
    Pair pair,
    String outcome,
    PairState from,
    PairState to,
    String intent,
    String cause,
    Instant began,
    Instant ended) {

  HnUnit unit() {
    return pair.unit();
  }

  /** Returns the environment, with the cut-off that the history has of this workflow. */
  ImmutableMap<String, String> environment(PairHistory history) {
    return ImmutableMap.<String, String>builder()
        .put("HNVF_HN", pair.hn().value())
        .put("HNVF_VF", pair.vf().map(InterfaceName::value).orElse(""))
        .put("HNVF_LAGG", pair.lagg().map(InterfaceName::value).orElse(""))
        .put("HNVF_OUTCOME", outcome)
        .put("HNVF_FROM", from.name())
        .put("HNVF_TO", to.name())
        .put("HNVF_INTENT", intent)
        .put("HNVF_CAUSE", cause)
        .put("HNVF_CUTOFF_MS", cutOff(history).map(cut -> "" + cut.toMillis()).orElse(""))
        .put("HNVF_TIME", ended.truncatedTo(ChronoUnit.SECONDS).toString())
        .buildOrThrow();
  }

  /** The journal has milliseconds. A workflow that ran without a journal has no cut-off here. */
  private Optional<Duration> cutOff(PairHistory history) {
    Instant from = began.truncatedTo(ChronoUnit.MILLIS);
    return history.workflows().reverse().stream()
        .filter(past -> past.intent().name().equals(intent))
        .filter(past -> !past.begun().isBefore(from) && !past.begun().isAfter(ended))
        .findFirst()
        .flatMap(PastWorkflow::cutOff);
  }
}
