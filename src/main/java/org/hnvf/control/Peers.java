package org.hnvf.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/** Who may ask. The modes of directory and socket say it first; this is the second check. */
@FunctionalInterface
interface Peers {

  /** Whether whoever is at the other end may ask. */
  boolean mayAsk(SocketChannel channel) throws IOException;

  /**
   * Root, and the user that this process runs as. Where the system does not tell who the other is
   * (unix(4), {@code LOCAL_PEERCRED}), the modes have to do.
   *
   * @param self the name of that user
   */
  static Peers of(String self) {
    return channel -> {
      if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
        return true;
      }
      UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
      String name = peer.user().getName();
      return name.equals("root") || name.equals(self);
    };
  }
}
