package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.OwnDirectories;
import org.hnvf.journal.Journal;
import org.hnvf.model.Command;
import org.hnvf.model.DhcpClient;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.PairState;
import org.hnvf.model.Severity;

/** The state of each pair. */
final class PairChecks {

  private static final String DHCLIENT = "dhclient";

  static final ImmutableList<Check> ALL =
      ImmutableList.of(
          new Check(
              "cut-off",
              Severity.FAULT,
              "a VF is up outside a lagg in non-transparent mode",
              "The host sends to the VF, which has no address: the guest is cut off.",
              "`hnvf vf-up hn0`",
              ofPairs(PairChecks::cutOff)),
          new Check(
              "journal",
              Severity.WARNING,
              "a workflow is unfinished, and no process works on it",
              "hnvf was killed, or could not end its work. The configuration of the pair may be"
                  + " incomplete.",
              "`hnvf vf-down hn0`",
              PairChecks::journals),
          new Check(
              "stray-dhclient",
              Severity.FAULT,
              "a dhclient runs on a VF or on a lagg port, or two run on one interface",
              "The address stands twice; when the VF comes or goes, the guest is cut off.",
              "`hnvf vf-down hn0` or `kill PID`",
              ofPairs(PairChecks::stray)),
          new Check(
              "vf-address",
              Severity.FAULT,
              "a VF has an address",
              "The kernel may send through the VF alone, and the address is lost with the VF.",
              "`ifconfig VF inet ADDRESS -alias`",
              ofPairs(PairChecks::address)),
          new Check(
              "pair-state",
              Severity.WARNING,
              "a pair is in the state INCONSISTENT",
              "The next event of its VF may cut the guest off.",
              "`hnvf vf-down hn0`",
              ofPairs(PairChecks::inconsistent)),
          new Check(
              "foreign-lagg",
              Severity.WARNING,
              "an hn is a port of a lagg that neither hnvf nor rc.conf created",
              "hnvf adds the VF to this lagg and moves no configuration. The lagg is gone after the"
                  + " next boot.",
              "`sysrc cloned_interfaces+=lagg0`, `sysrc ifconfig_lagg0=...`",
              ofPairs(PairChecks::foreignLagg)));

  private PairChecks() {}

  /** A question about one pair. */
  @FunctionalInterface
  private interface OfPair {
    Stream<Found> in(GuestState guest, PairFacts pair) throws NotKnownException;
  }

  private static Check.Question ofPairs(OfPair question) {
    return facts -> {
      Stream.Builder<Found> all = Stream.builder();
      for (PairFacts pair : facts.pairs().get()) {
        question.in(facts.guest().get(), pair).forEach(all::add);
      }
      return all.build();
    };
  }

  private static Stream<Found> cutOff(GuestState guest, PairFacts pair) {
    return pair.status().state() == PairState.VF_UP_NO_LAGG && pair.status().underWay().isEmpty()
        ? Stream.of(
            Found.of(
                pair.status().pair().vf().map(InterfaceName::value).orElse("The VF of " + pair.hn())
                    + " is up, and in no lagg with "
                    + pair.hn()
                    + ".",
                "hnvf vf-up " + pair.hn()))
        : Stream.empty();
  }

  private static Stream<Found> journals(GuestFacts facts) throws NotKnownException {
    // No journal is read in a directory that is refused.
    return facts.files().refused().containsKey(OwnDirectories.STATE)
        ? Stream.empty()
        : facts.pairs().get().stream().flatMap(PairChecks::journal);
  }

  private static Stream<Found> journal(PairFacts pair) {
    String command = "hnvf vf-down " + pair.hn();
    if (pair.journal() instanceof Journal.Unreadable unreadable) {
      return Stream.of(Found.of("The journal is not used: " + unreadable.reason() + ".", command));
    }
    return pair.journal() instanceof Journal.Unfinished unfinished
            && pair.status().underWay().isEmpty()
        ? Stream.of(
            Found.of(
                "A workflow of "
                    + pair.hn()
                    + ", begun "
                    + unfinished.entry().begun()
                    + ", is unfinished.",
                command))
        : Stream.empty();
  }

