package org.hnvf.guest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import org.hnvf.exec.CommandRunner;
import org.hnvf.freebsd.Netstat;
import org.hnvf.freebsd.RoutesParser;
import org.hnvf.model.Route;
import org.hnvf.model.SystemException;

/**
 * Whether routes that a reading of the guest does not show stand through interfaces of others: the
 * reading is of the pairs' own interfaces. A process for each FIB.
 */
public final class StandingRoutes {

  private final CommandRunner runner;

  /** Asks through this. */
  public StandingRoutes(CommandRunner runner) {
    this.runner = runner;
  }

  /** Those of them that stand, through whatever interface, or of which that cannot be told. */
  public ImmutableList<Route> of(Collection<Route> routes) {
    ImmutableList.Builder<Route> standing = ImmutableList.builder();
    routes.stream().map(Route::fib).distinct().forEach(fib -> standing.addAll(of(routes, fib)));
    return standing.build();
  }

  private ImmutableList<Route> of(Collection<Route> routes, int fib) {
    ImmutableList<Route> asked =
        routes.stream()
            .filter(route -> route.fib() == fib)
            .collect(ImmutableList.toImmutableList());
    ImmutableSet<String> destinations =
        asked.stream().map(Route::destination).collect(ImmutableSet.toImmutableSet());
    try {
      String text = runner.run(Netstat.routes(fib, ImmutableSet.of(), destinations)).wholeText();
      ImmutableList<Route> shown = RoutesParser.parse(text);
      return text.isBlank()
          ? asked
          : asked.stream()
              .filter(route -> shown.stream().anyMatch(route::leadsAs))
              .collect(ImmutableList.toImmutableList());
    } catch (SystemException e) {
      return asked;
    }
  }
}
