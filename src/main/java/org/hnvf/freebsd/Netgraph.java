package org.hnvf.freebsd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;

/**
 * The netgraph(4) hooks that are attached to an interface. ng_ether(4) creates a node for each
 * Ethernet interface under its name, with {@code _} for a dot; each user of the interface has a
 * hook on it.
 */
public final class Netgraph {

  private static final Pattern NODE =
      Pattern.compile("\\s*Name: (\\S+)\\s+Type: ether\\s+ID: \\S+\\s+Num hooks: ([0-9]+)\\s*");

  private Netgraph() {}

  /**
   * Checks whether ng_ether(4) is loaded: exit status 0, or 1 if not (transcript 21). ngctl(8)
   * would load ng_socket(4), so hnvf does not run it first.
   */
  public static Command loaded() {
    return Command.reading(TimeLimits.QUESTION, "kldstat", "-qm", "ng_ether");
  }

  /** Shows the nodes. */
  public static Command nodes() {
    return Command.reading(TimeLimits.QUESTION, "ngctl", "list");
  }

  /** Returns the number of hooks on the node of this interface in the output of {@link #nodes}. */
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
