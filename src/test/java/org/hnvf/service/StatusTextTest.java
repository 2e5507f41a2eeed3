package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.exec.StruckFiles;
import org.hnvf.model.Command;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairStatus;
import org.hnvf.model.SystemException;
import org.hnvf.report.StatusContext;
import org.hnvf.report.StatusView;
import org.hnvf.report.Style;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/**
 * The status of a pair in each of its states, {@code src/test/resources/org/hnvf/status}. With
 * {@code -Dgolden.update=true} the texts are written anew, to be read with {@code git diff}.
 */
final class StatusTextTest {

  private static final Path TEXTS = Path.of("src/test/resources/org/hnvf/status");

  private static String text(Orchestrator hnvf, Style style) throws HnvfException {
    PairStatus status = hnvf.status(hnvf.guest(), Optional.of(Guest.HN)).get(0);
    return StatusView.text(
        status,
        new StatusContext(Optional.of(hnvf.history(Guest.UNIT)), Optional.of(hnvf.now())),
        style);
  }

  private static void check(String name, Guest guest) throws HnvfException, IOException {
    check(name, text(guest.orchestrator, Style.PLAIN));
  }

  private static void check(String name, String text) throws IOException {
    Path golden = TEXTS.resolve(name + ".txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, text);
    }
    assertWithMessage(name).that(text).isEqualTo(Files.readString(golden));
    for (String line : Splitter.on('\n').split(text)) {
      assertWithMessage(name).that(line.length()).isAtMost(80);
    }
  }

  @Test
  void synthetic() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.orchestrator.start();
    check("synthetic", guest.rest(Duration.ofHours(3)));
  }

  @Test
  void attachedAndInItsDelay() throws Exception {
    Guest guest = Guest.of(Scenario.azure().vfDelay("120"));
    guest.orchestrator.start();
    guest.sim.host().plug(Guest.UNIT);
    Report unused = guest.orchestrator.look(Guest.UNIT, new Hint(Trigger.IFATTACH, true));
    check("attached", guest.rest(Duration.ofSeconds(40)));
  }

  @Test
  void theVfCarriesTheTraffic() throws Exception {
    Guest guest = Guest.of(Scenario.staticGuest());
    guest.orchestrator.start();
    check("lagg-vf", guest.plug().rest(Duration.ofDays(2)));
  }

  @Test
  void theHostHasTakenTheVf() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.orchestrator.start();
    for (int i = 0; i < 3; i++) {
      guest.plug().rest(Duration.ofHours(1)).unplug().rest(Duration.ofMinutes(1));
    }
    check("lagg-synthetic", guest);
  }

  @Test
  void pinnedByTheOperator() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.plug();
    guest.orchestrator.failover(Guest.HN, Optional.of(Duration.ofMinutes(15)));
    check("pinned", guest.rest(Duration.ofMinutes(5)));
  }

  @Test
  void heldAfterAFailureWhoseRollbackIsShown() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest
        .sim
        .faults()
        .failNext(CommandPattern.line("route -q add default .*"), 1, "Network is unreachable");
    check("held", guest.plug().rest(Duration.ofSeconds(20)));
  }

  private static Guest refused() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.write("/etc/rc.conf", "ifconfig_hn0=DHCP\ndhclient_program=/usr/local/sbin/dhcpcd\n");
    return guest.plug();
  }

  private static String next(Guest guest) throws HnvfException {
    String text = text(guest.orchestrator, Style.PLAIN);
    return text.substring(text.indexOf("  next ")).replaceAll("\\s+", " ").strip();
  }

  /** The timer only makes hnvf check the configuration again: that is no try. */
  @Test
  void refusedBecauseOfTheConfiguration() throws Exception {
    Guest guest = refused();
    check("refused", guest.rest(Duration.ofSeconds(20)));
    // No daemon checks here.
    guest.rest(Duration.ofHours(1));
    check("refused-due", guest);
    for (int i = 0; i < 90; i++) {
      guest.rest(Duration.ofMinutes(1));
      guest.orchestrator.patiently(guest.orchestrator.all(Trigger.OTHER), Trigger.OTHER);
      assertThat(next(guest)).contains("the configuration");
      assertThat(next(guest)).doesNotContain("try");
    }
    assertThat(guest.orchestrator.history(Guest.UNIT).workflows()).isEmpty();
    assertThat(guest.orchestrator.history(Guest.UNIT).timesVfCame()).isEqualTo(1);
  }

  @Test
  void withoutAVfNothingIsTriedWhenThePauseEnds() throws Exception {
    assertThat(next(refused().unplug())).isEqualTo("next nothing until an event comes");

    Guest held = Guest.of(Scenario.azure());
    held.sim
        .faults()
        .failNext(CommandPattern.line("route -q add default .*"), 1, "Network is unreachable");
    held.plug().rest(Duration.ofSeconds(20)).unplug();
    assertThat(next(held))
        .startsWith("next a VF that comes is not used before 2026-11-22T12:01:05Z");
  }

  @Test
  void cutOffByAVfThatIsUp() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.orchestrator.start();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.run(Command.changing(Duration.ofSeconds(1), "ifconfig", "mlxen0", "up"));
    check("vf-up-no-lagg", guest);
  }

  @Test
  void transparentModeShowsTheVfAndHowOftenItCameAndWent() throws Exception {
    Guest guest = Guest.of(Scenario.azure().transparent());
    guest.orchestrator.start();
    for (int i = 0; i < 2; i++) {
      guest.plug().rest(Duration.ofDays(1));
      guest.orchestrator.start();
      guest.unplug().rest(Duration.ofMinutes(2));
    }
    guest.plug().rest(Duration.ofMinutes(12));
    guest.orchestrator.start();
    check("transparent", guest.rest(Duration.ofHours(5)));
  }

  @Test
  void aBringUpInTheMiddle() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.sim.host().plug(Guest.UNIT);
    guest.rest(Duration.ofSeconds(10));
    StringBuilder seen = new StringBuilder();
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith("route -q add default") && seen.length() == 0) {
            seen.append("asked");
            try {
              seen.replace(0, seen.length(), text(guest.orchestrator, Style.PLAIN));
            } catch (HnvfException e) {
              seen.append(e.getMessage());
            }
          }
        });
    Report unused = guest.orchestrator.vfUp(Guest.HN);
    assertThat(seen.toString()).isNotEmpty();
    check("under-way", seen.toString());
  }

  @Test
  void colourRepeatsTheState() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    assertThat(text(guest.orchestrator, Style.COLOUR))
        .startsWith("\u001b[33mhn0  SYNTHETIC\u001b[0m: hn0 carries");
    String plain = text(guest.orchestrator, Style.PLAIN);
    assertThat(plain).doesNotContain("\u001b");
    assertThat(text(guest.orchestrator, Style.COLOUR).replaceAll("\u001b\\[[0-9]+m", ""))
        .isEqualTo(plain);
  }

  @Test
  void aHistoryThatCannotBeWrittenChangesNothingElse() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    StruckFiles.Strike full =
        change -> {
          if (change.contains(".seen")) {
            throw SystemException.failed("cannot " + change + ": disk full");
          }
        };
    Orchestrator hnvf = guest.struck(full);
    guest.sim.host().plug(Guest.UNIT);
    guest.rest(Duration.ofSeconds(10));
    Report report = hnvf.settle(Guest.UNIT, Trigger.IFATTACH);
    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(hnvf.history(Guest.UNIT).sightings()).isEmpty();
    assertThat(guest.files.exists("/var/db/hnvf/hn0.seen")).isFalse();
  }
}
