package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The installed product without a daemon: from devd's line to the moved configuration. */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class InstalledIT {

  private final Installation hnvf;

  InstalledIT(@TempDir Path scratch) throws IOException, InterruptedException {
    this.hnvf = new Installation(scratch);
  }

  @AfterEach
  void end() throws IOException {
    hnvf.end();
  }

  @Test
  void aVfIsAttachedGoesAndComesBack() throws IOException, InterruptedException {
    assertThat(hnvf.pair().get("state").asText()).isEqualTo("SYNTHETIC");

    hnvf.host("plug", "hn0");
    hnvf.awaitState("LAGG_VF");
    hnvf.awaitReachable(true);
    JsonNode onLagg = hnvf.pair();
    assertThat(onLagg.get("activePort").asText()).isEqualTo("mlxen0");
    assertThat(onLagg.get("addresses").toString()).isEqualTo("[\"10.0.2.15/24\"]");

    hnvf.host("migrate", "hn0", "mce", "1");
    hnvf.awaitPair(pair -> pair.path("activePort").asText().equals("mce0"));
    hnvf.awaitReachable(true);
    assertThat(hnvf.stockActions()).isEmpty();
    assertThat(hnvf.guest("pgrep", "-x", "dhclient").lines().count()).isEqualTo(1);
  }

  @Test
  void whereItIsNotEnabledTheBaseSystemDoesWhatItAlwaysDid()
      throws IOException, InterruptedException {
    hnvf.rcConf("ifconfig_hn0=\"SYNCDHCP\"\n");

    hnvf.host("plug", "hn0");
    hnvf.guest("ifconfig", "mlxen0", "up");

    Installation.patiently().until(() -> hnvf.stockActions().contains("hyperv_vfup hn0"));
    Installation.patiently()
        .until(
            () ->
                hnvf.stockActions()
                    .containsAll(
                        List.of(
                            "hyperv_vfattach mlxen0 0",
                            "pccard_ether mlxen0 start",
                            "service dhclient quietstart mlxen0")));
    assertThat(hnvf.guest("ifconfig", "-g", "lagg")).isEmpty();
  }

  @Test
  void withoutAnyJavaAVfThatComesUpIsTakenDownAgain() throws IOException, InterruptedException {
    hnvf.removeJava();
    hnvf.host("plug", "hn0");

    hnvf.guest("ifconfig", "mlxen0", "up");

    Installation.patiently()
        .until(() -> hnvf.syslog().contains("mlxen0 was up outside a lagg; hnvf took it down"));
    hnvf.awaitReachable(true);
    assertThat(hnvf.guest("ifconfig", "mlxen0")).doesNotContain("<UP,");
  }

  @Test
  void aVfThatLosesItsLinkIsGivenUp() throws IOException, InterruptedException {
    hnvf.host("plug", "hn0");
    hnvf.awaitState("LAGG_VF");

    hnvf.host("carrier", "hn0", "off");

    hnvf.awaitPair(pair -> pair.path("activePort").asText().equals("hn0"));
    hnvf.awaitReachable(true);
  }

  @Test
  void withoutADaemonItsVerbsSayWhoTheyAre() throws IOException, InterruptedException {
    Program.Answer answer = hnvf.hnvf("status");

    assertThat(answer.status()).isEqualTo(69);
    assertThat(answer.err()).contains("does not run FreeBSD");
  }

  @Test
  void aDaemonThatHangsWithThePairInItsHandsDoesNotLeaveTheGuestCutOff()
      throws IOException, InterruptedException, SystemException {
    hnvf.host("plug", "hn0");
    hnvf.awaitState("LAGG_VF");
    assertThat(hnvf.oneShot("release", "hn0").status()).isEqualTo(0);
    NioDurableFiles files = new NioDurableFiles(hnvf.directory().resolve("root"));
    hnvf.theDaemonMayTake(Duration.ofSeconds(1));
    try (FakeDaemon daemon = FakeDaemon.hung(hnvf.socket());
        // The release leads to events, whose handlers may still hold the lock.
        DurableFiles.Lock lock =
            Installation.patiently()
                .until(() -> files.tryLock("/var/run/hnvf/hn0.lock", "hang"), Optional::isPresent)
                .orElseThrow()) {
      hnvf.guest("ifconfig", "mlxen0", "up");
      hnvf.awaitReachable(false);
      assertThat(hnvf.syslog()).doesNotContain("does not answer");

      hnvf.theScriptsTimeIsOver();

      hnvf.awaitReachable(true);

      assertThat(lock).isNotNull();
      assertThat(hnvf.syslog()).contains("the daemon does not answer, and hn0 is cut off");
      assertThat(hnvf.guest("ifconfig", "mlxen0")).doesNotContain("<UP,");
      daemon.wakeUp("ok\n");
    }
  }

  /** An event that a daemon accepted (ok) before it died or was stopped, without handling it. */
  @Test
  void anEventThatWasTakenAndNeverLookedAtIsServedAllTheSame()
      throws IOException, InterruptedException {
    hnvf.theScriptsTimeIsOver();
    Files.createDirectories(hnvf.socket().resolveSibling("."));
    try (FakeDaemon daemon = FakeDaemon.answering(hnvf.socket(), "ok\n")) {
      hnvf.host("plug", "hn0");
      hnvf.guest("ifconfig", "mlxen0", "up");

      hnvf.awaitState("LAGG_VF");
      hnvf.awaitReachable(true);
      assertThat(daemon.asked()).isNotEmpty();
      assertThat(hnvf.oneShots())
          .containsExactly("event !system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP");
    }
  }

  @Test
  void norDoesAnEventThatWasTakenBySomebodyWhoHasThePairForEver()
      throws IOException, InterruptedException, SystemException {
    hnvf.theScriptsTimeIsOver();
    hnvf.looks(3);
    NioDurableFiles files = new NioDurableFiles(hnvf.directory().resolve("root"));
    try (DurableFiles.Lock lock = files.tryLock("/var/run/hnvf/hn0.lock", "hang").orElseThrow();
        FakeDaemon daemon = FakeDaemon.answering(hnvf.socket(), "ok\n")) {
      hnvf.host("plug", "hn0");
      hnvf.guest("ifconfig", "mlxen0", "up");

      Installation.patiently()
          .until(() -> hnvf.syslog().contains("mlxen0 was up outside a lagg; hnvf took it down"));
      hnvf.awaitReachable(true);
      assertThat(lock).isNotNull();
      assertThat(daemon.asked()).isNotEmpty();
      assertThat(hnvf.syslog()).contains("hn0 stays cut off while another process has its lock");
    }
  }

  @Test
  void aScriptOfTheAdministratorRunsOnTheGuest() throws IOException, InterruptedException {
    hnvf.overrideScript(
        """
        ifconfig lagg7 create laggproto failover laggport "$HNVF_HN" laggport "$HNVF_VF" up
        echo "$0 did it" >&2
        """);

    hnvf.host("plug", "hn0");

    Installation.patiently().until(() -> hnvf.guest("ifconfig", "-g", "lagg").equals("lagg7\n"));
    assertThat(hnvf.guest("ifconfig", "lagg7")).contains("laggport: mlxen0");
  }
}
