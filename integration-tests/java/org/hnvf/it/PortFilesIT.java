package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the port, as far as they can be compared without a ports tree. */
final class PortFilesIT {

  private static final Path PORT = Scripts.BASE.resolve("scripts/port");

  private static String read(String name) throws IOException {
    return Files.readString(PORT.resolve(name));
  }

  private static ImmutableSet<String> found(String pattern, String text) {
    ImmutableSet.Builder<String> found = ImmutableSet.builder();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found.build();
  }

  /** Returns the words of a variable of the Makefile. */
  private static ImmutableList<String> variable(String name) throws IOException {
    return found("(?m)^" + name + "=\t+(.*)$", read("Makefile")).stream()
        .flatMap(value -> Splitter.on(' ').splitToStream(value))
        .collect(ImmutableList.toImmutableList());
  }

  @Test
  void eachOptionHasADescriptionAndFilesAndNoOtherIsUsed() throws Exception {
    ImmutableList<String> options = variable("OPTIONS_DEFINE");
    assertThat(options).isNotEmpty();
    ImmutableSet<String> used = found("%%([A-Z]+)%%", read("pkg-plist"));
    for (String option : options) {
      assertWithMessage(option).that(variable(option + "_DESC")).isNotEmpty();
      assertThat(used).contains(option);
    }
    assertThat(options).containsAtLeastElementsIn(variable("OPTIONS_DEFAULT"));
    // The framework expands JAVASHAREDIR, and OPTIONS_SUB the options.
    assertThat(variable("OPTIONS_SUB")).containsExactly("yes");
    assertThat(ImmutableSet.<String>builder().addAll(options).add("JAVASHAREDIR").build())
        .containsExactlyElementsIn(used);
  }

  @Test
  void eachTemplateIsExpandedAndItsWordsAreDefined() throws Exception {
    ImmutableSet.Builder<String> templates = ImmutableSet.builder();
    try (Stream<Path> files = Files.list(PORT.resolve("files"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        templates.add(file.getFileName().toString());
        // PREFIX is the framework's, JAVA is in SUB_LIST.
        assertThat(ImmutableSet.of("PREFIX", "JAVA"))
            .containsAtLeastElementsIn(found("%%([A-Z_]+)%%", Files.readString(file)));
      }
    }
    assertThat(variable("SUB_LIST")).containsExactly("JAVA=${JAVA}");
    assertThat(
            Stream.concat(variable("SUB_FILES").stream(), variable("USE_RC_SUBR").stream())
                .map(name -> name + ".in")
                .toList())
        .containsExactlyElementsIn(templates.build());
  }

  @Test
  void itUsesTheJavaThatThePomCompilesFor() throws Exception {
    assertThat(variable("USES")).containsExactly("java");
    String pom = Files.readString(Scripts.BASE.resolve("pom.xml"));
    String release = found("<maven.compiler.release>(\\d+)<", pom).iterator().next();
    assertThat(variable("JAVA_VERSION")).containsExactly(release + "+");
  }

  @Test
  void noLineOfThePlistIsThereTwiceAndEachPathIsBelowThePrefix() throws Exception {
    ImmutableList<String> lines =
        ImmutableList.copyOf(Files.readAllLines(PORT.resolve("pkg-plist")));
    assertThat(lines).containsNoDuplicates();
    for (String line : lines) {
      assertWithMessage(line).that(line).doesNotContainMatch("^/|\\.\\.|\\s$");
      if (line.startsWith("@")) {
        assertWithMessage(line).that(line).containsMatch("^@(sample|preunexec) ");
      }
    }
  }

  @Test
  void eachMessageHasATypeAndATextThatEnds() throws Exception {
    String message = read("files/pkg-message.in");
    assertThat(found("type: (\\w+)", message)).containsAtLeast("install", "remove");
    assertThat(message.lines().filter(line -> line.endsWith("<<EOM")).count())
        .isEqualTo(message.lines().filter("EOM"::equals).count());
    assertThat(message.lines().filter(line -> line.endsWith("<<EOM")).count())
        .isEqualTo(Pattern.compile("type: ").matcher(message).results().count());
  }
}
