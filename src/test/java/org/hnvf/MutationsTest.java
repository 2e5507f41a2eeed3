package org.hnvf;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.cli.Jvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cuts that {@code scripts/mutate} tries still fit the code. */
final class MutationsTest {

  private static final Path CUTS = Path.of("src/test/mutations");
  private static final Path TESTS = Path.of("src/test/java");
  private static final int FEWEST = 20;

  static List<Path> cuts() throws IOException {
    try (Stream<Path> entries = Files.list(CUTS)) {
      return entries.sorted().toList();
    }
  }

  @Test
  void thereAreEnough() throws IOException {
    assertThat(cuts().size()).isAtLeast(FEWEST);
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void saysWhatItCuts(Path cut) throws IOException {
    assertThat(cut.getFileName().toString()).matches("[a-z0-9-]+\\.patch");
    assertThat(Files.readString(cut)).containsMatch("\\A[A-Za-z][^\\n]+\\n([^\\n]+\\n)*\\n--- a/");
  }

  /** In one place only: git would take the nearest, wherever that leads in later code. */
  @ParameterizedTest
  @MethodSource("cuts")
  void fitsInOnePlace(Path cut) throws IOException {
    List<Hunk> hunks = hunks(Files.readString(cut));
    assertThat(hunks).isNotEmpty();
    for (Hunk hunk : hunks) {
      String code = Files.readString(hunk.file());
      assertWithMessage("places in %s of what %s cuts", hunk.file(), cut)
          .that(Splitter.on(hunk.before()).splitToList("\n" + code).size() - 1)
          .isEqualTo(1);
      assertThat(hunk.after()).isNotEqualTo(hunk.before());
    }
  }

  /** The script starts this class by its name, which no compiler checks. */
  @Test
  void theSoakOfTheScriptIsOneThatRuns(@TempDir Path directory) throws Exception {
    Matcher program = Pattern.compile("(org\\.hnvf\\S*) (sim soak) --jobs").matcher(script());
    assertThat(program.find()).isTrue();
    Jvm soak = Jvm.start(directory, program.group(1), "sim", "soak", "--jobs", "1", "--seeds", "1");
    int status = soak.end();
    assertWithMessage(soak.output()).that(status).isEqualTo(0);
    assertThat(soak.output()).contains("0 failed");
  }

  @Test
  void theTestsThatTheScriptNamesAreThere() throws IOException {
    List<String> names =
        Pattern.compile("^tests=(.*)$", Pattern.MULTILINE)
            .matcher(script())
            .results()
            .flatMap(line -> Splitter.on(',').splitToStream(line.group(1)))
            .map(name -> name.replace("'", "").replace("$tests", ""))
            .filter(name -> !name.isEmpty())
            .toList();
    assertThat(names.size()).isAtLeast(10);
    try (Stream<Path> files = Files.walk(TESTS)) {
      List<String> tests =
          files.map(file -> TESTS.relativize(file).toString().replace(".java", "")).toList();
      for (String name : names) {
        String glob = name.startsWith("!") ? "**/" + name.substring(1) : name;
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        assertWithMessage(name)
            .that(tests.stream().anyMatch(test -> matcher.matches(Path.of(test))))
            .isTrue();
      }
    }
  }

  private static String script() throws IOException {
    return Files.readString(Path.of("scripts/mutate"));
  }

  /**
   * One place of a patch.
   *
   * @param file what is cut
   * @param before the lines as they are, each after its newline
   * @param after the lines as the cut leaves them
   */
  private record Hunk(Path file, String before, String after) {}

  private static List<Hunk> hunks(String patch) {
    List<Hunk> hunks = new ArrayList<>();
    Path file = Path.of("");
    boolean inside = false;
    for (String line : Splitter.on('\n').split(patch)) {
      if (line.startsWith("--- a/")) {
        inside = false;
      } else if (line.startsWith("+++ b/")) {
        file = Path.of(line.substring("+++ b/".length()));
      } else if (line.startsWith("@@ ")) {
        inside = true;
        hunks.add(new Hunk(file, "", ""));
      } else if (inside && !line.isEmpty()) {
        Hunk hunk = hunks.remove(hunks.size() - 1);
        String text = "\n" + line.substring(1);
        boolean removed = line.startsWith("-");
        boolean added = line.startsWith("+");
        hunks.add(
            new Hunk(
                file,
                added ? hunk.before() : hunk.before() + text,
                removed ? hunk.after() : hunk.after() + text));
      }
    }
    return hunks;
  }
}
