package org.hnvf.journal;

import static com.google.common.truth.Truth.assertThat;

import java.util.Optional;
import org.hnvf.model.HalfDoneScript;
import org.hnvf.model.InterfaceName;
import org.junit.jupiter.api.Test;

/** A stored script that did not finish is read back unchanged. */
final class HalfDoneTextTest {

  @Test
  void isReadBack() {
    HalfDoneScript with =
        new HalfDoneScript("`x` did not end", Optional.of(new InterfaceName("lagg0")));
    HalfDoneScript without = new HalfDoneScript("`x` exited 3", Optional.empty());
    assertThat(HalfDoneText.parse(HalfDoneText.format(with))).isEqualTo(with);
    assertThat(HalfDoneText.parse(HalfDoneText.format(without))).isEqualTo(without);
  }

  @Test
  void causeOfSeveralLinesBecomesOne() {
    assertThat(HalfDoneText.format(new HalfDoneScript("one\ntwo", Optional.empty())))
        .isEqualTo("- one two\n");
  }

  /** An invalid name is never used in a command. */
  @Test
  void anyOtherTextStillTellsThatThereWasOne() {
    assertThat(HalfDoneText.parse("")).isEqualTo(new HalfDoneScript("", Optional.empty()));
    assertThat(HalfDoneText.parse("../etc x")).isEqualTo(new HalfDoneScript("x", Optional.empty()));
  }
}
