package org.hnvf.capture;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.settings.KnownSettings;

/**
 * Hides keys and passwords. No form of a capture contains them. A secret is the text after a word
 * such as {@code pass} or {@code authkey}.
 */
final class Secrets {

  static final String MASK = "*";

  /** The words after which a secret may stand, alone or at the end of a longer name. */
  private static final Pattern WORDS =
      Pattern.compile(
          "(?i)(?<![A-Za-z0-9])((?:[A-Za-z0-9]+[_-]){0,8}"
              + "(?:pass(?:w(?:or)?d|phrase|code)?|pwd|pw|psk|secret|credentials?|token|community"
              + "|(?:auth|wep|pre|nw|private|shared|preshared|api|enc(?:ryption)?)?key)s?)"
              + "(?![A-Za-z0-9])");

  private static final String BETWEEN = "(\"?(?:\\s*+[=:,]\\s*+|\\s++))";

  private static final Pattern BEFORE_ANYTHING = Pattern.compile(WORDS + BETWEEN + "(?=\\S)");
  private static final Pattern REST_OF_LINE = Pattern.compile(BEFORE_ANYTHING + "[^\\n]*");

  /** A word of sh(1) with its quotes; a quoted part may have several lines. */
  private static final Pattern IN_VALUE = oneWord("");

  /** The same where a quote ends with its line at the latest. */
  private static final Pattern IN_LINE = oneWord("\\n");

  /** {@code pass} is the action of a rule of pf(4), and of a translation that needs no rule. */
  private static final Pattern ACTION =
      Pattern.compile("(?m)^([ \\t]*+(?:@[0-9]+ )?(?:(?:nat|rdr|binat) )?)pass\\b");

  private static final String ACTION_KEPT = "\u0001";

  private static final Pattern USER_OF_URL = Pattern.compile("(://)[^/\\s@]+@");

  /** A key of 32 bytes in Base64, as those of wg(4). */
  private static final Pattern BASE64 =
      Pattern.compile("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])");

  private Secrets() {}

  /** Returns the block without secrets. */
  static Block hidden(Block block) {
    return block.with(hidden(block.source(), block.stdout()), hidden(Source.OTHER, block.stderr()));
  }

  /** Returns the text without secrets. */
  static String hidden(Source source, String text) {
    String plain =
        switch (source) {
          case PROCESSES -> words(IN_LINE, ProcessLines.known(text));
          case STATE -> words(IN_LINE, text);
          case RC_CONF -> words(IN_VALUE, text);
          case PF_RULES -> inRules(text);
          case SETTINGS -> text.isEmpty() ? text : KnownSettings.of(text);
          default -> REST_OF_LINE.matcher(text).replaceAll("$1$2*");
        };
    return BASE64.matcher(USER_OF_URL.matcher(plain).replaceAll("$1*@")).replaceAll("*");
  }

  /**
   * Returns a pattern of a secret after its word, or of a text in quotes, so that the end of one
   * quoted text is not taken for the beginning of the next.
   */
  private static Pattern oneWord(String end) {
    String quoted =
        "\\$?'[^'" + end + "]*+(?:'|$)|\\$?\"(?:\\\\(?s:.)|[^\"\\\\" + end + "])*+(?:\"|$)";
    return Pattern.compile(
        WORDS
            + BETWEEN
            + "(?:"
            + quoted
            + "|\\\\(?s:.)|[^\\s'\"\\\\;{}]++|['\"])++|(?<quoted>"
            + quoted
            + ")",
        Pattern.MULTILINE);
  }

  private static String words(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .replaceAll(
            found ->
                found.group(1) == null
                    ? Matcher.quoteReplacement(quoted(found.group()))
                    : found.group(1) + Matcher.quoteReplacement(found.group(2)) + MASK);
  }

  /** Returns the text in quotes, or a mark if it contains the word of a secret. */
  private static String quoted(String text) {
    return BEFORE_ANYTHING.matcher(text).find() ? "\"" + MASK + "\"" : text;
  }

  private static String inRules(String text) {
    String marked = ACTION.matcher(text.replace(ACTION_KEPT, "")).replaceAll("$1" + ACTION_KEPT);
    return words(IN_LINE, marked).replace(ACTION_KEPT, "pass");
  }
}
