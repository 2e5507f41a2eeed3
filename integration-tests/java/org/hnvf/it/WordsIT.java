package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/words} on the project and on planted sentences. */
final class WordsIT {

  private final Path directory;
  private final Scripts scripts;

  WordsIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.scripts = new Scripts(directory.resolve("rig"));
  }

  private Ended words(String... files) throws Exception {
    return scripts.run(
        ImmutableMap.of(),
        ImmutableList.<String>builder()
            .add(Scripts.BASE.resolve("scripts/words").toString())
            .add(files)
            .build());
  }

  private Ended wordsOf(String name, String text) throws Exception {
    return words(Files.writeString(directory.resolve(name), text).toString());
  }

  @Test
  void projectPasses() throws Exception {
    assertThat(words()).isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void plantedSentenceIsPrintedWithPlaceConstructionAndReplacement() throws Exception {
    Ended ended = wordsOf("page.md", "A title.\n\nThe lock is kept by whoever has it.\n");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out())
        .isEqualTo(
            directory.resolve("page.md")
                + ":3: \"whoever\"; write: name the subject: \"the process that\","
                + " \"the user who\"\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Somebody else's lagg.",
        "Nobody polls.",
        "What fails is undone.",
        "What fails is undone. Why?",
        "A step without an action is none.",
        "It is mended.",
        "It was bonded."
      })
  void constructionIsFound(String sentence) throws Exception {
    Ended ended = wordsOf("page.md", sentence + "\n");
    assertWithMessage(ended.out()).that(ended.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What fails?",
        "It returns what was read.",
        "Empty if there is none.",
        "Recommended.",
        "A bonding driver."
      })
  void plainEnglishPasses(String sentence) throws Exception {
    assertThat(wordsOf("page.md", sentence + "\n")).isEqualTo(new Ended(0, "", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "page.md, 'hnvf keeps hands\noff the pair.', 1",
    "page.md, 'A title.\n\n- It is\n  none of them.', 3",
    "page.8, '.Pp\n.Nm\nkeeps hands\noff the pair.', 3",
    "A.java, '  /**\n   * The pair is all\n   * the same refused.\n   */', 2",
    "A.java, '  // Keep hands\n  // off.', 1"
  })
  void constructionOverTwoLinesIsFoundAtItsFirstLine(String name, String text, int line)
      throws Exception {
    Ended ended = wordsOf(name, text + "\n");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).startsWith(directory.resolve(name) + ":" + line + ": \"");
    assertThat(ended.out().lines().toList()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "page.md, 'The one with free hands\n\noff the lagg.'",
    "page.md, '- hands\n- off'",
    "page.md, 'What does hnvf.json do\nwith it?'",
    "page.8, 'with free hands\n.Pp\noff the lagg'",
    "A.java, '  // the hands\n  off();'",
    "A.java, '  /**\n   * Its hands\n   * @param off its end\n   */'"
  })
  void endOfASentenceOrParagraphSeparates(String name, String text) throws Exception {
    assertThat(wordsOf(name, text + "\n")).isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void filesOfADirectoryAreChecked() throws Exception {
    Path below = Files.createDirectories(directory.resolve("docs/below"));
    Files.writeString(below.resolve("page.md"), "Nobody.\n");
    Files.writeString(below.resolve("page.txt"), "Nobody.\n");
    Ended ended = words(directory.resolve("docs").toString());
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).startsWith(below.resolve("page.md") + ":1: ");
    assertThat(ended.out().lines().toList()).hasSize(1);
  }

  @Test
  void onlyCommentsOfJavaAreChecked() throws Exception {
    assertThat(wordsOf("A.java", "String nobody = \"somebody\";\n").status()).isEqualTo(0);
    assertThat(wordsOf("B.java", "/** Nobody. */\n").status()).isEqualTo(1);
    assertThat(wordsOf("C.java", "   * whoever\n").status()).isEqualTo(1);
    assertThat(wordsOf("D.java", "int i; // somebody\n").status()).isEqualTo(1);
  }

  @Test
  void onlyCommentsOfScriptsAreChecked() throws Exception {
    assertThat(wordsOf("a", "#!/bin/sh\nsu -m nobody -c whoever\n").status()).isEqualTo(0);
    assertThat(wordsOf("b", "#!/bin/sh\n\t# Somebody else's.\n").status()).isEqualTo(1);
    assertThat(wordsOf("c.conf", "# hands\n# off\n").status()).isEqualTo(1);
  }

  @Test
  void missingFileFails() throws Exception {
    Ended ended = words(directory.resolve("none.md").toString());
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).contains("cannot read");
  }
}
