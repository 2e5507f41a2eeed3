package org.hnvf.daemon;

import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.TreeMap;
import org.hnvf.event.RouteNews;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;

/** The pairs as they were seen last, to know whom a change concerns. */
final class ManagedPairs {

  private final Map<HnUnit, Pair> pairs = new TreeMap<>();

  synchronized void seen(Pair pair) {
    pairs.put(pair.unit(), pair);
  }

  synchronized void gone(HnUnit unit) {
    pairs.remove(unit);
  }

  /** Whose interface is named; all, where it is about a default route, which any may have had. */
  synchronized ImmutableSet<HnUnit> concerned(RouteNews news) {
    return pairs.values().stream()
        .filter(pair -> news.defaultRoute() || news.names().stream().anyMatch(n -> has(pair, n)))
        .map(Pair::unit)
        .collect(ImmutableSet.toImmutableSet());
  }

  /** Whether it is an interface of a pair. */
  synchronized boolean knows(InterfaceName name) {
    return pairs.values().stream().anyMatch(pair -> has(pair, name));
  }

  private static boolean has(Pair pair, InterfaceName name) {
    return pair.hn().equals(name)
        || pair.vf().filter(name::equals).isPresent()
        || pair.lagg().filter(name::equals).isPresent();
  }
}
