package org.hnvf.daemon;

import static com.google.common.truth.Truth.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.service.Hint;
import org.hnvf.service.Trigger;
import org.junit.jupiter.api.Test;

final class MailboxTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Hint ATTACH = new Hint(Trigger.IFATTACH, true);
  private static final Hint UP = new Hint(Trigger.VF_UP, false);
  private static final Hint DOWN = new Hint(Trigger.VF_DOWN, false);

  private static Mailbox ringingAt(Instant at, Hint hint) {
    return Mailbox.EMPTY.ringingNext(Optional.of(new Alarm(NOW, at, hint)), NOW);
  }

  @Test
  void anEmptyOneAsksForNothing() {
    assertThat(Mailbox.EMPTY.due(NOW)).isEmpty();
    assertThat(Mailbox.EMPTY.nextDue(NOW)).isEmpty();
  }

  @Test
  void theLastHintIsLeft() {
    assertThat(Mailbox.EMPTY.hinted(UP).hinted(ATTACH).due(NOW)).hasValue(ATTACH);
    assertThat(Mailbox.EMPTY.hinted(ATTACH).hinted(UP).due(NOW)).hasValue(UP);
    assertThat(Mailbox.EMPTY.hinted(DOWN).hinted(Hint.OTHER).due(NOW)).hasValue(Hint.OTHER);
  }

  @Test
  void aHintThatCallsAScriptIsNotReplacedByOneThatDoesNot() {
    assertThat(Mailbox.EMPTY.hinted(UP).hinted(DOWN).hinted(Hint.OTHER).due(NOW)).hasValue(UP);
  }

  @Test
  void aThousandHintsDuringALookAreOneMore() {
    Mailbox box = Mailbox.EMPTY.hinted(UP).begun(NOW);
    for (int i = 0; i < 1000; i++) {
      box = box.hinted(UP);
      assertThat(box.due(NOW)).isEmpty();
      assertThat(box.nextDue(NOW)).isEmpty();
    }
    box = box.ended();
    assertThat(box.due(NOW)).hasValue(UP);
    assertThat(box.begun(NOW).ended()).isEqualTo(Mailbox.EMPTY);
  }

  @Test
  void anAlarmRingsAtItsTimeAndOnce() {
    Mailbox box = ringingAt(NOW.plusSeconds(5), Hint.DELAY_OVER);
    assertThat(box.due(NOW.plusSeconds(4))).isEmpty();
    assertThat(box.nextDue(NOW)).hasValue(NOW.plusSeconds(5));
    assertThat(box.due(NOW.plusSeconds(5))).hasValue(Hint.DELAY_OVER);
    assertThat(box.begun(NOW.plusSeconds(5)).ended()).isEqualTo(Mailbox.EMPTY);
  }

  @Test
  void aLookBeforeItsTimeLeavesTheAlarm() {
    Mailbox box = ringingAt(NOW.plusSeconds(5), Hint.DELAY_OVER).hinted(Hint.OTHER).begun(NOW);
    assertThat(box.ended().due(NOW.plusSeconds(5))).hasValue(Hint.DELAY_OVER);
  }

  @Test
  void anAlarmThatRangDuringALookIsNotForgotten() {
    Mailbox box = ringingAt(NOW.plusSeconds(5), Hint.DELAY_OVER).hinted(Hint.OTHER).begun(NOW);
    Instant end = NOW.plusSeconds(6);
    assertThat(box.ended().ringingNext(Optional.empty(), end).due(end)).hasValue(Hint.DELAY_OVER);
  }

  @Test
  void anAlarmIsMovedAndCancelledByTheNextLook() {
    Mailbox box = ringingAt(NOW.plusSeconds(5), Hint.DELAY_OVER).hinted(Hint.OTHER).begun(NOW);
    Alarm later = new Alarm(NOW, NOW.plusSeconds(60), Hint.DELAY_OVER);
    assertThat(box.ended().ringingNext(Optional.of(later), NOW).nextDue(NOW))
        .hasValue(NOW.plusSeconds(60));
    assertThat(box.ended().ringingNext(Optional.empty(), NOW)).isEqualTo(Mailbox.EMPTY);
  }

  @Test
  void aHintTogetherWithAnAlarmIsOneLookThatCallsTheScript() {
    Mailbox box = ringingAt(NOW, Hint.DELAY_OVER).hinted(DOWN);
    assertThat(box.due(NOW)).hasValue(Hint.DELAY_OVER);
    assertThat(box.begun(NOW).ended()).isEqualTo(Mailbox.EMPTY);
  }

  @Test
  void aClockThatIsSetBackMakesTheAlarmRing() {
    Mailbox box = ringingAt(NOW.plusSeconds(60), Hint.OTHER);
    assertThat(box.due(NOW.minusSeconds(1))).hasValue(Hint.OTHER);
    assertThat(box.nextDue(NOW.minusSeconds(1))).hasValue(NOW.minusSeconds(1));
  }
}
