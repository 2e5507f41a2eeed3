package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.function.Consumer;
import org.hnvf.model.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * The output of {@code route -n monitor} of FreeBSD 15 (sbin/route/route_netlink.c; transcripts 26
 * and 33). As there, a route that goes with its address is not reported.
 */
final class RouteMonitor {
  private final SimState state;
  private Consumer<String> listener = line -> {};

  RouteMonitor(SimState state) {
    this.state = state;
  }

  void listener(Consumer<String> other) {
    listener = other;
  }

  void address(Iface iface, boolean added, Prefix prefix) {
    String zone = prefix.isIpv6LinkLocal() ? "%" + iface.name : "";
    tell(
        added,
        "addr "
            + InetAddresses.toAddrString(prefix.address())
            + zone
            + "/"
            + prefix.length()
            + " iface "
            + iface.name);
  }

  void route(RouteEntry route, boolean added, Iface iface) {
    @Nullable InetAddress gateway = route.gateway;
    tell(
        added,
        "route "
            + InetAddresses.toAddrString(Bits.address(route.key))
            + "/"
            + route.length
            + (gateway == null ? "" : " gw " + InetAddresses.toAddrString(gateway))
            + " iface "
            + iface.name
            + " mtu "
            + (route.mtu == 0 ? iface.mtu : route.mtu)
            + (route.isIpv6() ? " table inet6.0" : " table inet.0"));
  }

  private void tell(boolean added, String what) {
    ZonedDateTime now = Micros.instant(state.now).atZone(ZoneOffset.UTC);
    listener.accept(
        String.format(
            Locale.ROOT,
            "%02d:%02d:%02d.%03d PID %4d %s %s ",
            now.getHour(),
            now.getMinute(),
            now.getSecond(),
            now.getNano() / 1_000_000,
            state.nextPid,
            added ? "add/repl" : "delete",
            what));
  }
}
