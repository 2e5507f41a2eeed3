package org.hnvf.journal;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.BackOff.Kind;
import org.hnvf.model.BackOff.Tried;
import org.hnvf.model.InterfaceName;

/**
 * The text of a back-off, readable by a person: attempts, the time of the next try, and the cause;
 * then its kind, and the tries that failed, with the fingerprint of their configuration.
 *
 * <pre>{@code
 * 2 2026-11-22T13:00:00Z `ifconfig lagg0 create` exited 1: ...
 * kind BY_CAUSE
 * tried 2026-11-22T12:56:00Z mlxen0 0f1e2d3c4b5a6978 prepare lagg: `ifconfig lagg create` exited #
 * tried 2026-11-22T12:58:00Z mlxen0 0f1e2d3c4b5a6978 prepare lagg: `ifconfig lagg create` exited #
 * }</pre>
 *
 * <p>The first line alone is a passing fault of which nothing is counted.
 */
final class BackOffText {

  /** The upper limit of the attempts in a valid text. */
  private static final int MOST = 1_000_000;

  private static final String KIND = "kind ";
  private static final String TRIED = "tried ";
  private static final String NO_VF = "-";

  private BackOffText() {}

  static String format(BackOff backOff) {
    StringBuilder text = new StringBuilder();
    text.append(backOff.attempts()).append(' ').append(backOff.nextTry()).append(' ');
    text.append(printable(backOff.cause())).append('\n');
    if (backOff.kind() != Kind.PASSING || !backOff.tries().isEmpty()) {
      text.append(KIND).append(backOff.kind()).append('\n');
    }
    for (Tried tried : backOff.tries()) {
      text.append(TRIED).append(tried.at()).append(' ');
      text.append(tried.vf().map(InterfaceName::value).orElse(NO_VF)).append(' ');
      text.append(tried.fingerprint()).append(' ').append(printable(tried.cause())).append('\n');
    }
    return text.toString();
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  /** Returns the back-off; empty if the text is not valid. */
  static Optional<BackOff> parse(String text) {
    List<String> lines = Splitter.on('\n').splitToList(text.strip());
    List<String> words = Splitter.on(' ').limit(3).splitToList(lines.get(0).strip());
    if (words.size() < 2) {
      return Optional.empty();
    }
    Optional<Integer> attempts =
        Optional.ofNullable(Ints.tryParse(words.get(0))).filter(n -> n >= 1 && n <= MOST);
    Optional<Instant> next = TimeText.parse(words.get(1));
    String cause = words.size() > 2 ? words.get(2) : "";
    Optional<Kind> kind = lines.size() > 1 ? kind(lines.get(1)) : Optional.of(Kind.PASSING);
    Optional<ImmutableList<Tried>> tries = tries(lines.stream().skip(2).toList());
    return attempts.isPresent() && next.isPresent() && kind.isPresent() && tries.isPresent()
        ? Optional.of(new BackOff(kind.get(), cause, attempts.get(), next.get(), tries.get()))
        : Optional.empty();
  }

  private static Optional<Kind> kind(String line) {
    return Arrays.stream(Kind.values()).filter(k -> line.equals(KIND + k)).findFirst();
  }

  private static Optional<ImmutableList<Tried>> tries(List<String> lines) {
    ImmutableList.Builder<Tried> tries = ImmutableList.builder();
    for (String line : lines) {
      Optional<Tried> tried = tried(line);
      if (tried.isEmpty()) {
        return Optional.empty();
      }
      tries.add(tried.get());
    }
    return Optional.of(tries.build());
  }

  private static Optional<Tried> tried(String line) {
    List<String> words = Splitter.on(' ').limit(5).splitToList(line);
    if (words.size() < 5 || !line.startsWith(TRIED)) {
      return Optional.empty();
    }
    Optional<InterfaceName> vf = InterfaceName.of(words.get(2));
    boolean named = vf.isPresent() || words.get(2).equals(NO_VF);
    return TimeText.parse(words.get(1))
        .filter(at -> named)
        .map(at -> new Tried(at, vf, words.get(3), words.get(4)));
  }
}
