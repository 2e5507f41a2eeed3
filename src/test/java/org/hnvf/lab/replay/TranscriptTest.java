package org.hnvf.lab.replay;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.hnvf.lab.replay.Transcript.Recorded;
import org.hnvf.model.ExitCode;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;

/** Which texts are transcripts. */
final class TranscriptTest {

  @Test
  void aCommandHasItsOutputsAndItsStatus() throws UserException {
    Transcript transcript =
        Transcript.parse(
            "t",
            "# why\n$ a b\n[stdout]\none\ntwo<no newline at end>\n[stderr]\nx\n[exit 3] (1.5 s)\n");
    assertThat(transcript.comments()).containsExactly("why");
    assertThat(transcript.entries())
        .containsExactly(new Recorded(2, "a b", "one\ntwo", "x\n", 3, Duration.ofMillis(1500)));
  }

  @Test
  void aTextWithoutACommandIsNone() {
    UserException thrown =
        assertThrows(UserException.class, () -> Transcript.parse("notes.txt", "hello\n"));
    assertThat(thrown).hasMessageThat().contains("notes.txt: not a transcript");
    assertThat(thrown.exitCode()).isEqualTo(ExitCode.BAD_DATA);
  }

  @Test
  void aCommandWithoutItsEndIsNamedWithItsLine() {
    UserException thrown =
        assertThrows(
            UserException.class, () -> Transcript.parse("t", "# c\n$ ifconfig\n[stdout]\nlo0\n"));
    assertThat(thrown).hasMessageThat().contains("t, line 2: the command has no [exit N] line");
  }

  @Test
  void aCommandMayHaveSeveralLines() throws UserException {
    Transcript transcript = Transcript.parse("t", "$ cat <<E\none\nE\n[exit 0] (0.1 s)\n");
    assertThat(transcript.entries().get(0).command()).isEqualTo("cat <<E\none\nE");
    assertThat(Replay.of(transcript).compared()).isEqualTo(0);
  }

  @Test
  void aCommandWithoutItsEndDoesNotSwallowTheNext() {
    UserException thrown =
        assertThrows(
            UserException.class,
            () -> Transcript.parse("t", "$ ifconfig\n$ sleep 1\n[exit 0] (1.0 s)\n"));
    assertThat(thrown).hasMessageThat().contains("t, line 1: the command has no [exit N] line");
  }
}
