package org.hnvf.daemon;

import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.TreeMap;
import org.hnvf.event.RouteNews;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;

/** The pairs of the last reading, to find the pair of a change. */
final class ManagedPairs {

  private final Map<HnUnit, Pair> pairs = new TreeMap<>();

  synchronized void seen(Pair pair) {
    pairs.put(pair.unit(), pair);
  }

  synchronized void gone(HnUnit unit) {
    pairs.remove(unit);
  }

  /**
   * Returns the pair of the named interface; all pairs for a default route, which may belong to
   * any.
   */
  synchronized ImmutableSet<HnUnit> concerned(RouteNews news) {
    return pairs.values().stream()
        .filter(pair -> news.defaultRoute() || news.names().stream().anyMatch(n -> has(pair, n)))
        .map(Pair::unit)
        .collect(ImmutableSet.toImmutableSet());
  }

  /** Returns whether it is an interface of a pair. */
  synchronized boolean knows(InterfaceName name) {
    return pairs.values().stream().anyMatch(pair -> has(pair, name));
  }

  private static boolean has(Pair pair, InterfaceName name) {
    return pair.hn().equals(name)
        || pair.vf().filter(name::equals).isPresent()
        || pair.lagg().filter(name::equals).isPresent();
  }
}
