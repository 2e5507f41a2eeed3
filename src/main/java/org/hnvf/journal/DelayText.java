package org.hnvf.journal;

import com.google.common.base.Splitter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The text of a VF's delay: its end, and when it was stored.
 *
 * <pre>{@code
 * 2026-11-22T13:00:02Z 2026-11-22T13:00:00Z
 * }</pre>
 */
final class DelayText {

  /** The clock may be corrected by this much without effect on a time that is stored. */
  static final Duration CORRECTION = Duration.ofMinutes(1);

  private DelayText() {}

  static String format(Instant end, Instant stored) {
    return end + " " + stored + "\n";
  }

  /**
   * Returns the end; empty if the text is not valid. If the clock was set back since the delay was
   * stored, its end may be hours away. Then the delay is over now.
   */
  static Optional<Instant> end(String text, Instant now) {
    List<String> words = Splitter.on(' ').splitToList(text.strip());
    boolean setBack =
        words.size() > 1 && TimeText.parse(words.get(1)).filter(at -> isAhead(at, now)).isPresent();
    return TimeText.parse(words.get(0)).map(end -> setBack && end.isAfter(now) ? now : end);
  }

  private static boolean isAhead(Instant stored, Instant now) {
    return stored.isAfter(now.plus(CORRECTION));
  }
}
