package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Optional;

/** An address of an interface, as ifconfig(8) prints it. */
public sealed interface InterfaceAddress {

  /** The address and the length of its prefix. */
  Prefix prefix();

  /** Words of the line that hnvf does not interpret, in their order. */
  ImmutableList<String> others();

  /** An {@code inet} line. */
  record V4(Prefix prefix, Optional<InetAddress> broadcast, ImmutableList<String> others)
      implements InterfaceAddress {}

  /**
   * An {@code inet6} line.
   *
   * @param zone the interface after {@code %}, where there is one
   * @param marks {@code tentative}, {@code autoconf}, {@code deprecated} and the like, in order
   * @param others {@code scopeid 0x4}, {@code pltime 604800} and the like
   */
  record V6(
      Prefix prefix,
      Optional<String> zone,
      ImmutableList<String> marks,
      ImmutableList<String> others)
      implements InterfaceAddress {

    /** Whether the kernel made this address from a router's advertisement (SLAAC). */
    public boolean isAutoconf() {
      return marks.contains("autoconf");
    }

    /** Whether duplicate address detection has not ended: the address does not answer yet. */
    public boolean isTentative() {
      return marks.contains("tentative");
    }
  }
}
