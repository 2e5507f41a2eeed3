package org.hnvf.sim;

import com.google.common.io.BaseEncoding;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Arithmetic on addresses in network order. */
final class Bits {
  private static final BaseEncoding MAC = BaseEncoding.base16().lowerCase().withSeparator(":", 2);

  private Bits() {}

  /** Whether both agree in the first {@code length} bits; false for different families. */
  static boolean samePrefix(byte[] one, byte[] other, int length) {
    if (one.length != other.length) {
      return false;
    }
    int whole = length / 8;
    if (!Arrays.equals(one, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = length % 8;
    return rest == 0 || ((one[whole] ^ other[whole]) & (0xff00 >> rest) & 0xff) == 0;
  }

  /** The address with everything after the first {@code length} bits cleared. */
  static byte[] masked(byte[] address, int length) {
    byte[] result = address.clone();
    for (int bit = length; bit < result.length * 8; bit++) {
      result[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    return result;
  }

  /** The address with everything after the first {@code length} bits set. */
  static byte[] broadcast(byte[] address, int length) {
    byte[] result = address.clone();
    for (int bit = length; bit < result.length * 8; bit++) {
      result[bit / 8] |= (byte) (0x80 >> (bit % 8));
    }
    return result;
  }

  static byte[] netmask(int length) {
    return masked(new byte[] {-1, -1, -1, -1}, length);
  }

  /** The length of a contiguous netmask. */
  static int maskLength(InetAddress mask) {
    int length = 0;
    for (byte b : mask.getAddress()) {
      length += Integer.bitCount(b & 0xff);
    }
    return length;
  }

  static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
    }
  }

  /** A link-local key with the index of its interface embedded. */
  static byte[] scoped(byte[] linkLocal, int index) {
    byte[] result = linkLocal.clone();
    result[2] = (byte) (index >> 8);
    result[3] = (byte) index;
    return result;
  }

  /** The address of {@code prefix}'s network with the interface identifier made of a MAC. */
  static byte[] withInterfaceId(byte[] network, byte[] interfaceId) {
    byte[] result = network.clone();
    System.arraycopy(interfaceId, 0, result, 8, 8);
    return result;
  }

  /** The modified EUI-64 of RFC 4291, appendix A. */
  static byte[] eui64(String mac) {
    String[] parts = mac.split(":", -1);
    byte[] octets = new byte[6];
    for (int i = 0; i < 6; i++) {
      octets[i] = (byte) Integer.parseInt(parts[i], 16);
    }
    return new byte[] {
      (byte) (octets[0] ^ 2),
      octets[1],
      octets[2],
      (byte) 0xff,
      (byte) 0xfe,
      octets[3],
      octets[4],
      octets[5]
    };
  }

  /** The MAC address that a modified EUI-64 was made of. */
  static String macOf(byte[] linkLocal) {
    byte[] id = Arrays.copyOfRange(linkLocal, 8, 16);
    return MAC.encode(new byte[] {(byte) (id[0] ^ 2), id[1], id[2], id[5], id[6], id[7]});
  }
}
