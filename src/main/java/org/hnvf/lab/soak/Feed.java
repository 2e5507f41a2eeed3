package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.SplittableRandom;
import org.hnvf.sim.DevdNotice;

/** Decides how each event of devd comes to hnvf: not at all, once, twice, late. */
final class Feed {

  /** The types of event that our devd rules give to hnvf; the script itself answers the others. */
  private static final ImmutableSet<String> HANDED_OVER =
      ImmutableSet.of("IFATTACH", "VF_UP", "VF_DOWN", "DETACH", "RENAME");

  /**
   * These, too, where they are a VF's or a lagg's. They are drawn from a stream of their own: so
   * those above have the fates that they had before these were handed over.
   */
  private static final ImmutableSet<String> LINKS = ImmutableSet.of("LINK_UP", "LINK_DOWN");

  private static final int LATEST_MILLIS = 10_000;

  private final Case.Delivery delivery;
  private final SplittableRandom random;
  private final SplittableRandom ofLinks;

  Feed(Case.Delivery delivery, long seed) {
    this.delivery = delivery;
    this.random = new SplittableRandom(seed);
    this.ofLinks = new SplittableRandom(seed).split();
  }

  /** After how long it comes, for each time that it comes. */
  ImmutableList<Duration> fate(DevdNotice event) {
    String line = event.line();
    String type = line.substring(line.indexOf(" type=") + " type=".length());
    if (HANDED_OVER.contains(type)) {
      return fate(random);
    }
    return LINKS.contains(type) ? fate(ofLinks) : ImmutableList.of();
  }

  private ImmutableList<Duration> fate(SplittableRandom from) {
    if (chance(from, delivery.lost())) {
      return ImmutableList.of();
    }
    Duration first = delay(from);
    return chance(from, delivery.doubled())
        ? ImmutableList.of(first, first.plus(delay(from)))
        : ImmutableList.of(first);
  }

  /** How long it takes until a dead hnvf is started again. */
  Duration pause() {
    return Duration.ofMillis(random.nextInt((int) Resident.LONGEST_PAUSE.toMillis()));
  }

  private Duration delay(SplittableRandom from) {
    return chance(from, delivery.late())
        ? Duration.ofMillis(from.nextInt(LATEST_MILLIS))
        : Duration.ZERO;
  }

  private static boolean chance(SplittableRandom from, int percent) {
    return from.nextInt(100) < percent;
  }
}
