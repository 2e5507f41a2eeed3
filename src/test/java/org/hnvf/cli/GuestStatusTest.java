package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.hnvf.model.Fibs;
import org.hnvf.model.Firewalls;
import org.hnvf.model.GuestState;
import org.hnvf.model.HyperV;
import org.hnvf.report.Style;
import org.junit.jupiter.api.Test;

/** The part of {@code status} beside the pairs. */
final class GuestStatusTest {

  private static final String LEFT = "lagg1 was created for hn1, which no longer exists";

  private static GuestStatus with(ImmutableList<String> left) {
    GuestState guest =
        GuestState.ofLinks(
            new HyperV(Optional.of(false), Optional.empty(), ImmutableMap.of(), ImmutableMap.of()),
            ImmutableMap.of(),
            Firewalls.NONE,
            Optional.empty(),
            Fibs.ONE);
    return new GuestStatus(guest, ImmutableList.of(), left, ImmutableList.of());
  }

  @Test
  void aLaggThatWasLeftIsShownAsTextAndAsData() {
    GuestStatus status = with(ImmutableList.of(LEFT));
    assertThat(status.text(Style.PLAIN)).contains(LEFT + "\n");
    assertThat(status.data()).containsEntry("left", ImmutableList.of(LEFT));
  }

  @Test
  void whereNoneWasLeftNothingIsSaidOfIt() {
    GuestStatus status = with(ImmutableList.of());
    assertThat(status.text(Style.PLAIN)).doesNotContain("lagg");
    assertThat(status.data()).doesNotContainKey("left");
  }
}
