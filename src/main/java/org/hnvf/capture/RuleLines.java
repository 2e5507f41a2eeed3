package org.hnvf.capture;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Anonymises the rules of pf(4) and ipfw(4): labels, comments, and the names of anchors, tables,
 * tags and users. The effect of a rule stays.
 */
final class RuleLines {

  private static final Pattern QUOTED = Pattern.compile("\"([^\"\\n]*)(?:\"|$)", Pattern.MULTILINE);
  private static final Pattern TABLE =
      Pattern.compile("<(?!__automatic)([^<>\\s:]+)((?::[0-9]+)?>)");
  private static final Pattern NAMED =
      Pattern.compile("\\b(tag|tagged|queue|user|group|label|anchor)( ?= ?| )([^\\s\"(){}<>!=]+)");
  private static final Pattern IPFW_TABLE = Pattern.compile("\\btable\\(([^(),\\s]+)");
  private static final Pattern IPFW_NAMED = Pattern.compile("\\b(uid|gid|jail)\\s+(\\S+)");

  private final NameMap names;

  RuleLines(NameMap names) {
    this.names = names;
  }

  /** Returns rules of pf(4). */
  String ofPf(String text) {
    String quoted =
        QUOTED.matcher(text).replaceAll(found -> '"' + replaced("text", found, 1) + '"');
    String tables =
        TABLE
            .matcher(quoted)
            .replaceAll(
                found ->
                    '<' + replaced("table", found, 1) + Matcher.quoteReplacement(found.group(2)));
    return NAMED
        .matcher(tables)
        .replaceAll(
            found ->
                found.group(3).matches("[0-9]+|all|on|inet6?|in|out")
                    ? Matcher.quoteReplacement(found.group())
                    : found.group(1) + found.group(2) + replaced(found.group(1), found, 3));
  }

  /** Returns rules and tables of ipfw(4). */
  String ofIpfw(String text) {
    String rules = Lines.map(text, RuleLines::withoutComment);
    String tables =
        IPFW_TABLE.matcher(rules).replaceAll(found -> "table(" + replaced("table", found, 1));
    return IPFW_NAMED
        .matcher(tables)
        .replaceAll(found -> found.group(1) + " " + replaced(found.group(1), found, 2));
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf("//");
    return comment < 0 ? line : line.substring(0, comment).stripTrailing();
  }

  private String replaced(String kind, MatchResult found, int group) {
    String name = found.group(group);
    return name.isEmpty() || name.matches("[0-9]+|/|\\*|\\d+(,\\d+)*")
        ? name
        : names.of(kind, name);
  }
}
