package org.hnvf.report;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text of the guest changes the direction or the structure of the page. */
final class MarkupTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000", "\u0007", "\u0085", "\u061c", "\u200b", "\u200e", "\u200f", "\u202a", "\u202e",
        "\u2028", "\u2066", "\u2069", "\ufeff"
      })
  void aCharacterThatIsNotSeenIsReplaced(String unseen) {
    String html = new Markup("").element("p", "a" + unseen + "b", "title", unseen).html();
    assertThat(html).isEqualTo("<p title=\"\ufffd\">a\ufffdb</p>\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "é", "→", "\ud83d\ude00", "\u0639"})
  void aCharacterThatIsSeenIsKept(String seen) {
    assertThat(new Markup("").element("p", seen).html()).isEqualTo("<p>" + seen + "</p>\n");
  }
}
