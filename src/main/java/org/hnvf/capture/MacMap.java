package org.hnvf.capture;

import com.google.common.collect.ImmutableList;
import com.google.common.io.BaseEncoding;

/**
 * Replaces MAC addresses. The same one gets the same replacement, so that an hn and its VF still
 * have one address. The first three octets stay if they are Microsoft's 00:15:5d. Multicast
 * addresses and those of virtual hosts stay, because their protocols fix them.
 */
final class MacMap {

  private static final int BITS = 48;
  private static final int LOCAL_AND_GROUP = 0x03;
  private static final BaseEncoding HEX = BaseEncoding.base16().lowerCase();

  private static final ImmutableList<BitRange> RANGES =
      ImmutableList.of(
          range("00155d000000", 24, true),
          range("000000000000", BITS, false),
          range("00005e000000", 24, false));

  private final PrefixPermutation permutation;

  MacMap(byte[] key) {
    this.permutation = new PrefixPermutation(new NodeBits(key, "mac"), RANGES);
  }

  private static BitRange range(String hex, int length, boolean inner) {
    return new BitRange(BitRange.Bits.of(HEX.decode(hex)), length, inner);
  }

  /** Returns the replacement of six octets. */
  byte[] of(byte[] mac) {
    if ((mac[0] & 1) != 0) {
      return mac.clone();
    }
    byte[] image = permutation.of(mac, 0, BITS);
    // These two bits say whether an address is a group's, and whether it was assigned locally.
    image[0] = (byte) ((image[0] & ~LOCAL_AND_GROUP) | (mac[0] & LOCAL_AND_GROUP));
    return image;
  }

  /** Returns the replacement of six octets in hexadecimal digits, separated by colons. */
  String of(String text) {
    String[] octets = text.split(":", -1);
    byte[] mac = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      mac[i] = (byte) Integer.parseInt(octets[i], 16);
    }
    byte[] image = of(mac);
    StringBuilder replaced = new StringBuilder();
    for (int i = 0; i < image.length; i++) {
      replaced
          .append(i == 0 ? "" : ":")
          .append(
              octets[i].length() == 1
                  ? Integer.toHexString(image[i] & 0xff)
                  : HEX.encode(image, i, 1));
    }
    return replaced.toString();
  }
}
