package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.freebsd.Dhclient;
import org.hnvf.freebsd.DhclientConf;
import org.hnvf.model.Dependent;

/**
 * A block for hn in dhclient.conf(5). It does not apply to a client on the lagg, which gets a
 * derived file (transcript 69).
 */
final class DhclientConfOfHn {

  private DhclientConfOfHn() {}

  static Stream<Dependent> of(Subject s) {
    if (s.rc().hn().dhcp() && s.moves() && s.use().confFault().isPresent()) {
      return Stream.of(unreadable(s.use().confFault().get()));
    }
    boolean named = s.guest().dhclientBlocks().contains(s.hn().value());
    boolean flagged = Dhclient.hasConf(s.rc().dhclientFlags());
    if (!s.rc().hn().dhcp()
        || (!named && !s.use().flaggedBlocks().contains(s.hn().value()))
        || (flagged ? s.use().flaggedBlocks() : s.guest().dhclientBlocks())
            .contains(s.lagg().value())) {
      return Stream.empty();
    }
    if (flagged) {
      return s.moves() ? Stream.of(refused(s)) : Stream.empty();
    }
    return Stream.of(
        Dependent.told(
            DhclientConf.FILE,
            "its block for "
                + s.hn()
                + " is applied to "
                + s.lagg()
                + " by a derived file and the option -c; `service dhclient restart "
                + s.lagg()
                + "` would start the client without it"));
  }

  /** Without the file the client on the lagg would ignore what the administrator excludes in it. */
  private static Dependent unreadable(String fault) {
    return Dependent.refused(
        DhclientConf.FILE,
        fault + "; hnvf cannot tell whether it has a block for the DHCP client on the lagg",
        "make it a file, or a link to a file, that only root can write to");
  }

  private static Dependent refused(Subject s) {
    return Dependent.refused(
        DhclientConf.FILE,
        "a block for "
            + s.hn()
            + " in dhclient.conf can be applied to "
            + s.lagg()
            + " only by the option -c, but dhclient_flags has a -c already",
        "take -c out of dhclient_flags, or add to its file the same block for " + s.lagg());
  }
}
