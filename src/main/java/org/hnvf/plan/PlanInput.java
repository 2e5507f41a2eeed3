package org.hnvf.plan;

import org.hnvf.model.Configuration;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;

/**
 * What a plan is made from.
 *
 * @param guest what the guest shows
 * @param pair the pair
 * @param rc what rc.conf says
 * @param configuration what belongs to the pair
 * @param usersOwnLagg whether the pair's lagg is the user's own: the VF is added, nothing is moved
 * @param unproven whether the VF may have come up without anybody looking whether it passes traffic
 */
record PlanInput(
    GuestState guest,
    Pair pair,
    GuestConfig rc,
    Configuration configuration,
    boolean usersOwnLagg,
    boolean unproven) {

  boolean isUp(InterfaceName name) {
    return guest.find(name).map(NetInterface::isUp).orElse(false);
  }
}
