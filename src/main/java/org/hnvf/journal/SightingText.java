package org.hnvf.journal;

import com.google.common.base.Splitter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairState;
import org.hnvf.model.PastScript;
import org.hnvf.model.Sighting;
import org.hnvf.model.VfCounts;

/**
 * The text of a {@link Sighting}, one line: time, boot time, state, VF, active interface, and the
 * back-off in words. {@code -} stands for an absent value.
 *
 * <pre>{@code
 * 2026-11-22T13:00:00Z 2026-11-22T12:00:00Z LAGG_VF mce0 mce0 -
 * script 2026-11-22T13:00:00Z 1200 /usr/libexec/hyperv/hyperv_vfup.hn0 -
 * }</pre>
 *
 * <p>The second form is a run of an override script ({@link PastScript}).
 */
final class SightingText {

  private static final String NONE = "-";
  private static final int WORDS = 6;

  /** The largest number of characters of a back-off; its cause quotes the output of programs. */
  private static final int LONGEST = 400;

  /** Times that a VF came and went before the first line. */
  private static final Pattern DROPPED = Pattern.compile("dropped (\\d{1,18}) (\\d{1,18})");

  /** Time, milliseconds, path, failure. */
  private static final Pattern SCRIPT =
      Pattern.compile("script (\\S+) (\\d{1,12}) (/\\S*) (\\S.*)");

  private SightingText() {}

  static String format(PastScript script) {
    return String.join(
            " ",
            "script",
            script.began().toString(),
            Long.toString(Math.max(0, script.took().toMillis())),
            script.path(),
            script.failure().map(SightingText::printable).orElse(NONE))
        + "\n";
  }

  /** Returns the script; empty if the line is not in the form of {@link #format(PastScript)}. */
  static Optional<PastScript> parseScript(String line) {
    Matcher script = SCRIPT.matcher(line);
    return script.matches()
        ? TimeText.parse(script.group(1))
            .map(
                began ->
                    new PastScript(
                        began,
                        Duration.ofMillis(Long.parseLong(script.group(2))),
                        script.group(3),
                        Optional.of(script.group(4)).filter(failure -> !failure.equals(NONE))))
        : Optional.empty();
  }

  static String formatDropped(VfCounts counts) {
    return "dropped " + counts.came() + " " + counts.went() + "\n";
  }

  /** Returns the numbers; empty if the line is not in the form of {@link #formatDropped}. */
  static Optional<VfCounts> parseDropped(String line) {
    Matcher dropped = DROPPED.matcher(line);
    return dropped.matches()
        ? Optional.of(
            new VfCounts(Long.parseLong(dropped.group(1)), Long.parseLong(dropped.group(2))))
        : Optional.empty();
  }

  static String format(Sighting seen) {
    return String.join(
            " ",
            seen.at().toString(),
            seen.boot().map(Instant::toString).orElse(NONE),
            seen.state().name(),
            seen.vf().map(InterfaceName::value).orElse(NONE),
            seen.path().map(InterfaceName::value).orElse(NONE),
            seen.held().map(SightingText::printable).orElse(NONE))
        + "\n";
  }

  /** Returns the sighting as it is after it was written and read. */
  static Sighting asWritten(Sighting seen) {
    return new Sighting(
        seen.at(),
        seen.boot(),
        seen.state(),
        seen.vf(),
        seen.path(),
        seen.held().map(SightingText::printable));
  }

  private static String printable(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    String whole = line.isEmpty() ? "held" : line;
    return whole.length() > LONGEST ? whole.substring(0, LONGEST).strip() : whole;
  }

  /** Returns the sighting; empty if the line is not in the form of {@link #format(Sighting)}. */
  static Optional<Sighting> parse(String line) {
    List<String> words = Splitter.on(' ').limit(WORDS).splitToList(line);
    if (words.size() < WORDS) {
      return Optional.empty();
    }
    Optional<Instant> at = TimeText.parse(words.get(0));
    Optional<PairState> state =
        Arrays.stream(PairState.values())
            .filter(known -> known.name().equals(words.get(2)))
            .findFirst();
    if (at.isEmpty() || state.isEmpty()) {
      return Optional.empty();
    }
    Sighting seen =
        new Sighting(
            at.get(),
            TimeText.parse(words.get(1)),
            state.get(),
            InterfaceName.of(words.get(3)),
            InterfaceName.of(words.get(4)),
            Optional.of(words.get(5)).filter(held -> !held.equals(NONE)));
    return Optional.of(seen).filter(read -> format(read).equals(line + "\n"));
  }
}
