package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.freebsd.Dhclient;
import org.hnvf.freebsd.DhclientConf;
import org.hnvf.model.Dependent;

/**
 * A block for hn in dhclient.conf(5), which does not hold for a client on the lagg: that gets a
 * derived file (transcript 69).
 */
final class DhclientConfOfHn {

  private DhclientConfOfHn() {}

  static Stream<Dependent> of(Subject s) {
    if (!s.rc().hn().dhcp() || !s.guest().dhclientBlocks().contains(s.hn().value())) {
      return Stream.empty();
    }
    String block = "its block for " + s.hn();
    if (Dhclient.hasConf(s.rc().dhclientFlags())) {
      return s.moves()
          ? Stream.of(
              Dependent.refused(
                  DhclientConf.FILE,
                  block
                      + " can be made to hold on "
                      + s.lagg()
                      + " only by -c, and dhclient_flags has a -c already",
                  "take -c out of dhclient_flags, or the block out of " + DhclientConf.FILE))
          : Stream.empty();
    }
    return Stream.of(
        Dependent.told(
            DhclientConf.FILE,
            block
                + " holds on "
                + s.lagg()
                + " by -c with a derived file; `service dhclient restart "
                + s.lagg()
                + "` would start the client without it"));
  }
}
