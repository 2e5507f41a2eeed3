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
 * Checks whether routes that are absent in a snapshot go through other interfaces: the snapshot
 * contains the routes of the pairs' own interfaces. It takes one process for each FIB.
 */
public final class StandingRoutes {

  private final CommandRunner runner;

  /** Creates a reader that runs commands through {@code runner}. */
  public StandingRoutes(CommandRunner runner) {
    this.runner = runner;
  }

  /**
   * Returns the routes that exist through any interface, and those for which that could not be
   * read.
   */
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
              .filter(route -> shown.stream().anyMatch(route::hasSameDestination))
              .collect(ImmutableList.toImmutableList());
    } catch (SystemException e) {
      return asked;
    }
  }
}
