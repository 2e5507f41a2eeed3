package org.hnvf.doctor;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/doctor.md lists the checks. {@code -Dhnvf.doctor=write} writes its table from them. */
final class DoctorPageTest {

  private static final Path PAGE = Path.of("docs/doctor.md");
  private static final String HEAD = "| check | severity | finding | why it matters | fix |\n";

  private static String table() {
    return Checks.ALL.stream()
        .map(
            check ->
                "| `"
                    + check.id()
                    + "` | "
                    + check.severity().name().toLowerCase(Locale.ROOT)
                    + " | "
                    + check.subject()
                    + " | "
                    + check.why()
                    + " | "
                    + check.fix()
                    + " |\n")
        .collect(Collectors.joining("", HEAD + "|---|---|---|---|---|\n", ""));
  }

  @Test
  void theTableHasEveryCheck() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(HEAD);
    assertWithMessage("a table in %s", PAGE).that(begin).isAtLeast(0);
    int end = page.indexOf("\n\n", begin) + 1;
    if ("write".equals(System.getProperty("hnvf.doctor"))) {
      Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
      return;
    }
    assertThat(page.substring(begin, end)).isEqualTo(table());
  }

  @Test
  void everyIdIsThereOnce() {
    assertThat(Checks.ALL.stream().map(Check::id).toList()).containsNoDuplicates();
    for (Check check : Checks.ALL) {
      assertThat(check.id()).matches("[a-z]+(-[a-z]+)*");
      assertThat(check.why()).endsWith(".");
      // Markdown needs a backslash before it, which a reader of the text would type.
      assertThat(check.fix()).doesNotContain("|");
    }
  }
}
