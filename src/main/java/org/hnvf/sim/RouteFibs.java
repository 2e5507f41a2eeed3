package org.hnvf.sim;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.primitives.Ints;

/**
 * The argument of {@code route -fib}: {@code 1}, {@code 2,0} (transcript 67), {@code 0-2}, {@code
 * all} or {@code default} (fiboptlist_csv of sbin/route/route.c).
 */
final class RouteFibs {

  private RouteFibs() {}

  static ImmutableList<Integer> of(String word, int tables) throws RouteRequest.Stop {
    ImmutableSortedSet.Builder<Integer> all = ImmutableSortedSet.naturalOrder();
    for (String part : Splitter.on(',').split(word)) {
      int dash = part.indexOf('-');
      int last = tables - 1;
      switch (part) {
        case "default" -> all.add(0);
        case "all" -> range(all, 0, last);
        default -> {
          int from = number(word, dash < 0 ? part : part.substring(0, dash), last);
          range(all, from, dash < 0 ? from : number(word, part.substring(dash + 1), last));
        }
      }
    }
    return all.build().asList();
  }

  private static void range(ImmutableSortedSet.Builder<Integer> all, int from, int to) {
    for (int fib = from; fib <= to; fib++) {
      all.add(fib);
    }
  }

  private static int number(String word, String text, int last) throws RouteRequest.Stop {
    Integer number = Ints.tryParse(text);
    if (number == null || number < 0 || number > last) {
      throw new RouteRequest.Stop(64, "route: invalid fib number: " + word);
    }
    return number;
  }
}
