package org.hnvf.event;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.model.InterfaceName;

/**
 * Parses the output of {@code route -n monitor} line by line. hnvf does not depend on it, so
 * unknown lines are skipped.
 *
 * <p>FreeBSD 14 and later print a line for a message (sbin/route/route_netlink.c; transcripts 26
 * and 33): {@code 12:43:37.028 PID 1588 delete addr 10.0.2.15/24 iface hn0}. FreeBSD 13 prints
 * several (print_rtmsg of sbin/route/route.c): {@code RTM_DELETE: Delete Route: …}, and the
 * addresses on a line of their own. Queries (RTM_GET) and neighbour entries are not changes.
 */
public final class RouteMessages {

  private static final Splitter WORDS =
      Splitter.on(CharMatcher.whitespace()).trimResults().omitEmptyStrings();
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d+");
  private static final ImmutableSet<String> DEFAULTS =
      ImmutableSet.of("default", "0.0.0.0", "0.0.0.0/0", "::", "::/0");
  private static final ImmutableSet<String> CHANGES =
      ImmutableSet.of(
          "RTM_ADD:",
          "RTM_DELETE:",
          "RTM_CHANGE:",
          "RTM_NEWADDR:",
          "RTM_DELADDR:",
          "RTM_IFANNOUNCE:");
  private static final int SHOWN = 120;

  /** The kind of the message whose address line follows; empty if none is expected. */
  private Optional<String> begun = Optional.empty();

  /** Returns the change in this line; empty if the line is irrelevant or only starts a message. */
  public Optional<RouteNews> read(String line) {
    List<String> words = WORDS.splitToList(line);
    if (words.isEmpty()) {
      return Optional.empty();
    }
    if (TIME.matcher(words.get(0)).matches()) {
      begun = Optional.empty();
      return ofOneLine(words.subList(1, words.size()));
    }
    if (words.get(0).startsWith("RTM_")) {
      begin(words.get(0), line);
      return words.get(0).equals("RTM_IFANNOUNCE:") ? announced(words) : Optional.empty();
    }
    if (begun.isPresent() && Character.isWhitespace(line.charAt(0))) {
      String kind = begun.get();
      begun = Optional.empty();
      return ofAddresses(kind, words);
    }
    return Optional.empty();
  }

  private static Optional<RouteNews> ofOneLine(List<String> stamped) {
    List<String> words =
        stamped.size() > 2 && stamped.get(0).equals("PID")
            ? stamped.subList(2, stamped.size())
            : stamped;
    if (words.size() < 3) {
      return Optional.empty();
    }
    ImmutableSet<InterfaceName> named = after("iface", words.subList(2, words.size()));
    return switch (words.get(1)) {
      case "route" -> news(named, DEFAULTS.contains(words.get(2)), words);
      case "addr" -> news(named, false, words);
      case "iface" ->
          news(
              words.stream()
                  .skip(3)
                  .limit(1)
                  .flatMap(name -> InterfaceName.of(name).stream())
                  .collect(ImmutableSet.toImmutableSet()),
              false,
              words);
      default -> Optional.empty();
    };
  }

  /** Starts a message; FreeBSD 13 prints neighbour entries as routes, which are skipped. */
  private void begin(String kind, String line) {
    boolean counts = CHANGES.contains(kind) && !line.contains("LLINFO");
    begun = counts ? Optional.of(kind) : Optional.empty();
  }

  private static Optional<RouteNews> announced(List<String> words) {
    return news(
        after(
            "name",
            words.stream().map(word -> CharMatcher.is(',').trimTrailingFrom(word)).toList()),
        false,
        words);
  }

  /**
   * Reads the interface from the address line, where it is {@code hn0:0.15.5d.0.0.1} or the zone of
   * a link-local address.
   */
  private static Optional<RouteNews> ofAddresses(String kind, List<String> words) {
    ImmutableSet.Builder<InterfaceName> names = ImmutableSet.builder();
    for (String word : words) {
      int end = word.indexOf(':');
      int zone = word.indexOf('%');
      Optional<String> name =
          zone >= 0
              ? Optional.of(word.substring(zone + 1))
              : end > 0 ? Optional.of(word.substring(0, end)) : Optional.empty();
      name.filter(RouteMessages::hasDigitAtEnd).flatMap(InterfaceName::of).ifPresent(names::add);
    }
    boolean route = !kind.endsWith("ADDR:");
    return news(names.build(), route && DEFAULTS.contains(words.get(0)), words);
  }

  /**
   * Returns whether the name ends in a digit, as all interface names do; {@code fe80:} of an
   * address does too, and matches no interface of hnvf.
   */
  private static boolean hasDigitAtEnd(String name) {
    return !name.isEmpty() && Character.isDigit(name.charAt(name.length() - 1));
  }

  private static ImmutableSet<InterfaceName> after(String key, List<String> words) {
    int at = words.indexOf(key);
    return at >= 0 && at + 1 < words.size()
        ? InterfaceName.of(words.get(at + 1)).map(ImmutableSet::of).orElse(ImmutableSet.of())
        : ImmutableSet.of();
  }

  private static Optional<RouteNews> news(
      ImmutableSet<InterfaceName> names, boolean defaultRoute, List<String> words) {
    return names.isEmpty() && !defaultRoute
        ? Optional.empty()
        : Optional.of(
            new RouteNews(
                names, defaultRoute, Ascii.truncate(String.join(" ", words), SHOWN, "...")));
  }
}
