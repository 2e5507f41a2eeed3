package org.hnvf.freebsd;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.hnvf.model.InterfaceAddress;

/**
 * An {@code inet} or {@code inet6} line of ifconfig(8), sbin/ifconfig/af_inet.c and af_inet6.c.
 * Both notations of the prefix are read, {@code 10.0.2.15 netmask 0xffffff00} and {@code
 * 10.0.2.15/24}.
 */
final class AddressLine {

  private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();

  private static final ImmutableSet<String> MARKS =
      ImmutableSet.of(
          "anycast",
          "tentative",
          "duplicated",
          "detached",
          "deprecated",
          "autoconf",
          "temporary",
          "prefer_source");

  private final boolean ipv6;
  private final String address;
  private Optional<Integer> length;
  private Optional<InetAddress> broadcast = Optional.empty();
  private final ImmutableList.Builder<String> marks = ImmutableList.builder();
  private final ImmutableList.Builder<String> others = ImmutableList.builder();

  private AddressLine(boolean ipv6, Queue<String> words) {
    this.ipv6 = ipv6;
    String first = words.remove();
    int slash = first.indexOf('/');
    address = slash < 0 ? first : first.substring(0, slash);
    length = slash < 0 ? Optional.empty() : Addresses.number(first.substring(slash + 1));
    while (!words.isEmpty()) {
      take(words);
    }
  }

  /** Returns the address; empty if the line is not an address line or is malformed. */
  static Optional<InterfaceAddress> parse(String line) {
    Queue<String> words = new ArrayDeque<>(WORDS.splitToList(line));
    if (words.size() < 2 || line.startsWith("\t")) {
      return Optional.empty();
    }
    return switch (words.remove()) {
      case "inet" -> new AddressLine(false, words).v4();
      case "inet6" -> new AddressLine(true, words).v6();
      default -> Optional.empty();
    };
  }

  /** Reads the next word and its value, if any; an unknown word is kept. */
  private void take(Queue<String> words) {
    String word = words.remove();
    String next = words.isEmpty() ? "" : words.element();
    Optional<Integer> read = length.isPresent() ? Optional.empty() : prefixLength(word, next);
    Optional<InetAddress> readBroadcast =
        !ipv6 && broadcast.isEmpty() && word.equals("broadcast")
            ? Addresses.parse(next)
            : Optional.empty();
    if (read.isPresent()) {
      length = read;
      words.remove();
    } else if (readBroadcast.isPresent()) {
      broadcast = readBroadcast;
      words.remove();
    } else if (ipv6 && MARKS.contains(word)) {
      marks.add(word);
    } else {
      others.add(word);
    }
  }

  private Optional<Integer> prefixLength(String word, String value) {
    if (word.equals("prefixlen") && ipv6) {
      return Addresses.number(value);
    }
    return word.equals("netmask") && !ipv6 ? Addresses.maskLength(value) : Optional.empty();
  }

  private Optional<InterfaceAddress> v4() {
    return Addresses.parse(address)
        .filter(Inet4Address.class::isInstance)
        .flatMap(inet -> length.flatMap(n -> Addresses.prefix(inet, n)))
        .map(prefix -> new InterfaceAddress.V4(prefix, broadcast, others.build()));
  }

  private Optional<InterfaceAddress> v6() {
    int percent = address.indexOf('%');
    Optional<String> zone =
        percent < 0 ? Optional.empty() : Optional.of(address.substring(percent + 1));
    return Addresses.parse(percent < 0 ? address : address.substring(0, percent))
        .filter(Inet6Address.class::isInstance)
        .flatMap(inet -> length.flatMap(n -> Addresses.prefix(inet, n)))
        .map(prefix -> new InterfaceAddress.V6(prefix, zone, marks.build(), others.build()));
  }
}
