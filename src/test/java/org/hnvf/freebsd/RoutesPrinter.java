package org.hnvf.freebsd;

import java.util.List;
import org.hnvf.model.Route;

/** Prints routing tables as {@code netstat -rn} does. */
final class RoutesPrinter {

  private static final int FLAGS = 10;
  private static final int NETIF = 8;

  private RoutesPrinter() {}

  static String print(List<Route> routes) {
    return "Routing tables\n" + table(routes, false) + table(routes, true);
  }

  /** One table with the empty line before it; nothing where there is no route for it. */
  static String table(List<Route> routes, boolean ipv6) {
    StringBuilder out = new StringBuilder();
    routes.stream()
        .filter(route -> route.ipv6() == ipv6)
        .forEach(route -> out.append(line(route)).append('\n'));
    boolean wide = routes.stream().anyMatch(route -> !route.numbers().isEmpty());
    return out.isEmpty()
        ? ""
        : (ipv6 ? "\nInternet6:\n" : "\nInternet:\n") + heading(ipv6, wide) + "\n" + out;
  }

  private static String heading(boolean ipv6, boolean wide) {
    return padded("Destination", destinationWidth(ipv6))
        + padded("Gateway", gatewayWidth(ipv6))
        + (wide ? "Flags   Nhop#    Mtu            Netif" : padded("Flags", FLAGS) + "   Netif")
        + " Expire";
  }

  /** A text that is too long for its column takes the room of the next. */
  private static String line(Route route) {
    if (!route.numbers().isEmpty()) {
      return wide(route);
    }
    String address = padded(route.destination(), destinationWidth(route.ipv6()));
    int room = destinationWidth(route.ipv6()) + gatewayWidth(route.ipv6()) + 2;
    String gateway = padded(route.gateway(), room - address.length() - 1);
    String flags = padded(route.flags(), FLAGS + room - address.length() - gateway.length());
    return address
        + gateway
        + flags
        + " ".repeat(Math.max(0, NETIF - route.netif().length()))
        + route.netif()
        + route
            .expire()
            .map(expire -> " " + " ".repeat(Math.max(0, 6 - expire.length())) + expire)
            .orElse("");
  }

  /** A line of {@code -W}. */
  private static String wide(Route route) {
    StringBuilder line =
        new StringBuilder(padded(route.destination(), destinationWidth(route.ipv6())))
            .append(padded(route.gateway(), gatewayWidth(route.ipv6())))
            .append(padded(route.flags(), 6));
    route.numbers().forEach(number -> line.append(String.format("%6s ", number)));
    line.append(String.format("%16s", route.netif()));
    route.expire().ifPresent(expire -> line.append(String.format(" %6s", expire)));
    return line.toString();
  }

  private static int destinationWidth(boolean ipv6) {
    return ipv6 ? 33 : 18;
  }

  private static int gatewayWidth(boolean ipv6) {
    return ipv6 ? 29 : 18;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length())) + " ";
  }
}
