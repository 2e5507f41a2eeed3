package org.hnvf.freebsd;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of one interface as ifconfig(8) printed them, from which what is understood is taken
 * out. What is left is what nobody understood.
 */
final class InterfaceLines {

  private static final String DESCRIPTION = "description: ";

  private final List<String> lines = new ArrayList<>();

  /** Adds a line that stood behind a tabulator. */
  void add(String line) {
    lines.add(line);
  }

  /**
   * Adds a line without a tabulator. A description may have several lines, and nothing else of an
   * interface has one like this; what stands elsewhere is not ifconfig's.
   */
  void addLoose(String line) {
    if (lines.size() == 1 && lines.get(0).startsWith(DESCRIPTION)) {
      lines.set(0, lines.get(0) + "\n" + line);
    }
  }

  /**
   * Takes the description. It stands before everything else, so a line elsewhere that looks like
   * one is none.
   */
  Optional<String> takeDescription() {
    return lines.isEmpty() || !lines.get(0).startsWith(DESCRIPTION)
        ? Optional.empty()
        : Optional.of(lines.remove(0).substring(DESCRIPTION.length()));
  }

  /** Takes the text after {@code prefix}. */
  Optional<String> take(String prefix) {
    return take(prefix, Optional::of);
  }

  /**
   * Takes the last line of this kind that can be read. The last, because a description of several
   * lines may look like any line, but stands before all of them.
   */
  <T> Optional<T> take(String prefix, Function<String, Optional<T>> read) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).startsWith(prefix)) {
        Optional<T> value = read.apply(lines.get(i).substring(prefix.length()));
        if (value.isPresent()) {
          lines.remove(i);
          return value;
        }
      }
    }
    return Optional.empty();
  }

  /** Takes all lines that can be read. */
  <T> ImmutableList<T> takeAll(Function<String, Optional<T>> read) {
    ImmutableList.Builder<T> found = ImmutableList.builder();
    for (Iterator<String> rest = lines.iterator(); rest.hasNext(); ) {
      Optional<T> value = read.apply(rest.next());
      if (value.isPresent()) {
        found.add(value.get());
        rest.remove();
      }
    }
    return found.build();
  }

  /**
   * Reads all lines that match as a whole. The last group of the pattern is for what follows what
   * we know: a line that has something there is left as well.
   */
  ImmutableList<Matcher> match(Pattern pattern) {
    ImmutableList.Builder<Matcher> found = ImmutableList.builder();
    for (Iterator<String> rest = lines.iterator(); rest.hasNext(); ) {
      Matcher matcher = pattern.matcher(rest.next());
      if (matcher.matches()) {
        found.add(matcher);
        if (matcher.group(matcher.groupCount()).isBlank()) {
          rest.remove();
        }
      }
    }
    return found.build();
  }

  /** Reads the last line that matches as a whole, like {@link #match}. */
  Optional<Matcher> matchLast(Pattern pattern) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      Matcher matcher = pattern.matcher(lines.get(i));
      if (matcher.matches()) {
        if (matcher.group(matcher.groupCount()).isBlank()) {
          lines.remove(i);
        }
        return Optional.of(matcher);
      }
    }
    return Optional.empty();
  }

  /** What is left. */
  ImmutableList<String> rest() {
    return ImmutableList.copyOf(lines);
  }
}
