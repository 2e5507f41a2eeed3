package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.time.Duration;

/**
 * Everything that a seed decides.
 *
 * @param name how it is named, and replayed
 * @param seed what decides the fate of each event and what the simulated guest leaves to chance
 * @param guest the guest
 * @param script what happens to it, earliest first
 * @param faults what goes wrong
 * @param delivery how events come
 * @param length when everything that happens has happened
 */
record Case(
    String name,
    long seed,
    GuestDraw guest,
    ImmutableList<ScenarioEvent> script,
    ImmutableList<Fault> faults,
    Delivery delivery,
    Duration length) {

  /** Whether the guest boots anew. */
  boolean boots() {
    return script.stream().anyMatch(ScenarioEvent.Reboot.class::isInstance);
  }

  /** The latest that anything of it is still going on: a boot and a hang take their time. */
  Duration latest() {
    long boots = script.stream().filter(ScenarioEvent.Reboot.class::isInstance).count();
    long hangs = faults.stream().filter(fault -> fault.kind().hangs()).count();
    return length.plus(Duration.ofMinutes(2).multipliedBy(boots + hangs));
  }

  /**
   * How the events of devd come to hnvf.
   *
   * @param lost of a hundred
   * @param doubled of a hundred
   * @param late of a hundred; these come up to ten seconds later, after others
   * @param period how often hnvf looks at every pair without being told
   */
  record Delivery(int lost, int doubled, int late, Duration period) {

    /** Whether every event comes, and at once. */
    boolean isReliable() {
      return lost == 0 && late == 0;
    }

    /** With other rates. */
    Delivery of(int otherLost, int otherDoubled, int otherLate) {
      return new Delivery(otherLost, otherDoubled, otherLate, period);
    }

    /** Each once, in order. */
    static final Delivery IN_ORDER = new Delivery(0, 0, 0, Duration.ofSeconds(60));

    @Override
    public String toString() {
      return "events: "
          + lost
          + " % lost, "
          + doubled
          + " % doubled, "
          + late
          + " % late; a look every "
          + period.toSeconds()
          + " s";
    }
  }

  /** The same, with events that come in another way. */
  Case delivered(String newName, Delivery other) {
    return new Case(newName, seed, guest, script, faults, other, length);
  }

  /** The same, in which other things happen and go wrong. */
  Case with(ImmutableList<ScenarioEvent> otherScript, ImmutableList<Fault> otherStrikes) {
    return new Case(name, seed, guest, otherScript, otherStrikes, delivery, length);
  }

  /** The same on another guest. */
  Case on(GuestDraw other) {
    return new Case(name, seed, other, script, faults, delivery, length);
  }

  /** The few lines that tell it all. */
  ImmutableList<String> lines() {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(name);
    lines.add("guest: " + guest);
    guest
        .pathTask(seed)
        .ifPresent(task -> lines.add("the data path is switched after " + task.toMillis() + " ms"));
    lines.add(delivery.toString());
    script.forEach(scenarioEvent -> lines.add(scenarioEvent.toString()));
    faults.forEach(fault -> lines.add("fault: " + fault));
    return lines.build();
  }
}
