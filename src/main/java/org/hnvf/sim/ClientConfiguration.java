package org.hnvf.sim;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of dhclient.conf(5) for one interface that is simulated: {@code ignore routers} and
 * {@code supersede domain-name}, for all interfaces or in the interface's own block (transcript
 * 69). The rest is skipped.
 *
 * @param ignoresRouters whether the server's router is ignored
 * @param domain the domain instead of the server's
 */
record ClientConfiguration(boolean ignoresRouters, Optional<String> domain) {

  /** Where dhclient(8) looks without {@code -c}. */
  static final String DEFAULT_FILE = "/etc/dhclient.conf";

  private static final Pattern COMMENT = Pattern.compile("#[^\n]*");
  private static final Pattern BLOCK =
      Pattern.compile("interface\\s+\"([^\"]*)\"\\s*\\{([^{}]*)\\}");
  private static final Pattern IGNORES = Pattern.compile("\\bignore\\b[^;]*\\brouters\\b[^;]*;");
  private static final Pattern DOMAIN =
      Pattern.compile("\\bsupersede\\s+domain-name\\s+\"([^\"]*)\"\\s*;");

  /** Parses the text for an interface. */
  static ClientConfiguration of(String text, String ifName) {
    String plain = COMMENT.matcher(text).replaceAll("");
    StringBuilder counts = new StringBuilder(BLOCK.matcher(plain).replaceAll(""));
    for (Matcher block = BLOCK.matcher(plain); block.find(); ) {
      if (block.group(1).equals(ifName)) {
        counts.append(block.group(2));
      }
    }
    Optional<String> domain = Optional.empty();
    for (Matcher said = DOMAIN.matcher(counts); said.find(); ) {
      domain = Optional.of(said.group(1));
    }
    return new ClientConfiguration(IGNORES.matcher(counts).find(), domain);
  }
}
