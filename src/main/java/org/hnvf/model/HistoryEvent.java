package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An event of the history of a pair. */
public sealed interface HistoryEvent {

  /** Returns when it began. */
  Instant at();

  /** Returns the pair. */
  HnUnit unit();

  /** Returns whether it began at this time or later; true if there is no such time. */
  default boolean isSince(Optional<Instant> from) {
    return from.isEmpty() || !at().isBefore(from.get());
  }

  /** A workflow. */
  record Workflow(PastWorkflow workflow) implements HistoryEvent {
    @Override
    public Instant at() {
      return workflow.begun();
    }

    @Override
    public HnUnit unit() {
      return workflow.unit();
    }
  }

  /** A run of an override script. */
  record Script(HnUnit unit, PastScript script) implements HistoryEvent {
    @Override
    public Instant at() {
      return script.began();
    }
  }

  /**
   * A change that a look has seen.
   *
   * @param at when it was seen, which may be after it happened
   * @param text the change in words
   */
  record Seen(Instant at, HnUnit unit, String text) implements HistoryEvent {}

  /** Returns all events of these pairs, oldest first. */
  static ImmutableList<HistoryEvent> of(Collection<PairHistory> pairs) {
    List<HistoryEvent> events = new ArrayList<>();
    for (PairHistory pair : pairs) {
      pair.workflows().forEach(workflow -> events.add(new Workflow(workflow)));
      pair.scripts().forEach(script -> events.add(new Script(pair.unit(), script)));
      Optional<Sighting> before = Optional.empty();
      for (Sighting seen : pair.sightings()) {
        events.addAll(changes(pair.unit(), before, seen));
        before = Optional.of(seen);
      }
    }
    return ImmutableList.sortedCopyOf(
        Comparator.comparing(HistoryEvent::at).thenComparing(e -> e.unit().number()), events);
  }

  private static ImmutableList<Seen> changes(HnUnit unit, Optional<Sighting> before, Sighting now) {
    ImmutableList.Builder<Seen> all = ImmutableList.builder();
    Optional<InterfaceName> vf = before.flatMap(Sighting::vf);
    Optional<InterfaceName> path = before.flatMap(Sighting::path);
    Optional<String> held = before.flatMap(Sighting::held);
    if (before.filter(now::isAfterBoot).isPresent()) {
      now.boot().ifPresent(boot -> all.add(new Seen(boot, unit, "the guest booted")));
    }
    if (before.isEmpty()) {
      all.add(new Seen(now.at(), unit, "first seen: " + now.state()));
    }
    if (!now.vf().equals(vf)) {
      vf.ifPresent(gone -> all.add(new Seen(now.at(), unit, "the VF " + gone + " went")));
      now.vf().ifPresent(came -> all.add(new Seen(now.at(), unit, "the VF " + came + " came")));
    }
    if (!now.path().equals(path)) {
      all.add(
          new Seen(
              now.at(),
              unit,
              now.path()
                  .map(active -> active + " carries the traffic")
                  .orElse("no interface is known to carry the traffic")));
    }
    if (!now.held().equals(held)) {
      all.add(new Seen(now.at(), unit, now.held().orElse("the back-off has ended")));
    }
    if (before.isPresent() && now.state() != before.get().state()) {
      all.add(new Seen(now.at(), unit, before.get().state() + " → " + now.state()));
    }
    return all.build();
  }
}