  private static Stream<Found> stray(GuestState guest, PairFacts pair) {
    if (pair.status().underWay().isPresent()) {
      return Stream.empty();
    }
    Stream.Builder<Found> all = Stream.builder();
    Optional<InterfaceName> vf = pair.status().pair().vf();
    Optional<InterfaceName> lagg = pair.status().pair().lagg();
    vf.ifPresent(
        name -> guest.dhcpClientsOn(name).forEach(client -> all.add(clientOf(client, "a VF"))));
    if (guest.laggOf(pair.hn()).isPresent()) {
      guest
          .dhcpClientsOn(pair.hn())
          .forEach(
              client ->
                  all.add(Found.of(text(client, "a lagg port"), "hnvf vf-down " + pair.hn())));
    } else {
      surplus(guest, pair.hn(), all);
    }
    lagg.ifPresent(name -> surplus(guest, name, all));
    return all.build();
  }

  /** Adds every client of an interface but the first one. */
  private static void surplus(GuestState guest, InterfaceName name, Stream.Builder<Found> all) {
    guest.dhcpClientsOn(name).stream()
        .skip(1)
        .forEach(client -> all.add(clientOf(client, "an interface with another dhclient")));
  }

  private static Found clientOf(DhcpClient client, String place) {
    return Found.of(text(client, place), "kill " + client.pid());
  }

  private static String text(DhcpClient client, String place) {
    return "A dhclient, process "
        + client.pid()
        + ", runs on "
        + client.interfaceName()
        + ", "
        + place
        + ".";
  }

  private static Stream<Found> address(GuestState guest, PairFacts pair) {
    Optional<NetInterface> vf = pair.status().pair().vf().flatMap(guest::find);
    return vf.stream()
        .flatMap(one -> one.addresses().stream())
        .filter(address -> !address.prefix().isIpv6LinkLocal())
        .map(
            address ->
                Found.of(
                    "The VF " + vf.get().name() + " has the address " + address.prefix() + ".",
                    "ifconfig "
                        + vf.get().name()
                        + (address.prefix().isIpv6() ? " inet6 " : " inet ")
                        + address.prefix().address().getHostAddress()
                        + " -alias"));
  }

  private static Stream<Found> inconsistent(GuestState guest, PairFacts pair) {
    // A stray client puts an address and routes on the port, too: that is one finding.
    boolean stray = pair.status().reasons().stream().anyMatch(one -> one.contains(DHCLIENT));
    ImmutableList<String> reasons =
        pair.status().reasons().stream()
            .filter(reason -> !reason.contains(DHCLIENT))
            .filter(reason -> !stray || !reason.contains(" on port "))
            .collect(ImmutableList.toImmutableList());
    return pair.status().state() == PairState.INCONSISTENT
            && !reasons.isEmpty()
            && pair.status().underWay().isEmpty()
        ? Stream.of(
            Found.of(
                "The pair " + pair.hn() + " is inconsistent: " + String.join("; ", reasons) + ".",
                "hnvf vf-down " + pair.hn()))
        : Stream.empty();
  }

  private static Stream<Found> foreignLagg(GuestState guest, PairFacts pair)
      throws NotKnownException {
    Optional<NetInterface> lagg = guest.laggOf(pair.hn());
    if (lagg.isEmpty()) {
      return Stream.empty();
    }
    String name = lagg.get().name();
    if (pair.made().map(InterfaceName::value).filter(name::equals).isPresent()
        || pair.rc().get().laggsConfigured().contains(name)) {
      return Stream.empty();
    }
    return Stream.of(
        Found.of(
                pair.hn() + " is a port of " + name + ", which neither hnvf nor rc.conf created.",
                "sysrc cloned_interfaces+=" + name,
                "sysrc ifconfig_"
                    + name
                    + "="
                    + Command.quoted(configuration(guest, pair, lagg.get())))
            .remedy(
                "Put its configuration into rc.conf, with aliases and IPv6; or destroy it and give "
                    + pair.hn()
                    + " its addresses back."));
  }

  private static String configuration(GuestState guest, PairFacts pair, NetInterface lagg) {
    String protocol = lagg.lagg().map(NetInterface.Lagg::protocol).orElse("failover");
    boolean dhcp =
        InterfaceName.of(lagg.name())
            .filter(name -> !guest.dhcpClientsOn(name).isEmpty())
            .isPresent();
    return "laggproto "
        + protocol
        + " laggport "
        + pair.hn()
        + (dhcp
            ? " SYNCDHCP"
            : lagg.inet().findFirst().map(inet -> " " + inet.prefix()).orElse(" up"));
  }
}
