package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;

/**
 * The administrator's own lagg of which hn is a port. The VF joins it if lagg(4) then uses the VF;
 * otherwise the VF stays down.
 *
 * <p>With the failover protocol, lagg(4) sends over its first port that has a link, and a new port
 * is added behind the existing ones (transcript 03). While the VF is up, hn has no link, so the VF
 * is used if no other port has one. The other protocols distribute over all ports with a link; lacp
 * needs a partner that supports it, which the host's switch does not.
 */
final class OwnLagg {

  private OwnLagg() {}

  static Stream<Dependent> of(Subject s) {
    return s.pair().lagg().flatMap(s.guest()::find).stream().flatMap(lagg -> of(s.pair(), lagg));
  }

  private static Stream<Dependent> of(Pair pair, NetInterface lagg) {
    String protocol = lagg.lagg().map(NetInterface.Lagg::protocol).orElse("");
    if (protocol.equals("lacp")) {
      return Stream.of(
          Dependent.refused(
              lagg.name(),
              lagg.name()
                  + " uses the protocol lacp, which the host's switch does not support; a VF "
                  + "in it would carry no traffic",
              "change its protocol to failover"));
    }
    ImmutableList<String> others =
        lagg.ports().stream()
            .map(port -> port.name())
            .filter(port -> !port.equals(pair.hn().value()))
            .takeWhile(port -> pair.vf().filter(vf -> vf.value().equals(port)).isEmpty())
            .collect(ImmutableList.toImmutableList());
    return protocol.equals("failover") && !others.isEmpty()
        ? Stream.of(
            Dependent.refused(
                lagg.name(),
                lagg.name()
                    + " also has the port "
                    + String.join(", ", others)
                    + ", which lagg(4) would use before a VF that joins it",
                "give "
                    + pair.hn()
                    + " a lagg without other ports, or make "
                    + lagg.name()
                    + " loadbalance"))
        : Stream.empty();
  }
}
