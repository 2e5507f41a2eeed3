package org.hnvf.report;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The table printer: columns as wide as their widest cell, two spaces between them. */
public final class Table {

  private final ImmutableList.Builder<ImmutableList<String>> rows = ImmutableList.builder();

  /** Creates a table with these headings. */
  public Table(String... headings) {
    row(headings);
  }

  /** Adds a row; an empty cell shows as {@code -}. */
  public Table row(String... cells) {
    rows.add(
        Arrays.stream(cells)
            .map(cell -> cell.isEmpty() ? "-" : cell)
            .collect(ImmutableList.toImmutableList()));
    return this;
  }

  @Override
  public String toString() {
    List<ImmutableList<String>> all = rows.build();
    int columns = all.get(0).size();
    int[] widths =
        IntStream.range(0, columns)
            .map(c -> all.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
            .toArray();
    return all.stream()
        .map(
            row ->
                IntStream.range(0, columns)
                    .mapToObj(c -> Strings.padEnd(row.get(c), widths[c], ' '))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
