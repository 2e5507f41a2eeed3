package org.hnvf.freebsd;

import com.google.common.collect.ImmutableSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hnvf.model.Command;
import org.hnvf.model.LineFilter;

/** The argument vectors of netstat(1). */
public final class Netstat {

  /**
   * The least width of the interface column of netstat(1); a longer name may be truncated. The
   * column is wider in newer releases (transcript 26).
   */
  public static final int NAME_WIDTH = 8;

  private static final ImmutableSet<String> HEADINGS =
      ImmutableSet.of("Routing tables", "Internet", "Destination", "default");

  private Netstat() {}

  /** Shows the routing tables, of IPv4 and IPv6. */
  public static Command routes() {
    return routes(0);
  }

  /** Shows the routing tables of another FIB; netstat rejects {@code -F 0} (transcript 67). */
  private static Command routes(int fib) {
    return fib == 0
        ? Command.reading(TimeLimits.READ, "netstat", "-rn")
        : Command.reading(TimeLimits.READ, "netstat", "-rn", "-F", Integer.toString(fib));
  }

  /**
   * Shows the headings, the default routes, the routes through these interfaces, and the routes to
   * these destinations through any interface. It may show more.
   *
   * @param fib the FIB
   * @param interfaces untruncated names
   * @param destinations the destinations as netstat shows them
   */
  public static Command routes(
      int fib, ImmutableSet<String> interfaces, ImmutableSet<String> destinations) {
    return routes(fib)
        .keeping(
            new LineFilter(
                "default routes, routes through "
                    + String.join(", ", interfaces)
                    + (destinations.isEmpty() ? "" : ", and to what the journals name"),
                true,
                HEADINGS,
                Stream.concat(interfaces.stream().flatMap(Netstat::shown), destinations.stream())
                    .collect(ImmutableSet.toImmutableSet()),
                ImmutableSet.of()));
  }

  /** Returns the name of an interface in each form in which netstat may show it. */
  private static Stream<String> shown(String name) {
    return name.length() <= NAME_WIDTH
        ? Stream.of(name)
        : IntStream.rangeClosed(NAME_WIDTH, name.length()).mapToObj(end -> name.substring(0, end));
  }
}
