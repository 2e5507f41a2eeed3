package org.hnvf.control;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.hnvf.model.ExitCode;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerTest {

  @Test
  void aTextIsSentLineByLine() throws Exception {
    Answer answer = Answer.of("PAIR  VF\n\nhn0\n", "note: odd\n", 71);

    assertThat(answer.wire()).isEqualTo("out PAIR  VF\nout \nout hn0\nerr note: odd\nexit 71\n");
    assertThat(Answer.read(answer.wire())).isEqualTo(answer);
  }

  @Test
  void okIsALineOfItsOwn() throws Exception {
    assertThat(Answer.ok().wire()).isEqualTo("ok\n");
    assertThat(Answer.read("ok\n").isOk()).isTrue();
  }

  @Test
  void aFaultHasItsStatus() {
    assertThat(Answer.fault("busy", ExitCode.BUSY).wire()).isEqualTo("err busy\nexit 75\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "out all is well\n", "exit \n", "exit 1234\n", "HTTP/1.1 200 OK\n"})
  void aCutAnswerIsNone(String wire) {
    assertThrows(SystemException.class, () -> Answer.read(wire));
  }
}
