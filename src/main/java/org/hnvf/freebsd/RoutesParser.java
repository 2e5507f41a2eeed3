package org.hnvf.freebsd;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.Route;

/**
 * Parses the output of {@code netstat -rn} (usr.bin/netstat/route.c). The columns are separated by
 * white space and have no fixed positions: a long gateway moves the others to the right. With
 * {@code -W} there are columns of numbers before the interface.
 */
public final class RoutesParser {

  private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();

  /**
   * {@code default}, or a word with a dot or a colon and only characters of an address before it.
   */
  private static final Pattern DESTINATION =
      Pattern.compile("default|[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]*(?:%[^/]+)?(?:/[0-9]+|&0x[0-9a-f]+)?");

  private static final Pattern FLAGS = Pattern.compile("[A-Z][A-Za-z0-9]*");

  /** The heading, which names a FIB other than 0 (transcript 67). */
  private static final Pattern TABLE =
      Pattern.compile("Routing tables(?: \\(fib: ([0-9]{1,5})\\))?");

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final int FLAGS_COLUMN = 2;

  private RoutesParser() {}

  /**
   * The routes, in the order of the text. Other lines and tables of other address families are
   * skipped.
   */
  public static ImmutableList<Route> parse(String text) {
    ImmutableList.Builder<Route> routes = ImmutableList.builder();
    Optional<Boolean> ipv6 = Optional.empty();
    int fib = 0;
    for (String line : Splitter.on('\n').split(text)) {
      Matcher table = TABLE.matcher(line);
      if (table.matches()) {
        fib = table.group(1) == null ? 0 : Integer.parseInt(table.group(1));
      } else if (line.isBlank()) {
        ipv6 = Optional.empty();
      } else if (line.equals("Internet:")) {
        ipv6 = Optional.of(false);
      } else if (line.equals("Internet6:")) {
        ipv6 = Optional.of(true);
      } else {
        int of = fib;
        ipv6.flatMap(family -> route(family, WORDS.splitToList(line)))
            .ifPresent(route -> routes.add(route.in(of)));
      }
    }
    return routes.build();
  }

  private static Optional<Route> route(boolean ipv6, List<String> words) {
    if (words.size() <= FLAGS_COLUMN + 1
        || !DESTINATION.matcher(words.get(0)).matches()
        || !FLAGS.matcher(words.get(FLAGS_COLUMN)).matches()) {
      return Optional.empty();
    }
    int netif = FLAGS_COLUMN + 1;
    while (netif < words.size() - 1 && NUMBER.matcher(words.get(netif)).matches()) {
      netif++;
    }
    String expire = String.join(" ", words.subList(netif + 1, words.size()));
    return Optional.of(
        new Route(
            ipv6,
            words.get(0),
            words.get(1),
            words.get(FLAGS_COLUMN),
            words.get(netif),
            Optional.of(expire).filter(text -> !text.isEmpty()),
            ImmutableList.copyOf(words.subList(FLAGS_COLUMN + 1, netif)),
            0));
  }
}
