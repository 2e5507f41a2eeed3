package org.hnvf.lab.soak;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.SystemTimer;
import org.hnvf.lab.TerminalProgress;
import org.hnvf.lab.rehearse.CapturedGuests;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.RcConfShell;
import org.junit.jupiter.api.Test;

/** Seeds, every single fault on one kind of guest, and that the same seed tells the same story. */
final class SoakTest {

  private static final int JOBS = 2;
  private static final long SEEDS = 500;

  private static final Path CAPTURES = Path.of("src", "test", "resources", "guests");

  /** All of them are run by {@code hnvf sim soak --exhaustive}. */
  private static final ImmutableSet<String> BRIEFLY = ImmutableSet.of("bring-up", "release");

  private static Soak soak() {
    return soak(CopiedGuests.NONE);
  }

  private static Soak soak(CopiedGuests copies) {
    return new Soak(
        new ProcessRunner(),
        copies,
        JOBS,
        true,
        failure -> {},
        new TerminalProgress(new SystemTimer(), text -> {}, "cases"));
  }

  private static String told(SoakReport report) {
    StringBuilder text = new StringBuilder();
    report
        .failures()
        .forEach(f -> text.append(String.join("\n", f.story())).append(f.replay()).append("\n\n"));
    return text.toString();
  }

  @Test
  void manyGuestsKeepThePromises() throws HnvfException {
    SoakReport report = soak().seeds(1, SEEDS);
    assertWithMessage(told(report)).that(report.failures()).isEmpty();
    assertThat(report.cases()).isEqualTo(SEEDS);
    for (Fault.Kind kind : Fault.Kind.values()) {
      assertWithMessage("how often %s struck", kind)
          .that(report.counts().getOrDefault("fault " + kind, 0L))
          .isAtLeast(2L);
    }
    for (ScenarioEvent.Stray act : ScenarioEvent.Stray.values()) {
      assertThat(report.counts()).containsKey("another program " + act);
    }
    for (ScenarioEvent.Verb verb : ScenarioEvent.Verb.values()) {
      assertThat(report.counts()).containsKey("verb " + verb);
    }
    for (String plan : ImmutableList.of("USE_LAGG", "TIDY", "HOLD_VF_DOWN", "RELEASE")) {
      assertThat(report.counts()).containsKey("plan " + plan);
    }
  }

  @Test
  void copiesOfCapturedGuestsKeepThemToo() throws HnvfException {
    CopiedGuests guests = CapturedGuests.in(CAPTURES, new RcConfShell(new ProcessRunner()));
    ImmutableList<Case> copies =
        LongStream.rangeClosed(1, SEEDS)
            .mapToObj(seed -> Draw.of(seed, guests))
            .filter(drawn -> drawn.guest().copy().isPresent())
            .collect(ImmutableList.toImmutableList());
    assertThat(copies.size()).isAtLeast((int) SEEDS / 5);
    assertThat(copies.size()).isAtMost((int) SEEDS / 3);
    SoakReport report = soak(guests).run(copies.size(), number -> copies.get((int) number));
    assertWithMessage(told(report)).that(report.failures()).isEmpty();
    // Each capture is drawn, and a seed draws the same one each time.
    assertThat(copies.stream().map(SoakTest::copied).distinct().count()).isAtLeast(12);
    for (Case drawn : copies) {
      assertThat(copied(Draw.of(drawn.seed(), guests))).isEqualTo(copied(drawn));
      assertThat(Draw.of(drawn.seed()).guest().copy()).isEmpty();
    }
    // The others draw what they draw without captures.
    for (long seed = 1; seed <= SEEDS; seed++) {
      Case drawn = Draw.of(seed, guests);
      if (drawn.guest().copy().isEmpty()) {
        assertThat(drawn).isEqualTo(Draw.of(seed));
      }
    }
  }

  private static String copied(Case drawn) {
    return drawn.guest().copy().orElseThrow().guest().name();
  }

  @Test
  void largeGuestsKeepThemToo() throws HnvfException {
    ImmutableList<Case> large =
        LongStream.rangeClosed(1, 2000)
            .mapToObj(Draw::of)
            .filter(drawn -> drawn.guest().large())
            .collect(ImmutableList.toImmutableList());
    assertThat(large.size()).isAtLeast(5);
    assertThat(large.size()).isAtMost(20);
    SoakReport report = soak().run(large.size(), number -> large.get((int) number));
    assertWithMessage(told(report)).that(report.failures()).isEmpty();
  }

  @Test
  void everySingleFaultInABringUpAndARelease() throws HnvfException {
    Map<String, GuestDraw> one =
        ImmutableMap.of("DHCP", Exhaustive.guests().getOrDefault("DHCP", Draw.of(1).guest()));
    ImmutableList<Case> cases =
        new Exhaustive(new RcConfShell(new ProcessRunner()))
            .cases(one, Maps.filterKeys(Exhaustive.workflows(), BRIEFLY::contains));
    assertThat(cases.size()).isAtLeast(500);
    SoakReport report = soak().run(cases.size(), number -> cases.get((int) number));
    assertWithMessage(told(report)).that(report.failures()).isEmpty();
    assertThat(report.cases()).isEqualTo(cases.size());
  }

  @Test
  void theSameSeedTellsTheSameStory() throws HnvfException {
    for (long seed = 100; seed < 120; seed++) {
      assertThat(soak().story(seed)).isEqualTo(soak().story(seed));
    }
  }

  @Test
  void neighbouringSeedsDrawDifferentCases() {
    List<ImmutableList<ScenarioEvent>> scripts = new ArrayList<>();
    List<ImmutableList<Fault>> faults = new ArrayList<>();
    for (long seed = 0; seed < 50; seed++) {
      scripts.add(Draw.of(seed).script());
      faults.add(Draw.of(seed).faults());
    }
    assertThat(scripts.stream().distinct().count()).isAtLeast(45);
    assertThat(faults.stream().distinct().count()).isAtLeast(25);
  }

  @Test
  void everythingIsDrawn() {
    List<Case> cases = new ArrayList<>();
    for (long seed = 0; seed < 2000; seed++) {
      cases.add(Draw.of(seed));
    }
    assertThat(cases.stream().map(c -> c.guest().nics()).distinct().count()).isEqualTo(8);
    assertThat(cases.stream().map(c -> c.guest().kernel()).distinct().toList())
        .containsExactlyElementsIn(Arrays.asList(GuestDraw.Kernel.values()));
    assertThat(cases.stream().map(c -> c.guest().script()).distinct().toList())
        .containsExactlyElementsIn(Arrays.asList(GuestDraw.Script.values()));
    assertThat(cases.stream().map(c -> c.guest().foreign()).distinct().toList())
        .containsExactlyElementsIn(Arrays.asList(GuestDraw.Foreign.values()));
    assertThat(cases.stream().map(c -> c.guest().extras().beside()).distinct().toList())
        .containsExactlyElementsIn(Arrays.asList(Beside.values()));
    assertThat(cases.stream().map(c -> c.guest().ipv6()).distinct().toList())
        .containsExactlyElementsIn(Arrays.asList(GuestDraw.Ipv6.values()));
  }
}
