package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.InterfaceAddress.V6;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;

/**
 * IPv6 settings of hn that a lagg would not have after the move: the words of an address, a
 * link-local address that the kernel did not make, and an interface that ignores default routers.
 */
final class Ipv6Marks {

  private static final ImmutableSet<String> LOST =
      ImmutableSet.of("anycast", "deprecated", "prefer_source", "duplicated");

  private Ipv6Marks() {}

  static Stream<Dependent> of(Subject s) {
    return s.moves()
        ? s.hnNow().stream()
            .flatMap(hn -> Stream.of(marked(hn), linkLocal(hn), ignoresRouters(hn)))
            .flatMap(rows -> rows)
        : Stream.empty();
  }

  private static Stream<Dependent> marked(NetInterface hn) {
    return hn.inet6()
        .filter(v6 -> !v6.isAutoconf() && !v6.prefix().isIpv6LinkLocal())
        .flatMap(
            v6 ->
                v6.marks().stream()
                    .filter(LOST::contains)
                    .map(
                        mark ->
                            Dependent.refused(
                                v6.prefix().host(),
                                v6.prefix()
                                    + " on "
                                    + hn.name()
                                    + " is "
                                    + mark
                                    + ", and would not be on a lagg",
                                remedy(hn, mark))));
  }

  private static String remedy(NetInterface hn, String mark) {
    return mark.equals("duplicated")
        ? "find the host that has the address, too"
        : "set the address without " + mark + ", or on another interface than " + hn.name();
  }

  private static Stream<Dependent> linkLocal(NetInterface hn) {
    ImmutableList<V6> all =
        hn.inet6()
            .filter(v6 -> v6.prefix().isIpv6LinkLocal())
            .collect(ImmutableList.toImmutableList());
    // The kernel makes one.
    boolean byHand =
        all.size() > 1
            || (!hn.hasNd6("AUTO_LINKLOCAL") && all.stream().anyMatch(v6 -> !isOfMac(v6.prefix())));
    return byHand
        ? Stream.of(
            Dependent.refused(
                "link-local addresses",
                hn.name()
                    + " has a link-local address that was set by hand; a lagg has only the one "
                    + "that the kernel makes",
                "remove it from " + hn.name()))
        : Stream.empty();
  }

  /** Returns whether the interface identifier is made of a MAC address (RFC 4291, appendix A). */
  private static boolean isOfMac(Prefix prefix) {
    byte[] bytes = prefix.address().getAddress();
    return bytes[11] == (byte) 0xff && bytes[12] == (byte) 0xfe;
  }

  private static Stream<Dependent> ignoresRouters(NetInterface hn) {
    return hn.hasNd6("NO_RADR")
        ? Stream.of(
            Dependent.refused(
                "no_radr",
                hn.name()
                    + " ignores the default routers of router advertisements (no_radr), and a lagg "
                    + "would not",
                "remove no_radr from " + hn.name()))
        : Stream.empty();
  }
}
