package org.hnvf.sim;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A message of the kernel to programs that listen (route(4)): here, dhclient.
 *
 * @param index the interface's index
 * @param address the address that was deleted
 */
record KernelMessage(Kind kind, int index, @Nullable InetAddress address) {

  /** The kinds of messages. */
  enum Kind {
    ADDRESS_DELETED,
    WENT_DOWN,
    DEPARTED,
    LINK_UP
  }
}
