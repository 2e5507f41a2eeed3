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
  private static final String WORDS =
      "(?i)(?<![A-Za-z0-9])((?:[A-Za-z0-9]+[_-])*"
          + "(?:pass(?:w(?:or)?d|phrase|code)?|pwd|pw|psk|secret|credentials?|token|community"
          + "|(?:auth|wep|pre|nw|private|shared|preshared|api|enc(?:ryption)?)?key)s?)"
          + "(?![A-Za-z0-9])";

  private static final String BETWEEN = "(\"?[ \\t]*(?:[=:,]\\s*|\\s+(?:[=:]\\s*)?))";

  /** A word of sh(1) with its quotes, or of any other text. */
  private static final String WORD =
      "(?:\\$?'[^']*(?:'|$)|\\$?\"(?:\\\\(?s:.)|[^\"\\\\])*+(?:\"|$)|\\\\(?s:.)|[^\\s'\"\\\\;{}])++";

  private static final Pattern ONE_WORD = Pattern.compile(WORDS + BETWEEN + WORD);
  private static final Pattern REST_OF_LINE =
      Pattern.compile(WORDS + "(\"?[ \\t]*(?:[=:,]\\s*|\\s+(?:[=:]\\s*)?))(?=\\S)[^\\n]*");

  /** {@code pass} is the action of a rule of pf(4), and of a translation that needs no rule. */
  private static final Pattern ACTION =
      Pattern.compile("(?m)^(\\s*(?:@[0-9]+\\s+)?(?:(?:nat|rdr|binat)\\s+)?)pass\\b");

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
          case PROCESSES -> ONE_WORD.matcher(ProcessLines.known(text)).replaceAll("$1$2*");
          case RC_CONF, IPFW, STATE -> ONE_WORD.matcher(text).replaceAll("$1$2*");
          case PF_RULES -> inRules(text);
          case SETTINGS -> text.isEmpty() ? text : KnownSettings.of(text);
          default -> REST_OF_LINE.matcher(text).replaceAll("$1$2*");
        };
    return BASE64.matcher(USER_OF_URL.matcher(plain).replaceAll("$1*@")).replaceAll("*");
  }

  private static String inRules(String text) {
    String marked = ACTION.matcher(text.replace(ACTION_KEPT, "")).replaceAll("$1" + ACTION_KEPT);
    Matcher secrets = ONE_WORD.matcher(marked);
    return secrets.replaceAll("$1$2*").replace(ACTION_KEPT, "pass");
  }
}
