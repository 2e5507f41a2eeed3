package org.hnvf.model;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EndingTest {

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNFINISHED")
  void itIsRecognisedByItsWords(Ending ending) {
    assertThat(Ending.of(ending.words())).isEqualTo(ending);
    assertThat(Ending.of(ending.words("a reason"))).isEqualTo(ending);
  }

  @Test
  void aReasonIsNoEnding() {
    assertThat(Ending.of("rolled back: done")).isEqualTo(Ending.ROLLED_BACK);
    assertThat(Ending.of("rolled back: the host took the VF away too late"))
        .isEqualTo(Ending.ROLLED_BACK);
    assertThat(Ending.of("refused: incomplete: x")).isEqualTo(Ending.REFUSED);
  }

  @Test
  void unknownWordsAreARollback() {
    assertThat(Ending.of("")).isEqualTo(Ending.ROLLED_BACK);
    assertThat(Ending.of("donexyz")).isEqualTo(Ending.ROLLED_BACK);
  }
}
