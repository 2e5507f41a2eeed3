package org.hnvf.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/**
 * Decides which users may send requests. The modes of directory and socket are the first check;
 * this is the second.
 */
@FunctionalInterface
interface Peers {

  /** Returns whether the user of the other end may send requests. */
  boolean mayAsk(SocketChannel channel) throws IOException;

  /**
   * Permits root and the user of this process. If the system does not report the user of the other
   * end (unix(4), {@code LOCAL_PEERCRED}), the modes suffice.
   *
   * @param uid the user id of this process
   */
  static Peers of(long uid) {
    return channel -> {
      if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
        return true;
      }
      UserPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
      UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
      return is(peer, 0, users) || is(peer, uid, users);
    };
  }

  /**
   * Returns whether a user has this uid. Java shows a user by name, or by number if it cannot find
   * the name; a uid may have several names, as root and toor on FreeBSD.
   */
  static boolean is(UserPrincipal user, long uid, UserPrincipalLookupService users)
      throws IOException {
    String number = Long.toString(uid);
    String name = user.getName();
    if (name.equals(number) || (uid == 0 && name.equals("root"))) {
      return true;
    }
    Optional<UserPrincipal> known = lookup(number, users);
    if (known.filter(user::equals).isPresent()) {
      return true;
    }
    // A number is not a name, and would be looked up as one.
    boolean named = !name.matches("[0-9]+");
    return named && known.isPresent() && known.equals(lookup(name, users));
  }

  /** Returns the user of this name or number; users with one uid are equal. */
  private static Optional<UserPrincipal> lookup(String name, UserPrincipalLookupService users)
      throws IOException {
    try {
      return Optional.of(users.lookupPrincipalByName(name));
    } catch (UserPrincipalNotFoundException e) {
      return Optional.empty();
    }
  }
}
