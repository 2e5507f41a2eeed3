package org.hnvf.pairconfig;

import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.NetInterface;
import org.hnvf.model.OtherUse;
import org.hnvf.model.Pair;

/**
 * The pair of which it is asked who else uses its hn.
 *
 * @param guest what the guest shows
 * @param pair the pair
 * @param lagg the lagg that has its configuration, or is to have it
 * @param rc what rc.conf says
 * @param use what was asked besides
 * @param policy what the administrator allows
 */
record Subject(
    GuestState guest,
    Pair pair,
    InterfaceName lagg,
    GuestConfig rc,
    OtherUse use,
    MovePolicy policy) {

  InterfaceName hn() {
    return pair.hn();
  }

  Optional<NetInterface> hnNow() {
    return guest.find(pair.hn());
  }

  /** hn, and the lagg where there is one: what belongs to the pair may stand on either. */
  Stream<NetInterface> holders() {
    return Stream.concat(hnNow().stream(), pair.lagg().flatMap(guest::find).stream());
  }

  /** Whether the configuration is still on hn, so that it is to be moved. */
  boolean moves() {
    return pair.lagg().isEmpty();
  }
}
