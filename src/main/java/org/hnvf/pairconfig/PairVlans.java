package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.freebsd.VlanLine;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.Vlan;

/** Which vlan(4) interfaces belong to a pair: those whose parent is its hn or its lagg. */
public final class PairVlans {

  private PairVlans() {}

  /** A VLAN as it is shown. */
  record Shown(NetInterface iface, VlanLine line) {

    Optional<Vlan> vlan() {
      return InterfaceName.of(iface.name())
          .filter(name -> line.isUsual())
          .map(name -> new Vlan(name, line.tag(), line.pcp(), iface.mtu()));
    }
  }

  /** All VLANs that have this parent, those that hnvf would not move among them. */
  static ImmutableList<Shown> on(GuestState guest, String parent) {
    return all(guest)
        .filter(shown -> shown.line().isOn(parent))
        .collect(ImmutableList.toImmutableList());
  }

  private static Stream<Shown> all(GuestState guest) {
    return guest.interfaces().values().stream()
        .flatMap(i -> VlanLine.of(i).map(line -> new Shown(i, line)).stream());
  }

  /** Those that are moved: of 802.1q, and no two of one tag, of which only one can be moved. */
  static ImmutableList<Vlan> of(GuestState guest, Pair pair) {
    ImmutableList<Shown> ours = ours(guest, pair);
    ImmutableSet<Integer> twice = twice(ours);
    return ours.stream()
        .filter(shown -> !twice.contains(shown.line().tag()))
        .flatMap(shown -> shown.vlan().stream())
        .collect(ImmutableList.toImmutableList());
  }

  /** What has to be told of those that are not moved. */
  static ImmutableList<String> notes(GuestState guest, Pair pair) {
    ImmutableList<Shown> ours = ours(guest, pair);
    ImmutableSet<Integer> twice = twice(ours);
    return ours.stream()
        .filter(shown -> shown.vlan().isEmpty() || twice.contains(shown.line().tag()))
        .map(
            shown ->
                "the VLAN "
                    + shown.iface().name()
                    + " of tag "
                    + shown.line().tag()
                    + " and "
                    + shown.line().protocol()
                    + " stays on "
                    + shown.line().parent().orElseThrow()
                    + (twice.contains(shown.line().tag())
                        ? ": another one has its tag"
                        : ": only those of 802.1q are moved"))
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<Shown> ours(GuestState guest, Pair pair) {
    return Stream.concat(
            on(guest, pair.hn().value()).stream(),
            pair.lagg().stream().flatMap(lagg -> on(guest, lagg.value()).stream()))
        .collect(ImmutableList.toImmutableList());
  }

  /** The tags that stand on both (transcript 60: {@code SIOCSETVLAN: File exists}). */
  static ImmutableSet<Integer> twice(Collection<Shown> shown) {
    return shown.stream()
        .map(vlan -> vlan.line().tag())
        .filter(tag -> shown.stream().filter(other -> other.line().tag() == tag).count() > 1)
        .collect(ImmutableSet.toImmutableSet());
  }

  /**
   * The same with the VLANs that have no parent now, and are known to have belonged to the pair: a
   * lagg that goes leaves its VLANs so, and shows nothing of what they were (transcript 60).
   *
   * @param known what the pair's VLANs were when it was last worked on
   */
  public static Configuration withOrphans(
      Configuration live, GuestState guest, Collection<Vlan> known) {
    Map<InterfaceName, Vlan> vlans = new LinkedHashMap<>();
    live.vlans().forEach(vlan -> vlans.put(vlan.name(), vlan));
    ImmutableSet<Integer> taken =
        live.vlans().stream().map(Vlan::tag).collect(ImmutableSet.toImmutableSet());
    known.stream()
        .filter(vlan -> isOrphaned(guest, vlan) && !taken.contains(vlan.tag()))
        .forEach(vlan -> vlans.putIfAbsent(vlan.name(), vlan));
    return live.toBuilder().vlans(ImmutableList.copyOf(vlans.values())).build();
  }

  private static boolean isOrphaned(GuestState guest, Vlan vlan) {
    return guest
        .find(vlan.name())
        .flatMap(VlanLine::of)
        .filter(l -> l.parent().isEmpty())
        .isPresent();
  }

  /**
   * What belonged to a pair before, and what is live: priority and MTU as before, since a change of
   * parent that was cut short may have lost them. One that is gone, or that somebody has given
   * another parent or another tag since, is as it is now.
   */
  static ImmutableList<Vlan> merged(
      GuestState guest, Collection<Vlan> before, Collection<Vlan> live) {
    ImmutableList.Builder<Vlan> all = ImmutableList.builder();
    for (Vlan now : live) {
      all.add(
          before.stream()
              .filter(vlan -> vlan.name().equals(now.name()) && vlan.tag() == now.tag())
              .findFirst()
              .orElse(now));
    }
    before.stream()
        .filter(vlan -> isOrphaned(guest, vlan))
        .filter(vlan -> live.stream().noneMatch(now -> isTheSame(now, vlan)))
        .forEach(all::add);
    return all.build();
  }

  private static boolean isTheSame(Vlan one, Vlan other) {
    return one.name().equals(other.name()) || one.tag() == other.tag();
  }
}
