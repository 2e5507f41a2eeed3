package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

final class CappedTextTest {

  @Test
  void textWithinTheCapIsUntouched() {
    CappedText text = new CappedText(6);
    add(text, "abc");
    add(text, "def");

    assertThat(text.isCut()).isFalse();
    assertThat(text.text()).isEqualTo("abcdef");
  }

  @Test
  void oneByteTooManyIsShown() {
    CappedText text = new CappedText(6);
    add(text, "abc\nde\n");

    assertThat(text.isCut()).isTrue();
    assertThat(text.text()).isEqualTo("abc\nde\n[hnvf: output cut after 6 bytes]\n");
  }

  @Test
  void lineThatIsWholeIsNotBroken() {
    CappedText text = new CappedText(4);
    add(text, "abc\ndef");

    assertThat(text.text()).isEqualTo("abc\n[hnvf: output cut after 4 bytes]\n");
  }

  @Test
  void halfACharacterAtTheCutIsReplaced() {
    CappedText text = new CappedText(2);
    add(text, "aü");

    assertThat(text.text()).isEqualTo("a\uFFFD\n[hnvf: output cut after 2 bytes]\n");
  }

  @Test
  void noteStandsInItsOwnLine() {
    CappedText text = new CappedText(10);
    add(text, "abc");
    text.note("no more");

    assertThat(text.text()).isEqualTo("abc\n[hnvf: no more]\n");
  }

  private static void add(CappedText text, String part) {
    byte[] bytes = part.getBytes(UTF_8);
    text.add(bytes, bytes.length);
  }
}
