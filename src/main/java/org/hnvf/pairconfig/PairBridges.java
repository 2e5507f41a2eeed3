package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hnvf.freebsd.Bridge;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;

/** Finds the bridges of which one of the pair's interfaces is a member. */
final class PairBridges {

  private PairBridges() {}

  static ImmutableList<BridgeMembership> of(GuestState guest, Collection<NetInterface> holders) {
    Map<InterfaceName, BridgeMembership> all = new LinkedHashMap<>();
    for (NetInterface holder : holders) {
      for (NetInterface bridge : guest.interfaces().values()) {
        Bridge.membership(bridge, holder.name())
            .ifPresent(how -> all.putIfAbsent(how.bridge(), how));
      }
    }
    return ImmutableList.copyOf(all.values());
  }
}
