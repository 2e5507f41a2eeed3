package org.hnvf.state;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hnvf.model.GuestState;
import org.hnvf.model.HalfDoneScript;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LaggPort;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;

/** Describes the state in which an unfinished override script has left a pair. */
public final class ScriptLeft {

  private ScriptLeft() {}

  /** Returns the messages: how the script ended, the state of the guest, and the remedy. */
  public static ImmutableList<String> reasons(GuestState guest, Pair found, HalfDoneScript script) {
    Pair pair = script.lagg().map(lagg -> Pairs.withOrphan(guest, found, lagg)).orElse(found);
    InterfaceName hn = pair.hn();
    return ImmutableList.of(
        "the override script did not finish: " + script.cause(),
        "it leaves " + words(guest, pair),
        "`hnvf release "
            + hn
            + "` brings everything back to "
            + hn
            + "; `hnvf failback "
            + hn
            + "` does so too, and then runs the script once more");
  }

  private static String words(GuestState guest, Pair pair) {
    return Stream.of(
            lagg(guest, pair), addresses(guest, pair), defaultRoute(guest), clients(guest, pair))
        .collect(Collectors.joining("; "));
  }

  private static String lagg(GuestState guest, Pair pair) {
    Optional<NetInterface> lagg = pair.lagg().flatMap(guest::find);
    if (lagg.isEmpty()) {
      return "no lagg";
    }
    String ports =
        lagg.get().ports().stream().map(LaggPort::name).collect(Collectors.joining(" and "));
    return lagg.get().name() + (ports.isEmpty() ? " without a port" : " over " + ports);
  }

  private static String addresses(GuestState guest, Pair pair) {
    String addresses =
        members(pair)
            .flatMap(name -> guest.find(name).stream())
            .flatMap(
                holder -> holder.inet().map(address -> address.prefix() + " on " + holder.name()))
            .collect(Collectors.joining(", "));
    return addresses.isEmpty() ? "no IPv4 address" : addresses;
  }

  private static String defaultRoute(GuestState guest) {
    return guest.routes().stream()
        .filter(route -> route.isDefault() && !route.ipv6())
        .findFirst()
        .map(route -> "the default route through " + route.netif())
        .orElse("no default route");
  }

  private static String clients(GuestState guest, Pair pair) {
    String clients =
        members(pair)
            .filter(name -> !guest.dhcpClientsOn(name).isEmpty())
            .map(InterfaceName::value)
            .collect(Collectors.joining(" and "));
    return clients.isEmpty() ? "no dhclient" : "dhclient on " + clients;
  }

  private static Stream<InterfaceName> members(Pair pair) {
    return Stream.of(Optional.of(pair.hn()), pair.lagg(), pair.vf()).flatMap(Optional::stream);
  }
}
