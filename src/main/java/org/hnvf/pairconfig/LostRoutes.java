package org.hnvf.pairconfig;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.stream.Stream;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.Route;

/** Finds static routes of rc.conf that belong to a pair and are absent in the snapshot. */
public final class LostRoutes {

  private LostRoutes() {}

  /** Returns the absent ones among the routes of the configuration. */
  public static ImmutableList<Route> of(GuestState guest, Configuration configuration) {
    return Stream.concat(configuration.routes().stream(), configuration.routes6().stream())
        .filter(route -> !route.isDefault())
        .filter(route -> guest.routes().stream().noneMatch(route::hasSameDestination))
        .collect(toImmutableList());
  }

  /** Returns rc.conf without the routes that go through other interfaces. */
  public static GuestConfig without(GuestConfig rc, Collection<Route> standing) {
    return rc.withStaticRoutes(
        rc.staticRoutes().stream()
            .filter(
                operands ->
                    RcRoutes.of(operands, rc.hn().interfaceName()).stream()
                        .noneMatch(route -> standing.stream().anyMatch(route::hasSameDestination)))
            .collect(toImmutableList()));
  }
}
