package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon hears devd's socket, and the event script leaves the events to it. */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DevdSocketIT {

  private final Installation hnvf;
  private final Process daemon;

  DevdSocketIT(@TempDir Path scratch) throws IOException, InterruptedException {
    this.hnvf = new Installation(scratch);
    this.daemon = hnvf.startDaemon();
    // devd may have accepted it only now: it can be relied on from the first line on.
    Installation.patiently()
        .until(
            () -> {
              hnvf.host("notify", "!system=DEVFS subsystem=CDEV type=CREATE cdev=test");
              return hnvf.ready().startsWith(daemon.pid() + "\n");
            });
  }

  @AfterEach
  void end() throws IOException {
    hnvf.end();
  }

  @Test
  void withoutAnyRuleOfDevdItHearsEverything() throws IOException, InterruptedException {
    Files.delete(hnvf.directory().resolve("devd-hook"));

    hnvf.host("plug", "hn0");
    hnvf.awaitState("LAGG_VF");
    Installation.patiently().until(() -> hnvf.ready().equals(daemon.pid() + "\nhn0 mlxen0\n"));
    hnvf.host("migrate", "hn0", "mce", "1");
    hnvf.awaitPair(pair -> pair.path("activePort").asText().equals("mce0"));
    hnvf.awaitReachable(true);
  }

  /** Of the whole bring-up only the watch of a VF that has attached is started, in its delay. */
  @Test
  void nothingIsStartedForTheEventsOfABringUp() throws IOException, InterruptedException {
    hnvf.host("plug", "hn0");
    hnvf.awaitState("LAGG_VF");
    hnvf.awaitReachable(true);
    Installation.patiently().until(() -> Files.exists(hnvf.socket().resolveSibling("hn0.came")));

    assertThat(hnvf.jobsStarted().stream().filter(job -> !job.matches("(attach|link_up) .*")))
        .containsExactly("watch_vf mlxen0");
    assertThat(hnvf.oneShots()).isEmpty();
    assertThat(hnvf.stockActions()).isEmpty();
  }

  @Test
  void whereItEndsTheScriptServesAgain() throws IOException, InterruptedException {
    hnvf.signal("TERM", daemon);
    assertThat(daemon.waitFor()).isEqualTo(0);
    assertThat(hnvf.ready()).isEmpty();

    hnvf.host("plug", "hn0");

    hnvf.awaitState("LAGG_VF");
    assertThat(hnvf.oneShots()).isNotEmpty();
  }

  @Test
  void whereItWasKilledTheScriptServesAgain() throws IOException, InterruptedException {
    daemon.destroyForcibly();
    assertThat(daemon.waitFor()).isNotEqualTo(0);
    assertThat(hnvf.ready()).startsWith(daemon.pid() + "\n");

    hnvf.host("plug", "hn0");

    hnvf.awaitState("LAGG_VF");
    assertThat(hnvf.oneShots()).isNotEmpty();
  }
}
