package org.hnvf.capture;

import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.freebsd.Addresses;
import org.hnvf.model.Prefix;

/** Finds IP and MAC addresses in any text, and replaces them. */
final class AddressWords {

  private static final String V4_TEXT = "(?:[0-9]{1,3}\\.){3}[0-9]{1,3}";

  /** An IPv6 or a MAC address. */
  private static final Pattern COLONS =
      Pattern.compile(
          "(?<![0-9A-Za-z:.])"
              + "(?<colons>[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:(?::|(?<=:))"
              + V4_TEXT
              + ")?)"
              + "(?:%[A-Za-z0-9_.]{1,15})?(?:/(?<length>[0-9]{1,3}))?"
              + "(?![0-9A-Za-z:]|\\.[0-9])");

  private static final Pattern DOTS =
      Pattern.compile(
          "(?<![0-9A-Za-z.%_])(?<dots>"
              + V4_TEXT
              + ")(?:/(?<bits>[0-9]{1,2})(?![0-9]))?(?![0-9A-Za-z_]|\\.[0-9])");

  /** A network without its last octets, {@code 192.0.2/24}. */
  private static final Pattern SHORT =
      Pattern.compile(
          "(?<![0-9A-Za-z.%_/-])(?<octets>[0-9]{1,3}(?:\\.[0-9]{1,3}){1,2})/(?<size>[0-9]{1,2})"
              + "(?![0-9A-Za-z_./])");

  private static final Pattern ANY = Pattern.compile(COLONS + "|" + DOTS + "|" + SHORT);

  private static final Pattern WITH_MASK =
      Pattern.compile(
          "(?<address>"
              + V4_TEXT
              + ")\"?\\s+(?:netmask|-netmask)\\s+\"?(?<mask>0x[0-9a-fA-F]{8}|255\\.[0-9.]+)");

  private static final Pattern IN_LEASE =
      Pattern.compile(
          "fixed-address (?<address>"
              + V4_TEXT
              + ");[^}]{0,2000}?option subnet-mask (?<mask>"
              + V4_TEXT
              + ");");

  private static final Pattern MAC = Pattern.compile("(?:[0-9A-Fa-f]{1,2}:){5}[0-9A-Fa-f]{1,2}");

  private final AddressMap addresses;
  private final MacMap macs;

  AddressWords(AddressMap addresses, MacMap macs) {
    this.addresses = addresses;
    this.macs = macs;
  }

  /** Adds the IPv4 networks in a text. */
  static void networks(String text, ImmutableSet.Builder<Prefix> found) {
    Matcher any = ANY.matcher(text);
    while (any.find()) {
      group(any, "bits")
          .ifPresent(length -> add(any.group("dots"), Integer.parseInt(length), found));
    }
    for (Pattern pattern : new Pattern[] {WITH_MASK, IN_LEASE}) {
      Matcher masks = pattern.matcher(text);
      while (masks.find()) {
        Addresses.maskLength(masks.group("mask"))
            .ifPresent(length -> add(masks.group("address"), length, found));
      }
    }
  }

  private static void add(String text, int length, ImmutableSet.Builder<Prefix> found) {
    if (InetAddresses.isInetAddress(text) && length >= AddressMap.SHORTEST_KNOWN && length < 32) {
      byte[] address = InetAddresses.forString(text).getAddress();
      found.add(new Prefix(AddressMap.address(AddressMap.masked(address, length)), length));
    }
  }

  /** Returns the text with its addresses replaced; one that stays is unchanged. */
  String replaced(String text) {
    Matcher found = ANY.matcher(text);
    StringBuilder replaced = new StringBuilder();
    while (found.find()) {
      found.appendReplacement(replaced, Matcher.quoteReplacement(replacement(found)));
    }
    return found.appendTail(replaced).toString();
  }

  private String replacement(Matcher found) {
    String whole = found.group();
    Optional<String> colons = group(found, "colons");
    if (colons.isPresent()) {
      return colons(colons.get(), group(found, "length")) + whole.substring(colons.get().length());
    }
    Optional<String> dots = group(found, "dots");
    if (dots.isPresent()) {
      return ip(dots.get(), group(found, "bits")) + whole.substring(dots.get().length());
    }
    return shortened(found.group("octets"), Integer.parseInt(found.group("size"))).orElse(whole);
  }

  private static Optional<String> group(Matcher found, String name) {
    return Optional.ofNullable(found.group(name));
  }

  private String colons(String text, Optional<String> length) {
    if (InetAddresses.isInetAddress(text)) {
      return ip(text, length);
    }
    // dhclient(8) writes the type of the hardware before the MAC address of an identifier.
    int first = text.split(":", -1).length == 7 ? text.indexOf(':') + 1 : 0;
    String mac = text.substring(first);
    return MAC.matcher(mac).matches() ? text.substring(0, first) + macs.of(mac) : text;
  }

  private String ip(String text, Optional<String> length) {
    if (!InetAddresses.isInetAddress(text)) {
      return text;
    }
    InetAddress address = InetAddresses.forString(text);
    int bits = address.getAddress().length * 8;
    InetAddress image =
        length
            .map(Integer::valueOf)
            .filter(number -> number <= bits)
            .map(number -> addresses.of(address, number))
            .orElseGet(() -> addresses.of(address));
    // An IPv4-mapped address is an IPv4 address in Java.
    String mapped = text.indexOf(':') >= 0 && image instanceof Inet4Address ? "::ffff:" : "";
    return image.equals(address) ? text : mapped + InetAddresses.toAddrString(image);
  }

  private Optional<String> shortened(String text, int length) {
    int octets = text.split("\\.", -1).length;
    String whole = text + ".0".repeat(4 - octets);
    if (length > octets * 8 || !InetAddresses.isInetAddress(whole)) {
      return Optional.empty();
    }
    InetAddress image = addresses.of(InetAddresses.forString(whole), length);
    String[] parts = InetAddresses.toAddrString(image).split("\\.", -1);
    return Optional.of(String.join(".", Arrays.copyOf(parts, octets)) + "/" + length);
  }
}
