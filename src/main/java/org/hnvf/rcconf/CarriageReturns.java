package org.hnvf.rcconf;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds lines that end in carriage return and line feed, as editors of other systems write them.
 * sh(1) takes the invisible carriage return as a character of the value.
 */
public final class CarriageReturns {

  private static final int SHOWN = 10;

  private CarriageReturns() {}

  /** Returns a message for each line; empty if there is no such line. */
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
