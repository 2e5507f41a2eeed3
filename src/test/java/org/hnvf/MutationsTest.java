package org.hnvf;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cuts that {@code scripts/mutate} tries still fit the code. */
final class MutationsTest {

  private static final Path CUTS = Path.of("src/test/mutations");
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
