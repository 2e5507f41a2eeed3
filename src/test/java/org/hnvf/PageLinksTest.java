package org.hnvf;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each link from a page to a file of the project has its file, and its heading. */
final class PageLinksTest {

  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)\\s#]*)#?([^)\\s]*)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  private static ImmutableList<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(Path::of),
              docs.filter(path -> path.toString().endsWith(".md")))
          .collect(ImmutableList.toImmutableList());
    }
  }

  /** Returns the anchors of the headings, as GitHub makes them. */
  private static ImmutableSet<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .collect(ImmutableSet.toImmutableSet());
  }

  @Test
  void eachLeadsSomewhere() throws IOException {
    int anchored = 0;
    for (Path page : pages()) {
      for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
        Path target =
            link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
        assertWithMessage("%s: %s", page, link.group()).that(Files.exists(target)).isTrue();
        if (!link.group(2).isEmpty()) {
          assertWithMessage("%s: %s", page, link.group())
              .that(anchors(target))
              .contains(link.group(2));
          anchored++;
        }
      }
    }
    assertThat(anchored).isAtLeast(3);
  }
}
