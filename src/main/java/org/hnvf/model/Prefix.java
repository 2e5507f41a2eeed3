package org.hnvf.model;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An address with the length of its prefix, {@code 10.0.2.15/24} or {@code 2001:db8::50/64},
 * without a zone.
 */
public record Prefix(InetAddress address, int length) {

  /** Checks that the length fits the address. */
  public Prefix {
    if (length < 0 || length > address.getAddress().length * 8) {
      throw new IllegalArgumentException("prefix length " + length + " of " + address);
    }
  }

  /**
   * Reads {@code ADDRESS/LENGTH}; an address alone has the full length.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static Prefix of(String text) {
    int slash = text.indexOf('/');
    InetAddress address = InetAddresses.forString(slash < 0 ? text : text.substring(0, slash));
    int length =
        slash < 0 ? address.getAddress().length * 8 : Integer.parseInt(text.substring(slash + 1));
    return new Prefix(address, length);
  }

  /** Whether this is IPv6. */
  public boolean isIpv6() {
    return address instanceof Inet6Address;
  }

  /** Whether this is an IPv6 address of fe80::/10. */
  public boolean isIpv6LinkLocal() {
    return isIpv6() && address.isLinkLocalAddress();
  }

  /** Whether this prefix is the address alone: /32, or /128 in IPv6. */
  public boolean isHost() {
    return length == address.getAddress().length * 8;
  }

  /** Whether {@code other} lies in the network of this prefix. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    int whole = length / 8;
    for (int i = 0; i < whole; i++) {
      if (mine[i] != theirs[i]) {
        return false;
      }
    }
    int rest = length % 8;
    return rest == 0 || ((mine[whole] ^ theirs[whole]) & 0xff) >> (8 - rest) == 0;
  }

  /** The address without its length, as ifconfig prints it. */
  public String host() {
    return InetAddresses.toAddrString(address);
  }

  @Override
  public String toString() {
    return host() + "/" + length;
  }
}
