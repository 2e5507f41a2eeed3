package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.time.Instant;
import java.util.Optional;

/**
 * The history of a pair.
 *
 * @param unit the pair
 * @param workflows the workflows, oldest first
 * @param sightings the changes that looks have seen, oldest first
 * @param scripts the runs of override scripts, oldest first
 * @param problems the parts that could not be read, a line each
 */
public record PairHistory(
    HnUnit unit,
    ImmutableList<PastWorkflow> workflows,
    ImmutableList<Sighting> sightings,
    ImmutableList<PastScript> scripts,
    ImmutableList<String> problems) {

  /** Returns the last workflow. */
  public Optional<PastWorkflow> lastWorkflow() {
    return Optional.ofNullable(Iterables.getLast(workflows, null));
  }

  /**
   * Returns since when the pair has been in its present state without a boot; empty if the last
   * sighting is of another state, because no look has recorded the change yet.
   */
  public Optional<Instant> since(Sighting now) {
    Optional<Instant> since = Optional.empty();
    Sighting later = now;
    for (Sighting seen : sightings.reverse()) {
      if (later.isAfterBoot(seen)
          || seen.state() != now.state()
          || !seen.vf().equals(now.vf())
          || !seen.path().equals(now.path())) {
        return since;
      }
      since = Optional.of(seen.at());
      later = seen;
    }
    return since;
  }

  /** Returns how often a VF came. */
  public int timesVfCame() {
    int came = 0;
    Optional<InterfaceName> before = Optional.empty();
    for (Sighting seen : sightings) {
      came += seen.vf().isPresent() && !seen.vf().equals(before) ? 1 : 0;
      before = seen.vf();
    }
    return came;
  }

  /** Returns how often a VF went. */
  public int timesVfWent() {
    int went = 0;
    Optional<InterfaceName> before = Optional.empty();
    for (Sighting seen : sightings) {
      went += before.isPresent() && !seen.vf().equals(before) ? 1 : 0;
      before = seen.vf();
    }
    return went;
  }

  /** Returns when the attached VF came; empty if none is attached or it was not seen to come. */
  public Optional<Instant> vfSince() {
    Optional<Instant> since = Optional.empty();
    Optional<InterfaceName> before = Optional.empty();
    for (Sighting seen : sightings) {
      if (!seen.vf().equals(before)) {
        since = seen.vf().map(vf -> seen.at());
      }
      before = seen.vf();
    }
    return since;
  }
}
