package org.hnvf.freebsd;

import com.google.common.collect.ImmutableList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OtherUse.Mention;

/**
 * The lines of a text that name an interface as a word of its own: not in a comment, not as a part
 * of another name, not as the parent in {@code hn0.100}, whose name does not change when it moves.
 */
public final class InterfaceMentions {

  private static final int SHOWN = 80;
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
  private static final Pattern ASSIGNMENT = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)");

  /** Variables of rc.conf(5) for routes and addresses, which hnvf evaluates itself. */
  private static final Pattern UNDERSTOOD =
      Pattern.compile(
          "(ipv6_)?(static_routes|network_interfaces|route_.*|defaultrouter.*)"
              + "|vlans_.*|cloned_interfaces|hyperv_.*|hnvf_.*|ifconfig_.*_name|gif_interfaces");

  private static final Pattern PARENT = Pattern.compile("\\b(vlandev|laggport|addm)\\s");

  private InterfaceMentions() {}

  /** Returns the lines of any file. */
  public static ImmutableList<Mention> in(String file, String text, InterfaceName name) {
    return find(file, text, name, false);
  }

  /**
   * Returns the lines of a file of rc.conf(5), without the variables that hnvf evaluates itself.
   */
  public static ImmutableList<Mention> inRcConf(String file, String text, InterfaceName name) {
    return find(file, text, name, true);
  }

  private static ImmutableList<Mention> find(
      String file, String text, InterfaceName name, boolean rcConf) {
    Pattern word =
        Pattern.compile(
            "(?<![A-Za-z0-9_])" + Pattern.quote(name.value()) + "(?![A-Za-z0-9_]|\\.[0-9])");
    ImmutableList.Builder<Mention> mentions = ImmutableList.builder();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String said = COMMENT.matcher(line).replaceFirst("");
      if (word.matcher(said).find() && !(rcConf && isUnderstood(said))) {
        mentions.add(new Mention(file, number, printable(line.strip())));
      }
    }
    return mentions.build();
  }

  private static boolean isUnderstood(String line) {
    Matcher assignment = ASSIGNMENT.matcher(line);
    return assignment.matches()
        && (UNDERSTOOD.matcher(assignment.group(1)).matches()
            || PARENT.matcher(assignment.group(2)).find());
  }

  /** Hides text that looks like a password, which any line may contain. */
  private static String printable(String line) {
    StringBuilder text = new StringBuilder();
    line.replaceAll("(?i)(pass\\w*|key|secret)([\\s=:]+)\\S+", "$1$2…")
        .codePoints()
        .limit(SHOWN)
        .forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return line.codePointCount(0, line.length()) > SHOWN ? text + "…" : text.toString();
  }
}
