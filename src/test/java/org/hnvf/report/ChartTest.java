package org.hnvf.report;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The drawing of rows of bars. */
final class ChartTest {

  private static final TimeScale SCALE =
      TimeScale.of(Instant.parse("2026-11-22T12:00:00Z"), Instant.parse("2026-11-22T12:00:10Z"));

  private static String drawn(String text) {
    Chart chart =
        new Chart(
            "a title",
            "A description.",
            SCALE,
            ImmutableList.of(),
            Optional.empty(),
            ImmutableList.of(new Chart.Row(text, "", ImmutableList.of())));
    Markup page = new Markup("");
    chart.draw(page, "x");
    return page.html();
  }

  /** The pair of chars lies before, at and after the place where a text is cut. */
  @Test
  void aLongTextIsNotCutInsideACharacter() {
    for (int before = 34; before < 44; before++) {
      String html = drawn("x".repeat(before) + "\ud83d\ude00" + "y".repeat(20));
      assertWithMessage("%s chars before", before)
          .that(html.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff))
          .isTrue();
      assertThat(html).contains("…</text>");
    }
  }

  @Test
  void aShortTextIsWhole() {
    assertThat(drawn("x".repeat(40))).contains(">" + "x".repeat(40) + "</text>");
    assertThat(drawn("x".repeat(41))).contains(">" + "x".repeat(39) + "…</text>");
  }

  @Test
  void theDrawingIsNamedByItsTitle() {
    String html = drawn("row");
    assertThat(html).contains("<svg role=\"img\" aria-labelledby=\"x-title\"");
    assertThat(html).contains("<title id=\"x-title\">a title. A description.</title>");
  }
}
