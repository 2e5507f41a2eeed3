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

/** Finds the vlan(4) interfaces of a pair: those whose parent is its hn or its lagg. */
public final class PairVlans {

  private PairVlans() {}

  /** A VLAN in the output of ifconfig(8). */
  record Shown(NetInterface iface, VlanLine line) {

    Optional<Vlan> vlan() {
      return InterfaceName.of(iface.name())
          .filter(name -> line.isUsual())
          .map(name -> new Vlan(name, line.tag(), line.pcp(), iface.mtu()));
    }
  }

  /** Returns all VLANs with this parent, including those that hnvf would not move. */
  static ImmutableList<Shown> on(GuestState guest, String parent) {
    return all(guest)
        .filter(shown -> shown.line().isOn(parent))
        .collect(ImmutableList.toImmutableList());
  }

  private static Stream<Shown> all(GuestState guest) {
    return guest.interfaces().values().stream()
        .flatMap(i -> VlanLine.of(i).map(line -> new Shown(i, line)).stream());
  }

  /**
   * Returns the VLANs that are moved: 802.1q, and no two with one tag, because only one of them can
   * be moved.
   */
  static ImmutableList<Vlan> of(GuestState guest, Pair pair) {
    ImmutableList<Shown> ours = ours(guest, pair);
    ImmutableSet<Integer> twice = twice(ours);
    return ours.stream()
        .filter(shown -> !twice.contains(shown.line().tag()))
        .flatMap(shown -> shown.vlan().stream())
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the notes on VLANs that are not moved. */
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

  /**
   * Returns the tags that exist on both interfaces (transcript 60: {@code SIOCSETVLAN: File
   * exists}).
   */
  static ImmutableSet<Integer> twice(Collection<Shown> shown) {
    return shown.stream()
        .map(vlan -> vlan.line().tag())
        .filter(tag -> shown.stream().filter(other -> other.line().tag() == tag).count() > 1)
        .collect(ImmutableSet.toImmutableSet());
  }

  /**
   * Returns the configuration with the pair's VLANs that have no parent now. Destroying a lagg
   * leaves its VLANs without a parent, and their tag is then not shown (transcript 60).
   *
   * @param known the pair's VLANs at its last workflow
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
   * Merges the VLANs from before and the live ones. Priority and MTU are those from before, because
   * an interrupted change of parent may have lost them. A VLAN that was destroyed, or was given
   * another parent or tag, is taken as it is now.
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
