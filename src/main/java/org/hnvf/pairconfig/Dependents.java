package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;

/**
 * What else uses the hn of a pair, so that its configuration cannot be moved to a lagg. A port of a
 * lagg(4) can be neither a member of a bridge(4) nor the parent of a vlan(4), as the kernel has it
 * (transcripts 60 and 61); what hnvf does not move it refuses before the first step.
 */
public final class Dependents {

  private static final Pattern VLAN = Pattern.compile("vlan: .* parent interface: (\\S+)");
  private static final Pattern MEMBER = Pattern.compile("member: (\\S+) flags=.*");
  private static final String DHCLIENT = "/sbin/dhclient";

  private Dependents() {}

  /**
   * Why the pair's VF cannot be used, and what can be done about it; empty where it can. Where the
   * pair has a lagg already nothing is moved, and only the lagg's protocol counts.
   */
  public static Optional<String> refusal(GuestState guest, Pair pair, GuestConfig rc) {
    if (pair.vf().isEmpty()) {
      return Optional.empty();
    }
    ImmutableList<String> reasons =
        pair.lagg().isPresent() ? ofLagg(guest, pair.lagg().get()) : ofHn(guest, pair.hn(), rc);
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join("; ", reasons)
                + "; `hnvf release "
                + pair.hn()
                + "` leaves the VF unused without further tries");
  }

  private static ImmutableList<String> ofLagg(GuestState guest, InterfaceName lagg) {
    return guest
        .find(lagg)
        .flatMap(NetInterface::lagg)
        .filter(side -> side.protocol().equals("lacp"))
        .map(
            side ->
                ImmutableList.of(
                    lagg
                        + " is of protocol lacp, which the host's switch does not speak: a VF that"
                        + " joined it would stay unused; make it failover"))
        .orElse(ImmutableList.of());
  }

  private static ImmutableList<String> ofHn(GuestState guest, InterfaceName hn, GuestConfig rc) {
    ImmutableList.Builder<String> reasons = ImmutableList.builder();
    Collection<NetInterface> all = guest.interfaces().values();
    names(all, i -> naming(i, MEMBER, hn))
        .forEach(
            bridge ->
                reasons.add(
                    hn
                        + " is a member of "
                        + bridge
                        + ", which a port of a lagg cannot be; take it out of "
                        + bridge));
    ImmutableList<String> vlans = names(all, i -> naming(i, VLAN, hn));
    if (!vlans.isEmpty()) {
      reasons.add(
          hn
              + " carries the VLANs "
              + String.join(", ", vlans)
              + ", which a port of a lagg cannot, and hnvf does not move them; have rc.conf make a"
              + " lagg of "
              + hn
              + " with these VLANs on it, to which hnvf adds the VF");
    }
    if (guest.find(hn).stream().anyMatch(Dependents::hasCarp)) {
      reasons.add(
          hn
              + " has addresses of carp(4), which hnvf does not move: for a while two hosts would be"
              + " their master; take the vhid off "
              + hn);
    }
    rc.hn()
        .vnetJail()
        .ifPresent(jail -> reasons.add("rc.conf gives " + hn + " to the jail " + jail));
    if (rc.hn().dhcp() && !rc.dhclientProgram().equals(DHCLIENT)) {
      reasons.add(
          "dhclient_program is "
              + rc.dhclientProgram()
              + ", of which hnvf knows nothing; set it to "
              + DHCLIENT);
    }
    return reasons.build();
  }

  private static boolean hasCarp(NetInterface hn) {
    return Stream.concat(
            hn.inet().map(InterfaceAddress.V4::others), hn.inet6().map(InterfaceAddress.V6::others))
        .anyMatch(words -> words.contains("vhid"));
  }

  private static ImmutableList<String> names(
      Collection<NetInterface> all, Predicate<NetInterface> wanted) {
    return all.stream()
        .filter(wanted)
        .map(NetInterface::name)
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean naming(NetInterface shown, Pattern line, InterfaceName hn) {
    return shown.others().stream()
        .map(line::matcher)
        .filter(Matcher::matches)
        .anyMatch(matched -> matched.group(1).equals(hn.value()));
  }
}
