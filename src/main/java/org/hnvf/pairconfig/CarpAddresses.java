package org.hnvf.pairconfig;

import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.freebsd.Carp;
import org.hnvf.model.Dependent;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.NetInterface;

/**
 * Virtual hosts of carp(4) on hn (transcript 62). They can move to a lagg. For three advertisements
 * they have no master, or another host is their master, so the move is refused unless the
 * administrator permits it.
 */
final class CarpAddresses {

  private CarpAddresses() {}

  static Stream<Dependent> of(Subject s) {
    Optional<NetInterface> live = s.hnNow().filter(Carp::isOn);
    boolean inRc = s.rc().hn().commands().stream().anyMatch(argv -> argv.contains("vhid"));
    String who = "carp(4) on " + s.hn();
    if (!s.moves() || !(inRc || live.isPresent())) {
      return Stream.empty();
    }
    if (!s.policy().moves(MovePolicy.Movable.CARP)) {
      return Stream.of(
          Dependent.refused(
              who,
              s.hn()
                  + " has addresses of carp(4); when they move, another host takes them over for a while",
              "remove the vhid from " + s.hn() + ", or set move to [\"carp\"] in hnvf.json"));
    }
    if (live.isEmpty()) {
      return Stream.of(
          Dependent.told(
              who, "rc.conf gives a vhid to " + s.hn() + ", which has none now; hnvf adds none"));
    }
    return Stream.of(
        Carp.isUnderstood(live.get())
            ? Dependent.moved(
                who,
                "the lagg has them before they leave "
                    + s.hn()
                    + "; they are the master again after three advertisements")
            : Dependent.refused(
                who,
                s.hn()
                    + " has addresses of carp(4) that hnvf cannot move to a lagg: IPv6 addresses, or a vhid with peers "
                    + "of its own",
                "remove the vhid from " + s.hn()));
  }
}
