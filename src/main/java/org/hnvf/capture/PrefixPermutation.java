package org.hnvf.capture;

import com.google.common.collect.ImmutableList;

/**
 * A permutation of all bit strings of one length: two strings share as many first bits after it as
 * before. Each bit is inverted or not, by a random bit that belongs to the bits before it, as in
 * Crypto-PAn.
 *
 * <p>Some ranges stay as they are. So the bits on the way to such a range are not inverted: an
 * inverted one would exchange the range with the one beside it. As the whole is one to one, an
 * address outside these ranges never falls into one. An address near such a range keeps the bits
 * that it shares with it, and one more.
 */
final class PrefixPermutation {

  private final NodeBits nodes;
  private final ImmutableList<BitRange> ranges;

  /**
   * Creates a permutation.
   *
   * @param ranges the ranges that stay, or whose addresses stay among each other
   */
  PrefixPermutation(NodeBits nodes, ImmutableList<BitRange> ranges) {
    this.nodes = nodes;
    this.ranges = ranges;
  }

  /**
   * Returns the image of a bit string.
   *
   * @param begin the first bit that may be inverted
   * @param end the bit from which all bits stay; both must depend on the bits before them alone
   */
  byte[] of(byte[] address, int begin, int end) {
    int first = begin;
    int last = end;
    for (BitRange range : ranges) {
      int shared = range.shared(address);
      if (shared < range.length()) {
        // The bit in which it differs from the range is not inverted either.
        first = Math.max(first, shared + 1);
      } else {
        first = Math.max(first, range.length());
        last = range.inner() ? last : Math.min(last, range.length());
      }
    }
    byte[] image = address.clone();
    byte[] random = new byte[0];
    for (int i = 0; i < last; i++) {
      if (i % 8 == 0) {
        random = nodes.of(address, i / 8);
      }
      if (i >= first) {
        int node = 1 << i % 8 | (address[i / 8] & 0xff) >> (8 - i % 8);
        if ((random[node / 8] >> node % 8 & 1) != 0) {
          image[i / 8] ^= (byte) (0x80 >> i % 8);
        }
      }
    }
    return image;
  }
}
