package org.hnvf.freebsd;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Route;

/**
 * The argument vectors of route(8).
 *
 * <p>A route of the table is converted to the operands that create it. A gateway {@code link#N}
 * means that the route has no gateway: the destination is on the interface itself.
 */
public final class RouteCommands {

  private static final ImmutableMap<Character, String> FLAG_WORDS =
      ImmutableMap.of(
          'R', "-reject", 'B', "-blackhole", '1', "-proto1", '2', "-proto2", '3', "-proto3");

  private static final String SHOWN_INTERFACE = "interface:";

  private RouteCommands() {}

  /** Shows the default route of IPv4: exit status 255 if there is none. */
  public static Command showDefault() {
    return showDefault(false, 0);
  }

  /** Shows the default route of a family in a FIB: exit status 255 if there is none. */
  public static Command showDefault(boolean ipv6, int fib) {
    ImmutableList.Builder<String> words = ImmutableList.builder();
    words.add("-n");
    if (ipv6) {
      words.add("-6");
    }
    words.add("get");
    if (fib != 0) {
      words.add("-fib", Integer.toString(fib));
    }
    words.add("default");
    return Command.reading(TimeLimits.BEFOREHAND, "route", words.build().toArray(String[]::new));
  }

  /** Returns the interface in the output of {@link #showDefault(boolean, int)}. */
  public static Optional<String> shownInterface(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith(SHOWN_INTERFACE))
        .map(line -> line.substring(SHOWN_INTERFACE.length()).strip())
        .findFirst();
  }

  /** Adds the default route. */
  public static Command addDefault(boolean ipv6, String gateway) {
    return route(ipv6, "add", ImmutableList.of("default", gateway));
  }

  /** Changes the gateway of the default route, which must exist. */
  public static Command changeDefault(boolean ipv6, String gateway) {
    return route(ipv6, "change", ImmutableList.of("default", gateway));
  }

  /** Adds a route with the operands of {@code route_NAME} in rc.conf(5). */
  public static Command add(boolean ipv6, List<String> operands) {
    return route(ipv6, "add", operands);
  }

  /** Adds a route of the table on another interface. */
  public static Command add(Route route, InterfaceName onto) {
    return route(route.ipv6(), "add", operands(route.on(onto)));
  }

  /** Moves a route of the table, which must exist, to another interface. */
  public static Command change(Route route, InterfaceName onto) {
    return route(route.ipv6(), "change", operands(route.on(onto)));
  }

  /** Deletes a route of the table. */
  public static Command delete(Route route) {
    return route(route.ipv6(), "delete", operands(route));
  }

  private static ImmutableList<String> operands(Route route) {
    ImmutableList.Builder<String> words = ImmutableList.builder();
    if (!route.isDefault()) {
      words.add(route.isHost() ? "-host" : "-net");
    }
    words.add(route.destination());
    if (route.isViaGateway()) {
      words.add(route.gateway());
    } else {
      words.add("-iface", route.netif());
    }
    FLAG_WORDS.forEach(
        (flag, word) -> {
          if (route.flags().indexOf(flag) >= 0) {
            words.add(word);
          }
        });
    if (route.fib() != 0) {
      words.add("-fib", Integer.toString(route.fib()));
    }
    return words.build();
  }

  private static Command route(boolean ipv6, String verb, List<String> operands) {
    ImmutableList.Builder<String> words = ImmutableList.builder();
    if (ipv6) {
      words.add("-6");
    }
    words.add("-q", verb).addAll(operands);
    return Command.changing(TimeLimits.CHANGE, "route", words.build().toArray(String[]::new));
  }
}
