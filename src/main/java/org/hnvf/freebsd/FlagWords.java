package org.hnvf.freebsd;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.FlagWord;

/** Words of flags as ifconfig(8) prints them. */
final class FlagWords {

  /**
   * The flag word as a regular expression without groups. It may have no names if no flag is set.
   */
  static final String WORD = "[0-9a-f]{1,16}(?:<[^>]*>)?";

  private static final Pattern PARTS = Pattern.compile("([0-9a-f]{1,16})(?:<([^>]*)>)?");
  private static final Splitter NAMES = Splitter.on(',').omitEmptyStrings();

  private FlagWords() {}

  static Optional<FlagWord> parse(String text) {
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String names = parts.group(2);
    return Optional.of(
        new FlagWord(
            Long.parseUnsignedLong(parts.group(1), 16),
            names == null ? ImmutableList.of() : ImmutableList.copyOf(NAMES.split(names))));
  }
}
