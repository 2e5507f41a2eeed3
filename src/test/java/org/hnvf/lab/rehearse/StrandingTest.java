package org.hnvf.lab.rehearse;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.SystemTimer;
import org.hnvf.lab.TerminalProgress;
import org.hnvf.lab.soak.Stranding;
import org.hnvf.model.Command;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Strategy;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.junit.jupiter.api.Test;

/** A guest that is stranded is found, made as small as it can be, and told. */
final class StrandingTest {

  private static final String UNDO = "ifconfig lagg0 destroy";

  private static Rehearsal.Outcome rehearsed(
      Scenario scenario,
      boolean quick,
      Predicate<String> kind,
      BiPredicate<SimulatedGuest, Command> trap)
      throws HnvfException {
    SystemTimer clock = new SystemTimer();
    Rehearsal rehearsal =
        new Rehearsal(
            clock,
            new ProcessRunner(),
            new TerminalProgress(clock, text -> {}, "single faults"),
            copy -> new Planted(copy, kind, trap));
    Capture capture = CaptureFile.parse("x", CaptureText.of(scenario).getBytes(UTF_8));
    return rehearsal.run(capture, new Rehearsal.Request(Optional.empty(), quick, Optional.empty()));
  }

  /** The undo of a bring-up: a lagg that is destroyed soon after it was created. */
  private static boolean isUndo(SimulatedGuest guest, Command command) {
    return command.line().equals(UNDO)
        && guest.history().stream()
            .filter(entry -> entry.started().plusSeconds(10).isAfter(guest.timer().now()))
            .anyMatch(
                entry -> entry.result().command().line().startsWith("ifconfig lagg0 create "));
  }

  @Test
  void theFirstFaultThatStrandsIsFoundShrunkAndTold() throws HnvfException {
    Rehearsal.Outcome outcome =
        rehearsed(
            CaptureText.withVlan(),
            false,
            shown -> shown.contains("10.0.2.51"),
            StrandingTest::isUndo);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SYSTEM);
    Shrunk shrunk = outcome.stranded().orElseThrow();
    assertWithMessage(RehearsalView.text(outcome))
        .that(shrunk.needed())
        .contains("10.0.2.51/32 of hn0");
    assertWithMessage(RehearsalView.text(outcome))
        .that(shrunk.leftOut())
        .containsAtLeast("vlan7", "2001:db8::50/64 of hn0");
    assertThat(shrunk.whole()).isTrue();
    Stranding stranding = shrunk.stranding();
    assertThat(stranding.before().toString()).contains("10.0.2.51/32");
    assertThat(stranding.before().toString()).doesNotContain("2001:db8::50/64");
    assertThat(stranding.before().toString()).doesNotContain("vlan7");
    String told = RehearsalView.text(outcome);
    assertThat(told).contains(": 1 stranded\n");
    assertThat(told)
        .contains("STRANDED: " + stranding.occasion() + ", " + stranding.strategy().text());
    Stranding.Struck fault = stranding.fault().orElseThrow();
    assertThat(told).contains(", " + fault.kind() + " at `" + fault.place() + "`\n");
    // Two threads try the faults; which of the two addresses it is depends on their order.
    assertThat(told).containsMatch("  10\\.0\\.2\\.5[01] does not answer");
    assertThat(told).contains("\nbefore:\n  hn0: up, ");
    assertThat(told).contains("fault: " + fault.kind() + " at " + fault.place());
    assertThat(told).contains("  $ `" + UNDO + "`");
    assertThat(told).contains("it happens without: ");
  }

  @Test
  void anOccasionThatStrandsWithoutAFaultIsTold() throws HnvfException {
    Rehearsal.Outcome outcome =
        rehearsed(
            Scenario.staticGuest(),
            true,
            shown -> true,
            (guest, command) -> command.line().equals(UNDO));

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SYSTEM);
    Stranding stranding = outcome.stranded().orElseThrow().stranding();
    assertThat(stranding.occasion()).isEqualTo("release");
    assertThat(stranding.fault()).isEmpty();
    String told = RehearsalView.text(outcome);
    assertThat(told).contains("STRANDED: release, on-vf-up\n");
    assertThat(RehearsalView.data(outcome)).containsEntry("stranded", true);
    assertThat(RehearsalView.data(outcome)).containsKey("first");
  }

  @Test
  void aSearchThatIsOverTellsWhatItFoundSoFar() throws HnvfException {
    Capture capture =
        CaptureFile.parse("x", CaptureText.of(CaptureText.withVlan()).getBytes(UTF_8));
    CapturedGuest guest = new CapturedGuest(capture);
    ImmutableList<Omission> all = Omissions.of(guest, new HnUnit(0));
    Stranding first =
        new Stranding(
            "x",
            "release",
            Strategy.ON_VF_UP,
            Optional.empty(),
            ImmutableList.of("lost"),
            ImmutableList.of(),
            ImmutableList.of(),
            ImmutableList.of());
    int[] tried = {0};
    Shrunk shrunk =
        new CaptureShrinker(
                smaller -> {
                  tried[0]++;
                  return Optional.empty();
                },
                () -> tried[0] >= 3)
            .shrink(capture, all, first);
    assertThat(shrunk.tried()).isEqualTo(3);
    assertThat(shrunk.whole()).isFalse();
    assertThat(shrunk.needed()).hasSize(all.size());
    assertThat(shrunk.stranding()).isEqualTo(first);
    assertThat(StrandingView.text(shrunk)).contains("3 smaller guests, then the time was over\n");
  }
}
