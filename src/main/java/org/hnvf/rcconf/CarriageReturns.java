package org.hnvf.rcconf;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lines that end in carriage return and line feed, as an editor of another system writes them.
 * sh(1) takes the carriage return as a character of the value, where nobody sees it.
 */
public final class CarriageReturns {

  private static final int SHOWN = 10;

  private CarriageReturns() {}

  /** What is said of them, by line; empty where there are none. */
  public static ImmutableList<String> in(String file, String text) {
    List<String> lines = Splitter.on('\n').splitToList(text);
    List<Integer> with =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).indexOf('\r') >= 0)
            .mapToObj(i -> i + 1)
            .toList();
    if (with.isEmpty()) {
      return ImmutableList.of();
    }
    String numbers =
        with.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    return ImmutableList.of(
        file
            + (with.size() == 1 ? ", line " : ", lines ")
            + numbers
            + (with.size() > SHOWN ? " and " + (with.size() - SHOWN) + " more" : "")
            + ": the line ends with a carriage return, which sh takes as part of the "
            + "value; remove it with tr -d '\\r'");
  }
}
