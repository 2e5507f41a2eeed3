package org.hnvf.lab.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** grep(1), sed(1) and awk(1), as far as transcripts use them; empty where they use more. */
final class Filters {
  private static final Pattern AWK =
      Pattern.compile("(?:/([^/]*)/ *)?\\{ *print \\$(\\d+) *(; *exit)? *\\}");

  private Filters() {}

  /** {@code grep [-vciEqwFx] PATTERN}, from its input. */
  static Optional<Said> grep(List<String> arguments, String input) {
    String options = "";
    List<String> patterns = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("-e") && i + 1 < arguments.size()) {
        patterns.add(arguments.get(++i));
      } else if (word.matches("-[vciEqwFx]+")) {
        options += word.substring(1);
      } else {
        patterns.add(word);
      }
    }
    if (patterns.size() != 1) {
      return Optional.empty();
    }
    Optional<Pattern> pattern = pattern(patterns.get(0), options);
    if (pattern.isEmpty()) {
      return Optional.empty();
    }
    boolean inverted = options.contains("v");
    List<String> lines =
        input.lines().filter(l -> pattern.get().matcher(l).find() != inverted).toList();
    int status = lines.isEmpty() ? 1 : 0;
    if (options.contains("q")) {
      return Optional.of(new Said("", "", status));
    }
    String out =
        options.contains("c")
            ? lines.size() + "\n"
            : lines.stream().map(l -> l + "\n").collect(Collectors.joining());
    return Optional.of(new Said(out, "", status));
  }

  private static Optional<Pattern> pattern(String text, String options) {
    String regex = options.contains("E") ? text : basic(text);
    regex = options.contains("F") ? Pattern.quote(text) : regex;
    regex = options.contains("w") ? "\\b(?:" + regex + ")\\b" : regex;
    regex = options.contains("x") ? "^(?:" + regex + ")$" : regex;
    return compile(regex, options.contains("i") ? Pattern.CASE_INSENSITIVE : 0);
  }

  private static Optional<Pattern> compile(String regex, int flags) {
    try {
      return Optional.of(Pattern.compile(regex, flags));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  /** A basic regular expression, re_format(7), as Java writes it. */
  private static String basic(String regex) {
    StringBuilder java = new StringBuilder();
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      boolean pair = c == '\\' && i + 1 < regex.length();
      if (pair && "(){}|+?".indexOf(regex.charAt(i + 1)) >= 0) {
        java.append(regex.charAt(++i));
      } else if (pair) {
        java.append(c).append(regex.charAt(++i));
      } else if ("(){}|+?".indexOf(c) >= 0) {
        java.append('\\').append(c);
      } else {
        java.append(c);
      }
    }
    return java.toString();
  }

  /** A script of {@code s/…/…/} commands. */
  static Optional<String> sed(String script, String input) {
    String text = input;
    for (String command : script.split(";\\s*(?=s)", -1)) {
      String one = command.strip();
      if (one.length() < 4 || one.charAt(0) != 's') {
        return Optional.empty();
      }
      String[] fields = one.substring(2).split(Pattern.quote(one.substring(1, 2)), -1);
      Optional<Pattern> pattern = compile(basic(fields[0]), 0);
      if (fields.length != 3 || !fields[2].matches("g?;?") || pattern.isEmpty()) {
        return Optional.empty();
      }
      String with = fields[1].replace("\\/", "/");
      boolean everywhere = fields[2].startsWith("g");
      text =
          text.lines()
              .map(
                  l -> {
                    Matcher matcher = pattern.get().matcher(l);
                    String to = Matcher.quoteReplacement(with);
                    return (everywhere ? matcher.replaceAll(to) : matcher.replaceFirst(to)) + "\n";
                  })
              .collect(Collectors.joining());
    }
    return Optional.of(text);
  }

  /** {@code awk '/RE/{print $N}'}. */
  static Optional<String> awk(String program, String input) {
    Matcher awk = AWK.matcher(program.strip());
    if (!awk.matches()) {
      return Optional.empty();
    }
    Optional<Pattern> pattern = compile(awk.group(1) == null ? "" : awk.group(1), 0);
    if (pattern.isEmpty()) {
      return Optional.empty();
    }
    int field = Integer.parseInt(awk.group(2));
    return Optional.of(
        input
            .lines()
            .filter(l -> pattern.get().matcher(l).find())
            .map(l -> l.strip().split("\\s+", -1))
            .map(f -> (field == 0 || field > f.length ? "" : f[field - 1]) + "\n")
            .limit(awk.group(3) == null ? Long.MAX_VALUE : 1)
            .collect(Collectors.joining()));
  }
}
