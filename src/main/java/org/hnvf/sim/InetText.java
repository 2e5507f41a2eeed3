package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Optional;

/** Addresses as FreeBSD's programs read them: inet_aton(3), inet_network(3), getaddrinfo(3). */
final class InetText {
  private static final long ALL = 0xffff_ffffL;

  private InetText() {}

  /** inet_aton(3): one to four numbers, the last of which fills the bytes that are left. */
  static Optional<InetAddress> aton(String text) {
    long[] parts = parts(text);
    if (parts.length == 0) {
      return Optional.empty();
    }
    int last = parts.length - 1;
    if (parts[last] > ALL >> (8 * last)) {
      return Optional.empty();
    }
    long value = parts[last];
    for (int i = 0; i < last; i++) {
      if (parts[i] > 0xff) {
        return Optional.empty();
      }
      value |= parts[i] << (24 - 8 * i);
    }
    return Optional.of(address(value));
  }

  /** inet_network(3), made an address as route(8) does: the numbers that are missing are zeros. */
  static Optional<InetAddress> network(String text) {
    long[] parts = parts(text);
    long value = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] > 0xff) {
        return Optional.empty();
      }
      value |= parts[i] << (24 - 8 * i);
    }
    return parts.length == 0 ? Optional.empty() : Optional.of(address(value));
  }

  /** An IPv6 address without its zone. */
  static Optional<InetAddress> inet6(String text) {
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    return plain.contains(":") && InetAddresses.isInetAddress(plain)
        ? Optional.of(InetAddresses.forString(plain))
        : Optional.empty();
  }

  /** The bytes of a number in network order. */
  private static InetAddress address(long value) {
    return Bits.address(
        new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
  }

  /** Its one to four numbers; none where it has others, or more. */
  private static long[] parts(String text) {
    String[] words = text.split("\\.", -1);
    long[] parts = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      parts[i] = number(words[i]);
      if (parts[i] < 0 || words.length > 4) {
        return new long[0];
      }
    }
    return parts;
  }

  /** A number in C's notation, at most 32 bits; -1 for anything else. */
  private static long number(String word) {
    boolean hex = word.startsWith("0x") || word.startsWith("0X");
    boolean octal = !hex && word.length() > 1 && word.startsWith("0");
    String digits = hex ? word.substring(2) : word;
    int radix = hex ? 16 : octal ? 8 : 10;
    if (digits.isEmpty() || digits.length() > 12) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value > ALL ? -1 : value;
  }
}
