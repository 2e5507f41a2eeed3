package org.hnvf.state;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;

/**
 * What failed, told so that the same failure is the same text: without numbers (pids, durations,
 * addresses), with {@code hn}, {@code VF} and {@code lagg} for the names, which change, and without
 * what a program wrote.
 */
public final class Cause {

  private static final String VF = "VF";
  private static final Pattern OF_VF = Pattern.compile("\\bVF\\b");
  private static final Pattern COMPLAINT = Pattern.compile("(?s)(` exited \\d+).*");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private Cause() {}

  /**
   * The cause of a failure.
   *
   * @param failure what is told of it
   * @param pair the pair, with the lagg that was worked on
   */
  public static String of(String failure, Pair pair) {
    String text = COMPLAINT.matcher(failure).replaceFirst("$1");
    return NUMBER.matcher(withRoles(text, pair)).replaceAll("#").strip();
  }

  /** The same text, in which the pair's interfaces are called by what they are. */
  static String withRoles(String text, Pair pair) {
    String result = named(text, pair.vf(), VF);
    result = named(result, pair.lagg(), "lagg");
    return named(result, Optional.of(pair.hn()), "hn");
  }

  /** Whether the VF itself, or what was done with it, is the cause. */
  static boolean isOfVf(String cause) {
    return OF_VF.matcher(cause).find();
  }

  private static String named(String text, Optional<InterfaceName> name, String role) {
    return Stream.of(name)
        .flatMap(Optional::stream)
        .map(n -> Pattern.compile("(?<![\\w.])" + Pattern.quote(n.value()) + "(?!\\w)"))
        .map(p -> p.matcher(text).replaceAll(Matcher.quoteReplacement(role)))
        .findFirst()
        .orElse(text);
  }
}
