package org.hnvf.capture;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Longs;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.hnvf.model.Prefix;

/**
 * Replaces IP addresses so that two of them share as long a prefix as before. Addresses with a
 * meaning of their own stay: private, shared, loopback, link-local, multicast, reserved and
 * documentation addresses, and that of the Azure platform.
 *
 * <p>IPv4: within a network that the capture shows, the host part stays, so that the network
 * address and the broadcast address remain what they are. IPv6: the interface identifier, the last
 * 64 bits, follows the MAC address if it is made from it; a small one, such as that of {@code
 * 2001:db8::1}, stays; otherwise it is permuted, too. An IPv4 address inside an IPv6 one is
 * replaced as such.
 */
final class AddressMap {

  /** Networks that are larger have no broadcast address on an interface. */
  static final int SHORTEST_KNOWN = 16;

  private static final int V4_BITS = 32;
  private static final int HALF = 64;

  /** An interface identifier of which only the octets from here on are not 0 stays. */
  private static final int SMALL = 14;

  private static final ImmutableList<BitRange> V4 =
      staying(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "168.63.129.16/32",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3");

  private static final ImmutableList<BitRange> V6 =
      ImmutableList.<BitRange>builder()
          .addAll(
              staying(
                  "::/8", "64:ff9b::/96", "2001:db8::/32", "3fff::/20", "fe80::/10", "ff00::/8"))
          .add(BitRange.inner("2002::/16"))
          .add(BitRange.inner("fd00::/8"))
          .build();

  private final PrefixPermutation v4;
  private final PrefixPermutation v6;
  private final MacMap macs;
  private final ImmutableSet<Prefix> known;
  private final Map<InetAddress, InetAddress> images = new HashMap<>();

  /**
   * Creates a map.
   *
   * @param known the IPv4 networks that the capture shows
   */
  AddressMap(byte[] key, MacMap macs, ImmutableSet<Prefix> known) {
    this.v4 = new PrefixPermutation(new NodeBits(key, "inet"), V4);
    this.v6 = new PrefixPermutation(new NodeBits(key, "inet6"), V6);
    this.macs = macs;
    this.known = known;
  }

  private static ImmutableList<BitRange> staying(String... ranges) {
    return Arrays.stream(ranges).map(BitRange::staying).collect(ImmutableList.toImmutableList());
  }

  /** Returns the replacement of an address. */
  InetAddress of(InetAddress address) {
    return images.computeIfAbsent(address, one -> address(image(one.getAddress())));
  }

  /**
   * Returns the replacement of an address with a prefix length: of the address of a network, that
   * of a network.
   */
  InetAddress of(InetAddress address, int length) {
    byte[] bytes = address.getAddress();
    return Arrays.equals(bytes, masked(bytes, length))
        ? address(masked(of(address).getAddress(), length))
        : of(address);
  }

  private byte[] image(byte[] address) {
    return address.length * 8 == V4_BITS ? v4.of(address, 0, end(address)) : inet6(address);
  }

  /** Returns the length of the largest known network with this address; all bits if none. */
  private int end(byte[] address) {
    for (int length = SHORTEST_KNOWN; length < V4_BITS; length++) {
      if (known.contains(new Prefix(address(masked(address, length)), length))) {
        return length;
      }
    }
    return V4_BITS;
  }

  private byte[] inet6(byte[] address) {
    byte[] image = v6.of(address, 0, HALF);
    int inner = embedded(address);
    if (inner >= 0) {
      byte[] v4Image = image(Arrays.copyOfRange(address, inner, inner + 4));
      System.arraycopy(v4Image, 0, image, inner, 4);
    }
    if (isFromMac(address)) {
      fromMac(address, image);
    } else if (inner < 12 && !isZero(address, HALF / 8, SMALL)) {
      // As for a range that stays, the bits on the way to a small identifier are not inverted.
      byte[] whole = v6.of(address, HALF + zeros(address) + 1, address.length * 8);
      for (int i = HALF / 8; i < whole.length; i++) {
        // Two octets stay, so that no identifier becomes one that looks made from a MAC address.
        image[i] = i == 11 || i == 12 ? address[i] : whole[i];
      }
    }
    return image;
  }

  /**
   * Returns where an IPv4 address begins: in an IPv4-compatible one, in one of NAT64, and in one of
   * 6to4; -1 if nowhere.
   */
  private static int embedded(byte[] address) {
    boolean compatible = isZero(address, 0, 12) && !isZero(address, 12, 15);
    boolean nat64 =
        address[0] == 0
            && address[1] == 0x64
            && address[2] == (byte) 0xff
            && address[3] == (byte) 0x9b
            && isZero(address, 4, 12);
    if (compatible || nat64) {
      return 12;
    }
    return address[0] == 0x20 && address[1] == 0x02 ? 2 : -1;
  }

  /** Returns the number of first bits of the interface identifier that are 0. */
  private static int zeros(byte[] address) {
    return Long.numberOfLeadingZeros(Longs.fromByteArray(Arrays.copyOfRange(address, 8, 16)));
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the interface identifier is a modified EUI-64 of RFC 4291. */
  private static boolean isFromMac(byte[] address) {
    return address[11] == (byte) 0xff && address[12] == (byte) 0xfe && address[0] != (byte) 0xff;
  }

  private void fromMac(byte[] address, byte[] image) {
    byte[] mac = {
      (byte) (address[8] ^ 2), address[9], address[10], address[13], address[14], address[15]
    };
    byte[] other = macs.of(mac);
    image[8] = (byte) (other[0] ^ 2);
    System.arraycopy(other, 1, image, 9, 2);
    System.arraycopy(other, 3, image, 13, 3);
  }

  static byte[] masked(byte[] address, int length) {
    byte[] bytes = address.clone();
    for (int i = length; i < bytes.length * 8; i++) {
      bytes[i / 8] &= (byte) ~(0x80 >> i % 8);
    }
    return bytes;
  }

  static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
    }
  }
}
