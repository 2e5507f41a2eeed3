package org.hnvf.pairconfig;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.NetInterface;

/**
 * Bridges that hn is a member of. A port of a lagg(4) stays a member without complaint, and nothing
 * passes any more; what is a port cannot become one (transcript 61).
 */
final class BridgeMembers {

  private static final Pattern MEMBER = Pattern.compile("member: (\\S+) flags=.*");

  private BridgeMembers() {}

  static Stream<Dependent> of(Subject s) {
    return !s.moves()
        ? Stream.empty()
        : s.guest().interfaces().values().stream()
            .filter(one -> FurtherLines.naming(one, MEMBER, s.hn()))
            .map(NetInterface::name)
            .map(
                bridge ->
                    Dependent.refused(
                        bridge,
                        s.hn() + " is a member of " + bridge + ", which a port of a lagg cannot be",
                        "take it out of " + bridge));
  }
}
