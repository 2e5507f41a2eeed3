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
 * The pair whose other users are listed.
 *
 * @param guest the snapshot
 * @param pair the pair
 * @param lagg the lagg that holds its configuration, or will hold it
 * @param rc the configuration in rc.conf
 * @param use the answers of further commands
 * @param policy the administrator's settings
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

  /** Returns hn, and the lagg if it exists: the pair's configuration may be on either. */
  Stream<NetInterface> holders() {
    return Stream.concat(hnNow().stream(), pair.lagg().flatMap(guest::find).stream());
  }

  /** Returns whether the configuration is on hn and is about to move. */
  boolean moves() {
    return pair.lagg().isEmpty();
  }
}
