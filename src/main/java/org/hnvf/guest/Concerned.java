package org.hnvf.guest;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.hnvf.freebsd.VlanLine;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HyperV;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LaggPort;
import org.hnvf.model.NetInterface;

/**
 * The interfaces that are or may become a part of a pair: every hn and VF, every lagg and its
 * ports, and the VLANs on these. hnvf decides nothing about routes of other interfaces.
 *
 * @param names their current names and those of hn(4)
 * @param units the units of the hn
 */
record Concerned(ImmutableSet<String> names, ImmutableSet<HnUnit> units) {

  static Concerned of(HyperV hyperV, ImmutableMap<String, NetInterface> interfaces) {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    ImmutableSet.Builder<HnUnit> units = ImmutableSet.builder();
    for (NetInterface shown : interfaces.values()) {
      Optional<HnUnit> unit =
          InterfaceName.of(shown.driverName().orElse(shown.name())).flatMap(InterfaceName::hnUnit);
      if (unit.isPresent() || shown.lagg().isPresent()) {
        names.add(shown.name());
      }
      unit.ifPresent(units::add);
      shown.ports().stream().map(LaggPort::name).forEach(names::add);
    }
    hyperV.vfMap().forEach((vf, hn) -> names.add(vf, hn));
    hyperV.vfList().ifPresent(names::addAll);
    hyperV
        .devices()
        .forEach(
            (unit, device) -> {
              units.add(unit);
              names.add(unit.driverName().value());
              device.vf().ifPresent(names::add);
              device.rxVf().ifPresent(names::add);
            });
    ImmutableSet<String> parents = names.build();
    return new Concerned(
        ImmutableSet.<String>builder().addAll(parents).addAll(vlans(interfaces, parents)).build(),
        units.build());
  }

  /** Returns VLANs of these interfaces; a VLAN without a parent may have been a pair's. */
  private static ImmutableSet<String> vlans(
      ImmutableMap<String, NetInterface> interfaces, ImmutableSet<String> parents) {
    return interfaces.values().stream()
        .filter(
            shown ->
                VlanLine.of(shown)
                    .filter(line -> line.parent().map(parents::contains).orElse(true))
                    .isPresent())
        .map(NetInterface::name)
        .collect(ImmutableSet.toImmutableSet());
  }
}
