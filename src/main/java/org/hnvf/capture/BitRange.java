package org.hnvf.capture;

import com.google.common.net.InetAddresses;
import com.google.common.primitives.ImmutableIntArray;

/**
 * A range of addresses: all with the same first bits.
 *
 * @param network its first address
 * @param length the number of bits that all share
 * @param inner whether addresses inside are permuted among each other; otherwise they stay
 */
record BitRange(Bits network, int length, boolean inner) {

  /** Bytes that are compared by content. */
  record Bits(ImmutableIntArray bytes) {

    static Bits of(byte[] bytes) {
      int[] values = new int[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        values[i] = bytes[i] & 0xff;
      }
      return new Bits(ImmutableIntArray.copyOf(values));
    }

    boolean bit(int at) {
      return (bytes.get(at / 8) >> (7 - at % 8) & 1) != 0;
    }
  }

  /** Creates a range whose addresses stay, such as {@code 10.0.0.0/8}. */
  static BitRange staying(String text) {
    return of(text, false);
  }

  /** Creates a range whose addresses are permuted among each other. */
  static BitRange inner(String text) {
    return of(text, true);
  }

  private static BitRange of(String text, boolean inner) {
    int slash = text.indexOf('/');
    return new BitRange(
        Bits.of(InetAddresses.forString(text.substring(0, slash)).getAddress()),
        Integer.parseInt(text.substring(slash + 1)),
        inner);
  }

  /**
   * Returns the number of first bits that an address shares with this range, at most its length.
   */
  int shared(byte[] address) {
    Bits bits = Bits.of(address);
    for (int i = 0; i < length; i++) {
      if (bits.bit(i) != network.bit(i)) {
        return i;
      }
    }
    return length;
  }
}
