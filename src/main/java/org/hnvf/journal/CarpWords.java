package org.hnvf.journal;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hnvf.model.CarpGroup;
import org.hnvf.model.Prefix;

/** A virtual host of carp(4) as a line of a journal: {@code 1 1 100 10.0.2.60/32…}. */
final class CarpWords {

  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();
  private static final int MOST = 255;

  private CarpWords() {}

  static String of(CarpGroup group) {
    return group.vhid()
        + " "
        + group.advbase()
        + " "
        + group.advskew()
        + " "
        + group.prefixes().stream().map(Prefix::toString).collect(Collectors.joining(" "));
  }

  static Optional<CarpGroup> parse(String text) {
    List<String> words = WORDS.splitToList(text);
    ImmutableList<Integer> numbers =
        words.stream()
            .limit(3)
            .flatMap(word -> Optional.ofNullable(Ints.tryParse(word)).stream())
            .filter(number -> number >= 0 && number <= MOST)
            .collect(ImmutableList.toImmutableList());
    ImmutableList<Prefix> prefixes =
        words.stream()
            .skip(3)
            .flatMap(word -> JournalText.prefix(word).stream())
            .filter(prefix -> !prefix.isIpv6())
            .collect(ImmutableList.toImmutableList());
    boolean sound =
        numbers.size() == 3 && !prefixes.isEmpty() && prefixes.size() == words.size() - 3;
    return sound
        ? Optional.of(new CarpGroup(numbers.get(0), numbers.get(1), numbers.get(2), prefixes))
        : Optional.empty();
  }
}
