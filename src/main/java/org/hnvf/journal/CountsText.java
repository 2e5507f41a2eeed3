package org.hnvf.journal;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hnvf.model.Ending;
import org.hnvf.model.HnUnit;
import org.hnvf.model.WorkflowCounts;

/**
 * The text of the numbers of workflows. A line has the unit of a pair, a word and numbers; the
 * numbers of {@code cut-off} are the groups, and the milliseconds of all cut-offs together.
 *
 * <pre>{@code
 * 0 done 41
 * 0 cut-off 0 3 38 0 0 0 0 0 0 0 6120
 * }</pre>
 */
final class CountsText {

  private static final String CUT_OFF = "cut-off";

  private CountsText() {}

  static String format(Map<HnUnit, WorkflowCounts> counts) {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (unit, of) -> {
          of.endings()
              .forEach(
                  (ending, number) ->
                      text.append(unit)
                          .append(' ')
                          .append(word(ending))
                          .append(' ')
                          .append(number)
                          .append('\n'));
          text.append(unit).append(' ').append(CUT_OFF);
          of.cutOffs().forEach(number -> text.append(' ').append(number));
          text.append(' ').append(of.cutOff().toMillis()).append('\n');
        });
    return text.toString();
  }

  private static String word(Ending ending) {
    return ending.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the numbers. A line of another form is left out. */
  static Map<HnUnit, WorkflowCounts> parse(String text) {
    Map<HnUnit, WorkflowCounts> counts = new TreeMap<>();
    for (String line : Splitter.on('\n').split(text)) {
      List<String> words = Splitter.on(' ').splitToList(line);
      Optional<Integer> unit = Optional.ofNullable(Ints.tryParse(words.get(0)));
      if (unit.filter(number -> number >= 0).isPresent() && words.size() > 2) {
        counts(words.get(1), numbers(words.subList(2, words.size())))
            .ifPresent(found -> counts.merge(new HnUnit(unit.get()), found, WorkflowCounts::plus));
      }
    }
    return counts;
  }

  private static Optional<WorkflowCounts> counts(String word, ImmutableList<Long> numbers) {
    int groups = WorkflowCounts.NONE.cutOffs().size();
    if (word.equals(CUT_OFF)) {
      return numbers.size() == groups + 1
          ? Optional.of(
              new WorkflowCounts(
                  ImmutableMap.of(),
                  numbers.subList(0, groups),
                  Duration.ofMillis(numbers.get(groups))))
          : Optional.empty();
    }
    return Arrays.stream(Ending.values())
        .filter(ending -> word(ending).equals(word) && numbers.size() == 1)
        .findFirst()
        .map(
            ending ->
                new WorkflowCounts(
                    ImmutableMap.of(ending, numbers.get(0)),
                    WorkflowCounts.NONE.cutOffs(),
                    Duration.ZERO));
  }

  /** Returns the numbers; none if one of them is not a number of at least zero. */
  private static ImmutableList<Long> numbers(List<String> words) {
    ImmutableList.Builder<Long> numbers = ImmutableList.builder();
    for (String word : words) {
      Long number = Longs.tryParse(word);
      if (number == null || number < 0) {
        return ImmutableList.of();
      }
      numbers.add(number);
    }
    return numbers.build();
  }
}
