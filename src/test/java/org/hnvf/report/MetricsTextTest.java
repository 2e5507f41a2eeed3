package org.hnvf.report;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No value of a label begins a line, ends its label, or changes another one. */
final class MetricsTextTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "a\"b, a\\\"b",
        "a\\, a\\\\",
        "\\\", \\\\\\\"",
        "\\n, \\\\n",
        "'\"} 1', '\\\"} 1'",
      })
  void quotesAndBackslashesAreEscaped(String value, String written) {
    assertThat(sample(value)).isEqualTo("hnvf_x{a=\"" + written + "\",b=\"c\"} 1\n");
  }

  @Test
  void aNewlineBeginsNoLine() {
    assertThat(sample("x\"} 1\nhnvf_y 2\n"))
        .isEqualTo("hnvf_x{a=\"x\\\"} 1\\nhnvf_y 2\\n\",b=\"c\"} 1\n");
  }

  @Test
  void aHelpIsOneLine() {
    MetricsText text = new MetricsText();
    text.family("hnvf_x", "gauge", "a\\b\nc \"d\"");
    assertThat(text.toString()).isEqualTo("# HELP hnvf_x a\\\\b\\nc \"d\"\n# TYPE hnvf_x gauge\n");
  }

  private static String sample(String value) {
    MetricsText text = new MetricsText();
    text.sample("hnvf_x", ImmutableMap.of("a", value, "b", "c"), "1");
    return text.toString();
  }
}
