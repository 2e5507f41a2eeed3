package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;

/**
 * An hn that was renamed on a release whose ifconfig(8) does not print the driver's name (before
 * FreeBSD 14). Only {@code hw.hn.vfmap} then tells whose it is, and only while there is a VF: if
 * the VF vanished in the middle of a move, hnvf could not find the interface again.
 */
final class RenamedHn {

  private RenamedHn() {}

  static Stream<Dependent> of(Subject s) {
    return s.hnNow().filter(hn -> !isKnown(s, hn)).isPresent()
        ? Stream.of(
            Dependent.refused(
                "name of " + s.hn(),
                s.hn()
                    + " is hn"
                    + s.pair().unit()
                    + " under another name, and ifconfig(8) of this release does not tell so; "
                    + "without a VF hnvf could not find it",
                "remove ifconfig_hn" + s.pair().unit() + "_name from rc.conf"))
        : Stream.empty();
  }

  private static boolean isKnown(Subject s, NetInterface hn) {
    return InterfaceName.of(hn.driverName().orElse(hn.name()))
        .flatMap(InterfaceName::hnUnit)
        .filter(s.pair().unit()::equals)
        .isPresent();
  }
}
