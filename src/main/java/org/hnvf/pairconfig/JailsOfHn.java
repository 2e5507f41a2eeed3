package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.OtherUse;

/**
 * Jails that get hn itself, and jails with an address of hn. The address moves with the others of
 * hn. When the jail ends, jail(8) removes it from the interface in jail.conf, so it stays on the
 * lagg.
 */
final class JailsOfHn {

  private JailsOfHn() {}

  static Stream<Dependent> of(Subject s) {
    Stream<Dependent> vnet =
        s.rc().hn().vnetJail().stream()
            .filter(jail -> s.moves())
            .map(
                jail ->
                    Dependent.refused(
                        "jail " + jail,
                        "rc.conf gives " + s.hn() + " to the jail " + jail,
                        "use the VF inside the jail, or take "
                            + s.hn()
                            + " out of its vnet interfaces"));
    return Stream.concat(vnet, s.use().jails().stream().flatMap(jail -> of(s, jail)));
  }

  private static Stream<Dependent> of(Subject s, OtherUse.Jail jail) {
    return s.holders()
        .flatMap(holder -> holder.addresses().stream())
        .map(address -> address.prefix().address().getHostAddress())
        .filter(jail.addresses()::contains)
        .distinct()
        .map(
            address ->
                Dependent.told(
                    "jail " + jail.name(),
                    "its address "
                        + address
                        + " moves with "
                        + s.hn()
                        + "'s; when the jail ends, jail(8) takes it off "
                        + s.hn()
                        + " and it stays on the lagg"));
  }
}
