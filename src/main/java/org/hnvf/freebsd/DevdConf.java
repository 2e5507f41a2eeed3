package org.hnvf.freebsd;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The {@code notify} rules and the directories of a file of devd.conf(5). */
public final class DevdConf {

  private static final Pattern TOKEN =
      Pattern.compile("#[^\n]*|//[^\n]*|/\\*(?s:.*?)\\*/|\"([^\"]*)\"|([A-Za-z0-9_-]+)|([{};])");

  private DevdConf() {}

  /**
   * A rule.
   *
   * @param priority its priority; devd(8) runs the matching rule with the highest one
   * @param matches the patterns by variable
   * @param action the line for sh(1)
   */
  public record Rule(int priority, ImmutableMap<String, String> matches, String action) {

    /** Returns whether it matches these variables; a variable that is not among them matches. */
    public boolean matches(ImmutableMap<String, String> event) {
      return matches.entrySet().stream()
          .allMatch(match -> matches(match.getValue(), event.get(match.getKey())));
    }

    private static boolean matches(String pattern, @Nullable String value) {
      if (value == null) {
        return true;
      }
      boolean inverted = pattern.startsWith("!");
      try {
        return inverted
            != Pattern.compile(inverted ? pattern.substring(1) : pattern, Pattern.CASE_INSENSITIVE)
                .matcher(value)
                .matches();
      } catch (PatternSyntaxException e) {
        return false;
      }
    }
  }

  /**
   * A file.
   *
   * @param rules its {@code notify} rules
   * @param directories the values of {@code directory}
   */
  public record File(ImmutableList<Rule> rules, ImmutableList<String> directories) {}

  /** Parses a file. Parts that are not known are skipped. */
  public static File parse(String text) {
    ImmutableList.Builder<Rule> rules = ImmutableList.builder();
    ImmutableList.Builder<String> directories = ImmutableList.builder();
    Matcher tokens = TOKEN.matcher(text);
    for (Optional<String> word = next(tokens); word.isPresent(); word = next(tokens)) {
      if (word.get().equals("directory")) {
        next(tokens).ifPresent(directories::add);
      } else if (word.get().equals("notify")) {
        rule(tokens).ifPresent(rules::add);
      }
    }
    return new File(rules.build(), directories.build());
  }

  private static Optional<Rule> rule(Matcher tokens) {
    Optional<Integer> priority = next(tokens).flatMap(Addresses::number);
    Map<String, String> matches = new LinkedHashMap<>();
    String action = "";
    for (Optional<String> word = next(tokens); word.isPresent(); word = next(tokens)) {
      if (word.get().equals("}")) {
        String line = action;
        return priority.map(number -> new Rule(number, ImmutableMap.copyOf(matches), line));
      } else if (word.get().equals("match")) {
        String name = next(tokens).orElse("");
        matches.put(name, next(tokens).orElse(""));
      } else if (word.get().equals("action")) {
        action = next(tokens).orElse("");
      }
    }
    return Optional.empty();
  }

  /** Returns the next word or text; comments are skipped. */
  private static Optional<String> next(Matcher tokens) {
    while (tokens.find()) {
      for (int group = 1; group <= 3; group++) {
        if (tokens.group(group) != null) {
          return Optional.of(tokens.group(group));
        }
      }
    }
    return Optional.empty();
  }
}
