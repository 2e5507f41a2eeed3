package org.hnvf.sim;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the routing table. The key is the address in network order; a link-local IPv6 one has
 * the index of its interface embedded in the second 16 bits, as in the kernel, which makes the
 * order of netstat(1).
 */
final class RouteEntry {

  /**
   * The order of the tables, and of the radix tree of each: by key, and for the same key the
   * longest mask first.
   */
  static final Comparator<RouteEntry> TREE_ORDER =
      Comparator.<RouteEntry>comparingInt(r -> r.fib)
          .thenComparing(r -> r.key, Arrays::compareUnsigned)
          .thenComparing(r -> -r.length);

  /** The table that it stands in. */
  int fib;

  byte[] key = new byte[4];
  int length;
  @Nullable InetAddress gateway;

  /** The index of the interface that packets leave by. */
  int iface;

  /** The interface shown as the gateway, {@code link#N}, where there is no gateway. */
  int link;

  String flags = "U";

  /** The serial of the address that the route is bound to; 0 for none. */
  long boundTo;

  /** Whether the kernel made it for an address: it cannot be changed or deleted (RTF_PINNED). */
  boolean pinned;

  /** The MTU of its own; 0 where it has that of the interface. */
  int mtu;

  /** The destination as netstat shows it, where it cannot be told from the key. */
  @Nullable String shown;

  boolean isIpv6() {
    return key.length == 16;
  }

  boolean isStatic() {
    return flags.contains("S");
  }

  boolean isDefault() {
    return length == 0;
  }

  boolean matches(byte[] address) {
    return Bits.samePrefix(key, address, length);
  }
}
