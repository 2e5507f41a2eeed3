package org.hnvf.journal;

import com.google.common.base.Splitter;
import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Route;

/**
 * A route as four words of netstat(1), and its FIB unless it is 0. Each word is checked, because it
 * becomes an argument of route(8).
 */
final class RouteWords {

  private static final Pattern FLAGS = Pattern.compile("[A-Za-z0-9]{1,16}");
  private static final Pattern LINK = Pattern.compile("link#[0-9]{1,6}");

  private RouteWords() {}

  static Optional<Route> route(boolean ipv6, String text) {
    List<String> words = Splitter.on(' ').splitToList(text);
    boolean accepted =
        (words.size() == 4 || (words.size() == 6 && words.get(4).equals("fib") && fib(words) > 0))
            && isDestination(ipv6, words.get(0))
            && isGateway(ipv6, words.get(1))
            && FLAGS.matcher(words.get(2)).matches()
            && InterfaceName.of(words.get(3)).isPresent();
    return accepted
        ? Optional.of(
            new Route(
                    ipv6, words.get(0), words.get(1), words.get(2), words.get(3), Optional.empty())
                .in(words.size() == 4 ? 0 : fib(words)))
        : Optional.empty();
  }

  /** Returns the FIB at the end; 0 without one. */
  private static int fib(List<String> words) {
    Integer fib = words.get(5).matches("[1-9][0-9]{0,4}") ? Ints.tryParse(words.get(5)) : null;
    return fib == null ? 0 : fib;
  }

  private static boolean isDestination(boolean ipv6, String word) {
    int slash = word.indexOf('/');
    if (slash < 0) {
      return word.equals("default") || isAddress(ipv6, word);
    }
    Integer length = Ints.tryParse(word.substring(slash + 1));
    return length != null
        && length >= 0
        && length <= (ipv6 ? 128 : 32)
        && isAddress(ipv6, word.substring(0, slash));
  }

  private static boolean isGateway(boolean ipv6, String word) {
    return isAddress(ipv6, word)
        || LINK.matcher(word).matches()
        || InterfaceName.of(word).isPresent();
  }

  /**
   * Returns whether the word is an address of this family; an IPv6 address may have a zone, {@code
   * fe80::1%hn0}.
   */
  private static boolean isAddress(boolean ipv6, String word) {
    int zone = ipv6 ? word.indexOf('%') : -1;
    String host = zone < 0 ? word : word.substring(0, zone);
    return InetAddresses.isInetAddress(host)
        && ipv6 == host.contains(":")
        && (zone < 0 || InterfaceName.of(word.substring(zone + 1)).isPresent());
  }
}
