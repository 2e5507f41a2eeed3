package org.hnvf.freebsd;

import com.google.common.base.Splitter;
import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.model.Prefix;

/** Parses addresses and masks from arbitrary text. */
public final class Addresses {

  /** A number of C that a long can hold. */
  private static final Pattern C_NUMBER =
      Pattern.compile("0[xX][0-9a-fA-F]{1,12}|0[0-7]{0,15}|[1-9][0-9]{0,15}");

  private Addresses() {}

  /** An address without a zone. */
  static Optional<InetAddress> parse(String text) {
    return text.indexOf('%') < 0 && InetAddresses.isInetAddress(text)
        ? Optional.of(InetAddresses.forString(text))
        : Optional.empty();
  }

  /** The prefix, where the length fits the address. */
  static Optional<Prefix> prefix(InetAddress address, int length) {
    return length >= 0 && length <= address.getAddress().length * 8
        ? Optional.of(new Prefix(address, length))
        : Optional.empty();
  }

  /**
   * Parses an IPv4 address as inet_aton(3) does: one to four numbers, also octal or hexadecimal, of
   * which the last one fills the remaining bytes.
   */
  public static Optional<InetAddress> aton(String text) {
    List<String> parts = Splitter.on('.').splitToList(text);
    if (parts.size() > 4 || !parts.stream().allMatch(part -> C_NUMBER.matcher(part).matches())) {
      return Optional.empty();
    }
    int last = parts.size() - 1;
    long value = Long.decode(parts.get(last));
    boolean fits = value < 1L << (32 - 8 * last);
    for (int i = 0; i < last; i++) {
      long part = Long.decode(parts.get(i));
      fits &= part < 256;
      value |= part << (24 - 8 * i);
    }
    return fits ? Optional.of(InetAddresses.fromInteger((int) value)) : Optional.empty();
  }

  /** A decimal number that is not negative. */
  static Optional<Integer> number(String text) {
    return Optional.ofNullable(Ints.tryParse(text)).filter(number -> number >= 0);
  }

  /**
   * Returns the length of an IPv4 mask in the notation of ifconfig(8) and route(8), {@code
   * 0xffffff00} or dotted; empty if it is no mask.
   */
  public static Optional<Integer> maskLength(String text) {
    if (text.matches("0[xX][0-9a-fA-F]{1,8}")) {
      return maskLength(Integer.parseUnsignedInt(text.substring(2), 16));
    }
    return parse(text).flatMap(Addresses::maskLength);
  }

  /** The length of an IPv4 mask; empty if its ones are not contiguous. */
  static Optional<Integer> maskLength(InetAddress mask) {
    return mask instanceof Inet4Address
        ? maskLength(new BigInteger(mask.getAddress()).intValue())
        : Optional.empty();
  }

  private static Optional<Integer> maskLength(int mask) {
    int length = Integer.bitCount(mask);
    return Integer.numberOfLeadingZeros(~mask) == length ? Optional.of(length) : Optional.empty();
  }
}
