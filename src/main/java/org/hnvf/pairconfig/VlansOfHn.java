package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.NetInterface;

/** VLANs of hn. A VLAN of a port of a lagg(4) receives nothing (transcript 60). */
final class VlansOfHn {

  private static final Pattern VLAN = Pattern.compile("vlan: .* parent interface: (\\S+)");

  private VlansOfHn() {}

  static Stream<Dependent> of(Subject s) {
    ImmutableList<String> vlans =
        s.guest().interfaces().values().stream()
            .filter(one -> FurtherLines.naming(one, VLAN, s.hn()))
            .map(NetInterface::name)
            .collect(ImmutableList.toImmutableList());
    String names = String.join(", ", vlans);
    return !s.moves() || vlans.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Dependent.refused(
                names,
                s.hn()
                    + " carries the VLANs "
                    + names
                    + ", which a port of a lagg cannot, and hnvf does not move them",
                "have rc.conf make a lagg of "
                    + s.hn()
                    + " with these VLANs on it, to which hnvf adds the VF"));
  }

  /** Whether an interface is a VLAN of this hn. */
  static boolean any(Subject s) {
    return s.guest().interfaces().values().stream()
        .anyMatch(one -> FurtherLines.naming(one, VLAN, s.hn()));
  }
}
