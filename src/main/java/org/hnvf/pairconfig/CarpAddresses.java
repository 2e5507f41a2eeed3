package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.NetInterface;

/** Addresses of carp(4) on hn (transcript 62). */
final class CarpAddresses {

  private CarpAddresses() {}

  static Stream<Dependent> of(Subject s) {
    boolean inRc = s.rc().hn().commands().stream().anyMatch(argv -> argv.contains("vhid"));
    boolean live = s.hnNow().stream().anyMatch(CarpAddresses::hasCarp);
    return !s.moves() || !(inRc || live)
        ? Stream.empty()
        : Stream.of(
            Dependent.refused(
                "carp(4) on " + s.hn(),
                s.hn()
                    + " has addresses of carp(4), which hnvf does not move: for a while two hosts"
                    + " would be their master",
                "take the vhid off " + s.hn()));
  }

  private static boolean hasCarp(NetInterface hn) {
    return Stream.concat(
                hn.inet().map(InterfaceAddress.V4::others),
                hn.inet6().map(InterfaceAddress.V6::others))
            .anyMatch(words -> words.contains("vhid"))
        || hn.others().stream().anyMatch(line -> line.startsWith("carp: "));
  }
}
