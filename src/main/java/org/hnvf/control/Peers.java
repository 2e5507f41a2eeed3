package org.hnvf.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/** Who may ask. The modes of directory and socket say it first; this is the second check. */
@FunctionalInterface
interface Peers {

  /** Whether whoever is at the other end may ask. */
  boolean mayAsk(SocketChannel channel) throws IOException;

  /**
   * Root, and the user that this process runs as. Where the system does not tell who the other is
   * (unix(4), {@code LOCAL_PEERCRED}), the modes have to do.
   *
   * @param uid the uid of that user
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
   * Whether a user has this uid. Java shows a user as its name, or, where it cannot find that, as
   * its number; and a uid may have several names, as root and toor of FreeBSD.
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
    // What is a number is no name, and would be looked up as one.
    boolean named = !name.matches("[0-9]+");
    return named && known.isPresent() && known.equals(lookup(name, users));
  }

  /** The user of this name or number; equal where the uid is. */
  private static Optional<UserPrincipal> lookup(String name, UserPrincipalLookupService users)
      throws IOException {
    try {
      return Optional.of(users.lookupPrincipalByName(name));
    } catch (UserPrincipalNotFoundException e) {
      return Optional.empty();
    }
  }
}
