package org.hnvf.daemon;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.service.Hint;
import org.hnvf.service.Trigger;
import org.junit.jupiter.api.Test;

final class HintQueueTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final HnUnit HN0 = new HnUnit(0);
  private static final HnUnit HN1 = new HnUnit(1);
  private static final Hint UP = new Hint(Trigger.VF_UP, false);
  private static final InterfaceName VF = new InterfaceName("mlxen0");

  private final HintQueue boxes = new HintQueue();

  @Test
  void onePairThatIsLookedAtDoesNotKeepAnotherWaiting() {
    boxes.hint(HN0, UP);
    assertThat(boxes.take(NOW)).containsExactly(new DueLook.Pair(HN0, UP));
    boxes.hint(HN0, UP);
    boxes.hint(HN1, UP);
    assertThat(boxes.take(NOW)).containsExactly(new DueLook.Pair(HN1, UP));
    assertThat(boxes.isIdle()).isFalse();
    boxes.ended(HN0, Optional.empty(), NOW);
    assertThat(boxes.take(NOW)).containsExactly(new DueLook.Pair(HN0, UP));
    boxes.ended(HN0, Optional.empty(), NOW);
    boxes.ended(HN1, Optional.empty(), NOW);
    assertThat(boxes.isIdle()).isTrue();
    assertThat(boxes.nextDue(NOW)).isEmpty();
  }

  @Test
  void whatWasPromisedIsTakenWithoutWhatOnlyTimeBrings() {
    boxes.alarm(HN1, Optional.of(new Alarm(NOW, NOW, Hint.OTHER)), NOW);
    boxes.hint(HN0, UP);
    assertThat(boxes.promised()).containsExactly("hn0");
    assertThat(boxes.takePromised(NOW)).containsExactly(new DueLook.Pair(HN0, UP));
    assertThat(boxes.promised()).isEmpty();
    boxes.hint(HN0, UP);
    boxes.hint(VF, UP);
    assertThat(boxes.promised()).containsExactly("hn0", "all");
    assertThat(boxes.takePromised(NOW))
        .containsExactly(new DueLook.Round(ImmutableMap.of(VF, UP), false));
    assertThat(boxes.takePromised(NOW)).isEmpty();
    boxes.ended(HN0, Optional.empty(), NOW);
    assertThat(boxes.takePromised(NOW)).containsExactly(new DueLook.Pair(HN0, UP));
    assertThat(boxes.take(NOW)).containsExactly(new DueLook.Pair(HN1, Hint.OTHER));
  }

  @Test
  void namesAreCollectedForOneRound() {
    Hint attach = new Hint(Trigger.IFATTACH, true);
    boxes.hint(VF, attach);
    boxes.hint(VF, Hint.OTHER);
    boxes.hint(new InterfaceName("em0"), Hint.OTHER);
    assertThat(boxes.take(NOW))
        .containsExactly(
            new DueLook.Round(
                ImmutableMap.of(VF, attach, new InterfaceName("em0"), Hint.OTHER), false));
    boxes.roundEnded(Optional.empty(), NOW);
    assertThat(boxes.take(NOW)).isEmpty();
  }

  @Test
  void moreNamesThanCanBeKeptMakeItLookAtEverything() {
    for (int i = 0; i < 10_000; i++) {
      boxes.hint(new InterfaceName("epair" + i), Hint.OTHER);
    }
    DueLook.Round round = (DueLook.Round) boxes.take(NOW).get(0);
    assertThat(round.everything()).isTrue();
    assertThat(round.names()).hasSize(256);
  }

  @Test
  void namesThatWereNotFoundOutAboutComeAgain() {
    boxes.hint(VF, UP);
    DueLook.Round failed = (DueLook.Round) boxes.take(NOW).get(0);
    boxes.hint(VF, Hint.OTHER);
    boxes.putBack(failed);
    boxes.roundEnded(Optional.of(Alarm.retry(Hint.OTHER, NOW)), NOW);
    assertThat(boxes.take(NOW)).containsExactly(new DueLook.Round(ImmutableMap.of(VF, UP), false));
  }

  @Test
  void whatANameBringsDoesNotMoveTheNextLookAtEverything() {
    boxes.everything();
    boxes.take(NOW);
    boxes.roundEnded(Optional.of(new Alarm(NOW, NOW.plusSeconds(60), Hint.OTHER)), NOW);
    boxes.hint(VF, UP);
    boxes.take(NOW);
    boxes.roundEnded(Optional.empty(), NOW);
    assertThat(boxes.nextDue(NOW)).hasValue(NOW.plusSeconds(60));
    assertThat(boxes.take(NOW.plusSeconds(60)))
        .containsExactly(new DueLook.Round(ImmutableMap.of(), true));
  }

  @Test
  void aLookThatDoesNotEndMakesItsMailboxDead() {
    boxes.hint(HN0, UP);
    boxes.take(NOW);
    assertThat(boxes.isLive(HN0, NOW.plusSeconds(599))).isTrue();
    assertThat(boxes.isLive(HN0, NOW.plusSeconds(601))).isFalse();
    assertThat(boxes.isLive(HN1, NOW.plusSeconds(601))).isTrue();
    assertThat(boxes.isLive(NOW.plusSeconds(601))).isTrue();
  }
}
