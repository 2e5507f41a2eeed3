package org.hnvf.state;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HyperV;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;

/**
 * Finds the pairs of a guest. A pair is identified by its unit; the names of its interfaces may
 * change.
 */
public final class Pairs {

  private Pairs() {}

  /** Returns all pairs, by unit. */
  public static ImmutableList<Pair> of(GuestState state) {
    ImmutableSortedSet<HnUnit> units =
        Stream.concat(
                state.hyperV().devices().keySet().stream(),
                state.interfaces().values().stream().flatMap(i -> unitOf(i).stream()))
            .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    return units.stream()
        .flatMap(unit -> find(state, unit).stream())
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the pair of this unit, if its synthetic NIC exists. */
  public static Optional<Pair> find(GuestState state, HnUnit unit) {
    return synthetic(state, unit)
        .map(
            hn ->
                new Pair(
                    unit,
                    hn,
                    vfOf(state, unit, hn),
                    state.laggOf(hn).flatMap(lagg -> InterfaceName.of(lagg.name()))));
  }

  /**
   * Returns the pair with the lagg that hnvf created for it, if that lagg exists and has no port
   * other than the VF: hn has left it, or has not joined it.
   */
  public static Pair withOrphan(GuestState state, Pair pair, InterfaceName made) {
    boolean orphan =
        pair.lagg().isEmpty()
            && state.find(made).filter(i -> i.lagg().isPresent() && isOnlyFor(pair, i)).isPresent();
    return orphan ? new Pair(pair.unit(), pair.hn(), pair.vf(), Optional.of(made)) : pair;
  }

  private static boolean isOnlyFor(Pair pair, NetInterface lagg) {
    return lagg.ports().stream()
        .allMatch(port -> pair.vf().filter(vf -> vf.value().equals(port.name())).isPresent());
  }

  /**
   * Returns the pair whose synthetic NIC has this name, or had it when the driver attached: the
   * files of a pair use that name. An interface that has the name now takes precedence, whatever
   * its kind.
   */
  public static Optional<Pair> ofHn(GuestState state, InterfaceName hn) {
    return state.find(hn).isPresent()
        ? of(state).stream().filter(pair -> pair.hn().equals(hn)).findFirst()
        : hn.hnUnit().flatMap(unit -> find(state, unit));
  }

  /** Returns the pair whose VF has this name. */
  public static Optional<Pair> ofVf(GuestState state, InterfaceName vf) {
    return of(state).stream().filter(pair -> pair.vf().filter(vf::equals).isPresent()).findFirst();
  }

  private static Optional<InterfaceName> synthetic(GuestState state, HnUnit unit) {
    return state.interfaces().values().stream()
        .filter(i -> unitOf(i).filter(unit::equals).isPresent())
        .findFirst()
        .flatMap(i -> InterfaceName.of(i.name()))
        .or(() -> renamed(state, unit));
  }

  /**
   * Returns the synthetic NIC that was renamed, where ifconfig(8) does not print the driver's name:
   * {@code hw.hn.vfmap} has the new name, as long as there is a VF.
   */
  private static Optional<InterfaceName> renamed(GuestState state, HnUnit unit) {
    return Optional.ofNullable(state.hyperV().devices().get(unit))
        .flatMap(HyperV.Device::vf)
        .flatMap(vf -> Optional.ofNullable(state.hyperV().vfMap().get(vf)))
        .filter(state.interfaces()::containsKey)
        .flatMap(InterfaceName::of);
  }

  /** Returns the unit in the driver's name; an old ifconfig(8) does not print that name. */
  private static Optional<HnUnit> unitOf(NetInterface candidate) {
    return InterfaceName.of(candidate.driverName().orElse(candidate.name()))
        .flatMap(InterfaceName::hnUnit);
  }

  /**
   * Returns the VF from {@code hw.hn.vfmap}, or from {@code dev.hn.N.vf} if the kernel has no such
   * variable.
   */
  private static Optional<InterfaceName> vfOf(GuestState state, HnUnit unit, InterfaceName hn) {
    HyperV hyperV = state.hyperV();
    Optional<String> mapped =
        hyperV.vfMap().entrySet().stream()
            .filter(e -> e.getValue().equals(hn.value()))
            .map(e -> e.getKey())
            .findFirst();
    Optional<String> attached =
        Optional.ofNullable(hyperV.devices().get(unit)).flatMap(HyperV.Device::vf);
    return mapped
        .or(() -> attached)
        .filter(name -> state.interfaces().containsKey(name))
        .flatMap(InterfaceName::of);
  }
}
