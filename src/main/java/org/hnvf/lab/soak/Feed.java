package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.SplittableRandom;
import org.hnvf.sim.DevdEvent;

/** Decides how each event of devd comes to hnvf: not at all, once, twice, late. */
final class Feed {

  /** The types of event that our devd rules give to hnvf; the script itself answers the others. */
  private static final ImmutableSet<String> HANDED_OVER =
      ImmutableSet.of("IFATTACH", "VF_UP", "VF_DOWN", "DETACH", "RENAME");

  private static final int LATEST_MILLIS = 10_000;

  private final Case.Delivery delivery;
  private final SplittableRandom random;

  Feed(Case.Delivery delivery, SplittableRandom random) {
    this.delivery = delivery;
    this.random = random;
  }

  /** After how long it comes, for each time that it comes. */
  ImmutableList<Duration> fate(DevdEvent event) {
    String line = event.line();
    String type = line.substring(line.indexOf(" type=") + " type=".length());
    if (!HANDED_OVER.contains(type) || chance(delivery.lost())) {
      return ImmutableList.of();
    }
    Duration first = delay();
    return chance(delivery.doubled())
        ? ImmutableList.of(first, first.plus(delay()))
        : ImmutableList.of(first);
  }

  /** How long it takes until a dead hnvf is started again, in milliseconds. */
  int pause() {
    return random.nextInt(5_000);
  }

  private Duration delay() {
    return chance(delivery.late())
        ? Duration.ofMillis(random.nextInt(LATEST_MILLIS))
        : Duration.ZERO;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
