package org.hnvf.freebsd;

import com.google.common.collect.ImmutableSet;
import java.util.stream.Stream;
import org.hnvf.model.Command;
import org.hnvf.model.LineFilter;

/** The argument vectors of netstat(1). */
public final class Netstat {

  /** The width that netstat(1) has for the name of an interface; a longer one is cut. */
  public static final int NAME_WIDTH = 8;

  private static final ImmutableSet<String> HEADINGS =
      ImmutableSet.of("Routing tables", "Internet", "Destination", "default");

  private Netstat() {}

  /** Shows the routing tables, of IPv4 and IPv6. */
  public static Command routes() {
    return routes(0);
  }

  /** The same of another FIB; netstat takes no {@code -F 0} (transcript 67). */
  private static Command routes(int fib) {
    return fib == 0
        ? Command.reading(TimeLimits.READ, "netstat", "-rn")
        : Command.reading(TimeLimits.READ, "netstat", "-rn", "-F", Integer.toString(fib));
  }

  /**
   * Shows of the routing tables, besides the headings, the default routes, the routes through these
   * interfaces, and those to these destinations through any. It may show more.
   *
   * @param fib of which FIB
   * @param interfaces whole names; netstat cuts a long one
   * @param destinations as netstat shows them
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
                Stream.concat(interfaces.stream().map(Netstat::shown), destinations.stream())
                    .collect(ImmutableSet.toImmutableSet()),
                ImmutableSet.of()));
  }

  /** The name of an interface as netstat shows it. */
  public static String shown(String name) {
    return name.substring(0, Math.min(name.length(), NAME_WIDTH));
  }
}
