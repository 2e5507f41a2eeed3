package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.control.RequestLine;
import org.hnvf.model.HnvfException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The verbs are described in four places: the command line, the daemon's line protocol, the front,
 * which must know whom to ask, and the words of the laboratory. They agree.
 */
final class GrammarTest {

  /** Requests that no user types. */
  private static final ImmutableSet<String> ITS_OWN = ImmutableSet.of("ping", "reload");

  private static final ImmutableMap<String, String> OPTIONS =
      ImmutableMap.of(
          "--json", "--json",
          "--verbose", "--verbose",
          "--color", "--color",
          "--for", "--for 5m",
          "--verb", "--verb failover");

  private final CommandLine product =
      new Cli(
              new PrintWriter(new StringWriter()),
              new PrintWriter(new StringWriter()),
              new ProductGuests())
          .commandLine();

  private static String front() throws IOException {
    return Files.readString(Path.of("scripts", "front"));
  }

  /** The words of a {@code case} of the front. */
  private static ImmutableSet<String> words(String pattern) throws IOException {
    Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(front());
    assertThat(found.find()).isTrue();
    return ImmutableSet.copyOf(Splitter.on('|').trimResults().split(found.group(1)));
  }

  private static ImmutableSet<String> served() throws IOException {
    return words("is_served\\(\\).*?case [^\\n]*\\n\\s*([a-z| -]+)\\) ;;");
  }

  private static Optional<String> refusal(String line) {
    try {
      RequestLine.parse(line);
      return Optional.empty();
    } catch (HnvfException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isKnown(String verb) {
    return refusal(verb).filter(why -> why.contains("does not know the verb")).isEmpty();
  }

  @Test
  void theDaemonServesWhatTheFrontAsksItAndNoOtherVerb() throws IOException {
    for (String verb : served()) {
      assertWithMessage(verb).that(refusal(verb + " hn0")).isEmpty();
      assertThat(product.getSubcommands()).containsKey(verb);
    }
    for (String verb : Sets.difference(product.getSubcommands().keySet(), served())) {
      assertWithMessage(verb).that(isKnown(verb)).isFalse();
    }
    for (String verb : ITS_OWN) {
      assertThat(isKnown(verb)).isTrue();
      assertThat(product.getSubcommands()).doesNotContainKey(verb);
    }
  }

  @Test
  void bothTakeTheSameOptionsOfAVerb() throws IOException {
    for (String verb : served()) {
      CommandLine typed = requireNonNull(product.getSubcommands().get(verb));
      for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
        assertWithMessage(verb + " " + option.getKey())
            .that(refusal(verb + " hn0 " + option.getValue()).isEmpty())
            .isEqualTo(typed.getCommandSpec().findOption(option.getKey()) != null);
      }
    }
  }

  @Test
  void theFrontKnowsTheOptionsThatTheDaemonTakes() throws IOException {
    assertThat(words("for word in [^\\n]*\\n\\s*case [^\\n]*\\n\\s*(--[a-z| -]+)\\) ;;"))
        .containsExactlyElementsIn(OPTIONS.keySet());
  }

  @Test
  void theFrontAndTheProductKnowTheSameWordsOfTheLaboratory() throws IOException {
    ImmutableSet<String> ofFront =
        words("is_of_laboratory\\(\\).*?\\n\\s*('[a-z' *|]+)\\) return 0").stream()
            .map(pattern -> pattern.replaceAll("^'|'$|' ?\\*$", "").strip())
            .collect(ImmutableSet.toImmutableSet());
    assertThat(ofFront).containsExactlyElementsIn(Laboratory.VERBS);
    for (String verb : ofFront) {
      assertWithMessage(verb).that(isOfProduct(verb)).isFalse();
    }
  }

  private boolean isOfProduct(String verb) {
    CommandLine line = product;
    for (String word : Splitter.on(' ').split(verb)) {
      CommandLine next = line.getSubcommands().get(word);
      if (next == null) {
        return false;
      }
      line = next;
    }
    return true;
  }
}
