package org.hnvf.journal;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Ints;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.InterfaceName;

/** A membership in a bridge as a line of a journal: {@code bridge0 LEARNING,STP 128 2000 MAC…}. */
final class BridgeWords {

  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();
  private static final Splitter FLAGS = Splitter.on(',');
  private static final Pattern FLAG = Pattern.compile("[A-Z]{1,16}");
  private static final Pattern MAC = Pattern.compile("(?:[0-9a-f]{2}:){5}[0-9a-f]{2}");
  private static final String NO_FLAGS = "-";

  private BridgeWords() {}

  static String of(BridgeMembership how) {
    return String.join(
        " ",
        ImmutableList.<String>builder()
            .add(how.bridge().value())
            .add(how.flags().isEmpty() ? NO_FLAGS : String.join(",", how.flags()))
            .add(Integer.toString(how.priority()))
            .add(Integer.toString(how.cost()))
            .addAll(how.entries())
            .build());
  }

  static Optional<BridgeMembership> parse(String text) {
    List<String> words = WORDS.splitToList(text);
    if (words.size() < 4) {
      return Optional.empty();
    }
    Optional<InterfaceName> bridge = InterfaceName.of(words.get(0));
    ImmutableSet<String> flags =
        words.get(1).equals(NO_FLAGS)
            ? ImmutableSet.of()
            : ImmutableSet.copyOf(FLAGS.split(words.get(1)));
    Optional<Integer> priority = number(words.get(2));
    Optional<Integer> cost = number(words.get(3));
    ImmutableList<String> macs = ImmutableList.copyOf(words.subList(4, words.size()));
    boolean sound =
        flags.stream().allMatch(flag -> FLAG.matcher(flag).matches())
            && macs.stream().allMatch(mac -> MAC.matcher(mac).matches());
    return sound && bridge.isPresent() && priority.isPresent() && cost.isPresent()
        ? Optional.of(new BridgeMembership(bridge.get(), flags, priority.get(), cost.get(), macs))
        : Optional.empty();
  }

  private static Optional<Integer> number(String text) {
    return Optional.ofNullable(Ints.tryParse(text)).filter(number -> number >= 0);
  }
}
