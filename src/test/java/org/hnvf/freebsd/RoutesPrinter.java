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
    return out.isEmpty()
        ? ""
        : (ipv6 ? "\nInternet6:\n" : "\nInternet:\n") + heading(ipv6) + "\n" + out;
  }

  private static String heading(boolean ipv6) {
    return padded("Destination", destinationWidth(ipv6))
        + padded("Gateway", gatewayWidth(ipv6))
        + padded("Flags", FLAGS)
        + "   Netif Expire";
  }

  /** What is too long for its column takes the room from the next. */
  private static String line(Route route) {
    String address = padded(route.destination(), destinationWidth(route.ipv6()));
    int room = destinationWidth(route.ipv6()) + gatewayWidth(route.ipv6()) + 2;
    String gateway = padded(route.gateway(), room - address.length() - 1);
    String flags = padded(route.flags(), FLAGS + room - address.length() - gateway.length());
    return address
        + gateway
        + flags
        + " ".repeat(NETIF - route.netif().length())
        + route.netif()
        + route.expire().map(expire -> " " + " ".repeat(6 - expire.length()) + expire).orElse("");
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
