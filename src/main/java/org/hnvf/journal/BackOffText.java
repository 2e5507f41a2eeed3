package org.hnvf.journal;

import com.google.common.base.Splitter;
import com.google.common.primitives.Ints;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.BackOff;

/**
 * The text of a back-off, for a person to read: attempts, the time of the next try, and the cause.
 *
 * <pre>{@code
 * 2 2026-11-22T13:00:00Z `ifconfig lagg0 create` exited 1: ...
 * }</pre>
 */
final class BackOffText {

  /** More often nothing was ever tried. */
  private static final int MOST = 1_000_000;

  private BackOffText() {}

  static String format(BackOff backOff) {
    String cause = backOff.cause().replaceAll("\\p{Cntrl}+", " ");
    return backOff.attempts() + " " + backOff.nextTry() + " " + cause + "\n";
  }

  /** Empty where it cannot be read. */
  static Optional<BackOff> parse(String text) {
    List<String> words = Splitter.on(' ').limit(3).splitToList(text.strip());
    if (words.size() < 2) {
      return Optional.empty();
    }
    Optional<Integer> attempts =
        Optional.ofNullable(Ints.tryParse(words.get(0))).filter(n -> n >= 1 && n <= MOST);
    Optional<Instant> next = TimeText.parse(words.get(1));
    String cause = words.size() > 2 ? words.get(2) : "";
    return attempts.flatMap(n -> next.map(at -> new BackOff(cause, n, at)));
  }
}
