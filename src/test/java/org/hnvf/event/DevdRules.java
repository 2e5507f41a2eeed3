package org.hnvf.event;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code notify} rules of devd.conf(5), and what devd(8) would run for an event: a small model
 * of devd.cc, written beside the code under test and not with its help.
 */
public final class DevdRules {

  /**
   * One rule.
   *
   * @param file where it was read
   * @param priority the highest that matches wins
   * @param matches variable and regular expression, {@code !} in front to turn it round
   * @param mediaType of the interface, where it is asked for
   * @param action the line for sh(1), its variables not yet put in
   */
  public record Rule(
      String file,
      int priority,
      ImmutableMap<String, String> matches,
      Optional<String> mediaType,
      String action) {}

  private static final Pattern TOKEN =
      Pattern.compile("#[^\n]*|//[^\n]*|\"([^\"]+)\"|([A-Za-z0-9_-]+)|([{};])|(\\S)");

  private final ImmutableList<Rule> rules;
  private final ImmutableMap<String, String> globals;
  private final Function<String, String> mediaTypes;

  /**
   * The rules in the order in which devd reads them.
   *
   * @param globals variables that stand for every event, as {@code vm_guest}
   * @param mediaTypes the media type of an interface
   */
  public DevdRules(
      List<Rule> rules, ImmutableMap<String, String> globals, Function<String, String> mediaTypes) {
    this.rules = ImmutableList.copyOf(rules);
    this.globals = globals;
    this.mediaTypes = mediaTypes;
  }

  /** Reads the rules of one file. */
  public static ImmutableList<Rule> read(String file, String text) {
    ImmutableList.Builder<Rule> rules = ImmutableList.builder();
    Tokens tokens = new Tokens(file, text);
    while (tokens.more()) {
      tokens.expect("notify");
      int priority = Integer.parseInt(tokens.next());
      tokens.expect("{");
      ImmutableMap.Builder<String, String> matches = ImmutableMap.builder();
      Optional<String> media = Optional.empty();
      String action = "";
      for (String word = tokens.next(); !word.equals("}"); word = tokens.next()) {
        switch (word) {
          case "match" -> matches.put(tokens.next(), tokens.next());
          case "media-type" -> media = Optional.of(tokens.next());
          case "action" -> action = tokens.next();
          default -> throw new IllegalStateException(file + ": unexpected " + word);
        }
        tokens.expect(";");
      }
      tokens.expect(";");
      rules.add(new Rule(file, priority, matches.buildOrThrow(), media, action));
    }
    return rules.build();
  }

  /** The rule that wins; of those with the same priority the one that was read first. */
  public Optional<Rule> ruleFor(String event) {
    ImmutableMap<String, String> variables = variables(event);
    Optional<Rule> winner = Optional.empty();
    for (Rule rule : rules) {
      if (winner.map(w -> rule.priority() > w.priority()).orElse(true)
          && matches(rule, variables)) {
        winner = Optional.of(rule);
      }
    }
    return winner;
  }

  /** The line that devd hands to {@code sh -c} for this event under this rule. */
  public String actionLine(Rule rule, String event) {
    ImmutableMap<String, String> variables = variables(event);
    return Pattern.compile("\\$([A-Za-z_*-][A-Za-z0-9_-]*)")
        .matcher(rule.action())
        .replaceAll(
            variable ->
                Matcher.quoteReplacement(
                    shellQuoted(variables.getOrDefault(variable.group(1), ""))));
  }

  private boolean matches(Rule rule, ImmutableMap<String, String> variables) {
    for (Map.Entry<String, String> match : rule.matches().entrySet()) {
      boolean inverted = match.getValue().startsWith("!");
      String regex = inverted ? match.getValue().substring(1) : match.getValue();
      String value = variables.getOrDefault(match.getKey(), "");
      // devd asks for REG_ICASE, and puts ^ and $ round the expression.
      boolean found = Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(value).matches();
      if (found == inverted) {
        return false;
      }
    }
    String subsystem = variables.getOrDefault("subsystem", "");
    return rule.mediaType().map(mediaTypes.apply(subsystem)::equals).orElse(true);
  }

  /** As chop_var and fix_value: it stops at what it does not understand; the last of a key wins. */
  private ImmutableMap<String, String> variables(String event) {
    Map<String, String> variables = new HashMap<>(globals);
    variables.put("*", event);
    Matcher pair =
        Pattern.compile("\\G([A-Za-z0-9_-]*)=(?:\"((?:\\\\\"|[^\"])*)\"|(\\S*))\\s*")
            .matcher(event)
            .region(1, event.length());
    while (pair.find()) {
      String value = pair.group(2) != null ? pair.group(2) : pair.group(3);
      variables.put(pair.group(1), value.replace("\\\"", "\""));
    }
    return ImmutableMap.copyOf(variables);
  }

  /** As shell_quote of devd.cc. */
  private static String shellQuoted(String value) {
    return "$'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static final class Tokens {
    private final String file;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    Tokens(String file, String text) {
      this.file = file;
      Matcher token = TOKEN.matcher(text);
      while (token.find()) {
        if (token.group(4) != null) {
          throw new IllegalStateException(file + ": unexpected " + token.group(4));
        }
        for (int kind = 1; kind <= 3; kind++) {
          if (token.group(kind) != null) {
            tokens.add(token.group(kind));
          }
        }
      }
    }

    boolean more() {
      return at < tokens.size();
    }

    String next() {
      if (!more()) {
        throw new IllegalStateException(file + " ends in the middle of a rule");
      }
      return tokens.get(at++);
    }

    void expect(String wanted) {
      String found = next();
      if (!found.equals(wanted)) {
        throw new IllegalStateException(file + ": " + found + " where " + wanted + " should be");
      }
    }
  }
}
