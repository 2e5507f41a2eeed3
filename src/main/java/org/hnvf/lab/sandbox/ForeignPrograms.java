package org.hnvf.lab.sandbox;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the words of a script that run programs of this machine in the place of the sandbox's: a
 * program with its path, and a new search path. A path that the script builds from parts is not
 * found.
 */
final class ForeignPrograms {

  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

  private final Pattern foreign;

  ForeignPrograms(ImmutableSet<String> programs) {
    this.foreign =
        Pattern.compile(
            "(?<![\\w.])(/(?:usr/)?s?bin/(?:"
                + programs.stream().map(Pattern::quote).collect(Collectors.joining("|"))
                + ")(?![\\w.-])|PATH=)");
  }

  /**
   * A place in a script.
   *
   * @param line the number of its line, from 1
   * @param words the words
   */
  record Place(int line, String words) {}

  /** Returns the first of them. */
  Optional<Place> firstIn(String script) {
    List<String> lines = Splitter.on('\n').splitToList(script);
    for (int i = 0; i < lines.size(); i++) {
      Matcher found = foreign.matcher(COMMENT.matcher(lines.get(i)).replaceFirst("$1"));
      if (found.find()) {
        return Optional.of(new Place(i + 1, found.group(1)));
      }
    }
    return Optional.empty();
  }
}
