package org.hnvf.state;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;

/**
 * The cause of a failure in a form that is equal for equal failures: without numbers (process ids,
 * durations, addresses), with {@code hn}, {@code VF} and {@code lagg} in place of the names, which
 * change, and without the output of programs.
 */
public final class Cause {

  private static final String VF = "VF";
  private static final Pattern OF_VF = Pattern.compile("\\bVF\\b");
  private static final Pattern COMPLAINT = Pattern.compile("(?s)(` exited \\d+).*");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private Cause() {}

  /**
   * Returns the cause of a failure.
   *
   * @param failure the message
   * @param pair the pair, with the lagg of the workflow
   */
  public static String of(String failure, Pair pair) {
    String text = COMPLAINT.matcher(failure).replaceFirst("$1");
    return NUMBER.matcher(withRoles(text, pair)).replaceAll("#").strip();
  }

  /** Returns the text with the roles of the pair's interfaces in place of their names. */
  static String withRoles(String text, Pair pair) {
    String result = named(text, pair.vf(), VF);
    result = named(result, pair.lagg(), "lagg");
    return named(result, Optional.of(pair.hn()), "hn");
  }

  /** Returns whether the cause is the VF itself, or a step that concerns the VF. */
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
