package org.hnvf.journal;

import com.google.common.base.Splitter;
import com.google.common.primitives.Ints;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Wish;

/**
 * The text of a wish, for a person to read:
 *
 * <pre>{@code
 * pinned 2026-11-22T13:00:00Z
 * released
 * held 2 2026-11-22T13:00:00Z `ifconfig lagg0 create` exited 1: ...
 * }</pre>
 */
final class WishText {

  private static final Duration AFTER_UNREADABLE = Duration.ofHours(1);

  private WishText() {}

  static String format(Wish wish) {
    if (wish instanceof Wish.Pinned pinned) {
      return "pinned" + pinned.until().map(until -> " " + until).orElse("") + "\n";
    }
    if (wish instanceof Wish.Released) {
      return "released\n";
    }
    if (wish instanceof Wish.Held held) {
      String reason = held.reason().replaceAll("\\p{Cntrl}+", " ");
      return "held " + held.attempts() + " " + held.nextTry() + " " + reason + "\n";
    }
    return "auto\n";
  }

  static Wish parse(String text, Instant now) {
    List<String> words = Splitter.on(' ').limit(4).splitToList(text.strip());
    Optional<Wish> wish =
        switch (words.get(0)) {
          case "auto" -> Optional.of(new Wish.Auto());
          case "released" -> Optional.of(new Wish.Released());
          case "pinned" -> pinned(words);
          case "held" -> held(words);
          default -> Optional.empty();
        };
    return wish.orElseGet(
        () -> new Wish.Held("its stored wish cannot be read", 1, now.plus(AFTER_UNREADABLE)));
  }

  private static Optional<Wish> pinned(List<String> words) {
    return words.size() == 1
        ? Optional.of(new Wish.Pinned(Optional.empty()))
        : instant(words.get(1)).map(until -> new Wish.Pinned(Optional.of(until)));
  }

  private static Optional<Wish> held(List<String> words) {
    if (words.size() < 3) {
      return Optional.empty();
    }
    Optional<Integer> attempts = Optional.ofNullable(Ints.tryParse(words.get(1)));
    Optional<Instant> next = instant(words.get(2));
    return attempts.isPresent() && next.isPresent()
        ? Optional.of(
            new Wish.Held(words.size() > 3 ? words.get(3) : "", attempts.get(), next.get()))
        : Optional.empty();
  }

  static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
