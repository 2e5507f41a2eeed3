package org.hnvf.freebsd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;

/**
 * What of netgraph(4) is attached to an interface. ng_ether(4) gives each Ethernet interface a node
 * of its name, with {@code _} for a dot; what uses the interface is a hook of it.
 */
public final class Netgraph {

  private static final Pattern NODE =
      Pattern.compile("\\s*Name: (\\S+)\\s+Type: ether\\s+ID: \\S+\\s+Num hooks: ([0-9]+)\\s*");

  private Netgraph() {}

  /**
   * Whether ng_ether(4) is there: exit status 0, or 1 where it is not (transcript 21). ngctl(8)
   * would load ng_socket(4), so it is not asked before.
   */
  public static Command loaded() {
    return Command.reading(TimeLimits.QUESTION, "kldstat", "-qm", "ng_ether");
  }

  /** Shows the nodes. */
  public static Command nodes() {
    return Command.reading(TimeLimits.QUESTION, "ngctl", "list");
  }

  /** How many hooks the node of this interface has in what {@link #nodes} printed. */
  public static int hooks(String text, InterfaceName name) {
    String node = name.value().replace('.', '_');
    return text.lines()
        .map(NODE::matcher)
        .filter(Matcher::matches)
        .filter(found -> found.group(1).equals(node))
        .mapToInt(found -> found.group(2).length() > 6 ? 1 : Integer.parseInt(found.group(2)))
        .sum();
  }
}
