package org.hnvf.capture;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that an anonymised capture may contain where people write freely. */
final class Vocabulary {

  private static final Pattern INTERFACE =
      Pattern.compile("[a-z][a-z_]{0,11}[0-9]{1,5}([._][0-9]{1,5})*");
  private static final Pattern HEADER =
      Pattern.compile("(?m)^([A-Za-z][A-Za-z0-9_.]{0,14}): flags=");
  private static final Pattern GROUPS = Pattern.compile("(?m)^[ \\t]++groups: (.*)$");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(0x)?[0-9a-fA-F]{1,8}|[0-9]{1,10}[smhd]?");
  private static final Pattern OPTION = Pattern.compile("-[A-Za-z0-9]{1,3}");
  private static final Splitter BLANKS = Splitter.on(' ').omitEmptyStrings();

  /** The words of ifconfig(8), route(8) and rc.conf(5). */
  private static final ImmutableSet<String> KNOWN = known();

  private final ImmutableSet<String> interfaces;

  /**
   * Creates the words of a guest.
   *
   * @param texts the outputs of ifconfig(8)
   */
  Vocabulary(Collection<String> texts) {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    for (String text : texts) {
      Matcher header = HEADER.matcher(text);
      while (header.find()) {
        names.add(header.group(1));
      }
      Matcher groups = GROUPS.matcher(text);
      while (groups.find()) {
        names.addAll(BLANKS.split(groups.group(1)));
      }
    }
    this.interfaces = names.build();
  }

  private static ImmutableSet<String> known() {
    try {
      return ImmutableSet.copyOf(
          Resources.readLines(
              Resources.getResource(Vocabulary.class, "vocabulary.txt"), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("vocabulary.txt of hnvf cannot be read", e);
    }
  }

  /**
   * Returns whether this is the name of an interface or a group, or looks like one of an interface.
   */
  boolean isInterface(String word) {
    return interfaces.contains(word) || INTERFACE.matcher(word).matches();
  }

  /** Returns whether the word tells nothing about whose guest this is. */
  boolean isPlain(String word) {
    return KNOWN.contains(word.toLowerCase(Locale.ROOT))
        || NUMBER.matcher(word).matches()
        || OPTION.matcher(word).matches()
        || isInterface(word);
  }
}
