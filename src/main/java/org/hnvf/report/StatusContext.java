package org.hnvf.report;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.PairHistory;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Sighting;

/**
 * The facts beside the state of a pair that its status shows.
 *
 * @param history the pair's history; empty after a verb, which shows the state alone
 * @param now the present time, for ages; empty where only times are shown
 */
public record StatusContext(Optional<PairHistory> history, Optional<Instant> now) {

  /** No facts. */
  public static final StatusContext NONE = new StatusContext(Optional.empty(), Optional.empty());

  /** Returns since when the pair is in this state, if that was recorded. */
  Optional<Instant> since(PairStatus status) {
    return now.flatMap(
        at -> history.flatMap(past -> past.since(Sighting.of(at, Optional.empty(), status))));
  }

  /** Returns the text of a past time. */
  String past(Instant at) {
    return now.map(present -> Ago.since(at, present)).orElse(Ago.time(at));
  }

  /** Returns the text of a future time. */
  String future(Instant at) {
    return now.map(present -> Ago.until(at, present)).orElse(Ago.time(at));
  }
}
