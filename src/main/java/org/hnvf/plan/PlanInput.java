package org.hnvf.plan;

import org.hnvf.model.Configuration;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;

/**
 * The input of a plan.
 *
 * @param guest the snapshot
 * @param pair the pair
 * @param rc the configuration in rc.conf
 * @param configuration the pair's configuration
 * @param usersOwnLagg whether the lagg is the administrator's own: the plan adds the VF and moves
 *     nothing
 * @param unproven whether the VF may have come up without a traffic check
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
