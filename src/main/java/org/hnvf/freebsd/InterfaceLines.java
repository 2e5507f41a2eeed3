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
 * The lines of one interface in the output of ifconfig(8). The parser removes the lines that it
 * recognises; the remaining ones are unknown.
 */
final class InterfaceLines {

  private static final String DESCRIPTION = "description: ";

  private final List<String> lines = new ArrayList<>();

  /** Adds a line that began with a tab. */
  void add(String line) {
    lines.add(line);
  }

  /** Adds a line without a tab. Only a description of several lines contains such a line. */
  void addLoose(String line) {
    if (lines.size() == 1 && lines.get(0).startsWith(DESCRIPTION)) {
      lines.set(0, lines.get(0) + "\n" + line);
    }
  }

  /**
   * Removes and returns the description. It precedes all other lines, so a similar line elsewhere
   * is not a description.
   */
  Optional<String> takeDescription() {
    return lines.isEmpty() || !lines.get(0).startsWith(DESCRIPTION)
        ? Optional.empty()
        : Optional.of(lines.remove(0).substring(DESCRIPTION.length()));
  }

  /** Removes the line with this prefix and returns the rest of it. */
  Optional<String> take(String prefix) {
    return take(prefix, Optional::of);
  }

  /**
   * Removes and returns the last line of this kind that can be parsed. The last one, because a line
   * of a description may look like any other line but precedes them.
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

  /** Removes and returns all lines that can be parsed. */
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
   * Reads all lines that match as a whole. The last group of the pattern matches unknown text at
   * the end; a line with such text is also kept.
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

  /** Returns the remaining lines. */
  ImmutableList<String> rest() {
    return ImmutableList.copyOf(lines);
  }
}
