package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.Prefix;

/** Addresses of hn in rc.conf that are not live; the workflow adds them with the others. */
final class AddressesNotLive {

  private AddressesNotLive() {}

  static Stream<Dependent> of(Subject s) {
    return RcAddresses.of(s.rc().hn()).stream()
        .filter(prefix -> !isLive(s, prefix))
        .map(
            prefix ->
                Dependent.told(
                    prefix.toString(),
                    "rc.conf gives it to "
                        + s.hn()
                        + ", which does not have it now; hnvf adds it to the lagg",
                    "if it moves between hosts, list it in leave_off of hnvf.json"));
  }

  private static boolean isLive(Subject s, Prefix prefix) {
    return s.holders()
        .flatMap(holder -> holder.addresses().stream())
        .anyMatch(live -> live.prefix().address().equals(prefix.address()));
  }
}
