package org.hnvf.pairconfig;

import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;

/**
 * Other interfaces with an address in a network of hn. The kernel has one route to the network. It
 * gives the route to the other interface when the address leaves hn (in_scrubprefix of
 * sys/netinet/in.c), and leaves it there when the lagg gets the address: the gateway is then
 * reached by the wrong interface. No recording shows such a guest.
 */
final class SharedNetworks {

  private SharedNetworks() {}

  static Stream<Dependent> of(Subject s) {
    return s.moves()
        ? s.guest().interfaces().values().stream()
            .filter(
                other ->
                    !isOfPair(s, other)
                        && fib(other) == s.hnNow().map(SharedNetworks::fib).orElse(0))
            .flatMap(other -> shared(s, other).stream().map(theirs -> refused(s, other, theirs)))
        : Stream.empty();
  }

  private static boolean isOfPair(Subject s, NetInterface other) {
    return Stream.concat(Stream.of(s.hn(), s.lagg()), s.pair().vf().stream())
        .map(InterfaceName::value)
        .anyMatch(other.name()::equals);
  }

  private static int fib(NetInterface one) {
    return one.fib().orElse(0);
  }

  private static Optional<Prefix> shared(Subject s, NetInterface other) {
    return other
        .prefixesBeyondLink()
        .filter(theirs -> own(s).anyMatch(ours -> isSameNetwork(ours, theirs)))
        .findFirst();
  }

  private static Stream<Prefix> own(Subject s) {
    return Stream.concat(
        s.hnNow().stream().flatMap(NetInterface::prefixesBeyondLink),
        RcAddresses.of(s.rc().hn()).stream());
  }

  private static boolean isSameNetwork(Prefix ours, Prefix theirs) {
    return ours.length() == theirs.length() && !ours.isHost() && ours.contains(theirs.address());
  }

  private static Dependent refused(Subject s, NetInterface other, Prefix theirs) {
    return Dependent.refused(
        "network of " + other.name(),
        other.name()
            + " has "
            + theirs
            + ", an address in a network of "
            + s.hn()
            + ", too; when the address of "
            + s.hn()
            + " moves, the kernel keeps the network on "
            + other.name(),
        "give the interfaces addresses in different networks, or put "
            + other.name()
            + " into a FIB of its own");
  }
}
