package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The installed product with its daemon: devd's line in, through the event script, socket and
 * workflow, status out; and what becomes of the guest when that hnvf is killed or stopped.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DaemonIT {

  private static final String VF_UP = "!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP";

  /** In the middle of the cut: hn0 would join, and the guest's address is on the lagg already. */
  private static final String JOIN = "ifconfig lagg0 laggport";

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Installation hnvf;
  private final Process daemon;

  DaemonIT(@TempDir Path scratch) throws IOException, InterruptedException {
    this.hnvf = new Installation(scratch);
    this.daemon = hnvf.startDaemon();
  }

  @AfterEach
  void end() throws IOException {
    hnvf.end();
  }

  /** The pair as the daemon shows it. */
  private JsonNode pair() throws IOException, InterruptedException {
    Program.Answer answer = hnvf.hnvf("status", "hn0", "--json");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.status()).isEqualTo(0);
    return answer.json().get("pairs").get(0);
  }

  private void awaitState(String state) {
    Installation.patiently().until(() -> pair().get("state").asText().equals(state));
  }

  private void awaitPort(String port) {
    Installation.patiently().until(() -> pair().path("activePort").asText().equals(port));
  }

  @Test
  void eventsGoInAndTheStatusComesOutWithoutAnotherJava() throws IOException, InterruptedException {
    hnvf.host("plug", "hn0");
    awaitState("LAGG_VF");
    hnvf.awaitReachable(true);
    assertThat(pair().get("addresses").toString()).isEqualTo("[\"10.0.2.15/24\"]");
    assertThat(pair().get("defaultRoute").asText()).isEqualTo("10.0.2.2 via lagg0");

    hnvf.host("migrate", "hn0", "mce", "1");
    awaitPort("mce0");

    assertThat(hnvf.hnvf("failover", "hn0", "--for", "1h").status()).isEqualTo(0);
    assertThat(pair().get("activePort").asText()).isEqualTo("hn0");
    assertThat(hnvf.hnvf("failback", "hn0").status()).isEqualTo(0);
    assertThat(pair().get("activePort").asText()).isEqualTo("mce0");
    assertThat(hnvf.hnvf("vf-up", "hn7").status()).isEqualTo(69);
    hnvf.awaitReachable(true);
    assertThat(hnvf.stockActions()).isEmpty();

    assertThat(hnvf.hnvf("release", "hn0").status()).isEqualTo(0);
    assertThat(hnvf.guest("ifconfig", "-g", "lagg")).isEmpty();
    hnvf.awaitReachable(true);
    assertThat(hnvf.oneShots()).isEmpty();
  }

  @Test
  void aVfThatLosesItsLinkIsGivenUp() throws IOException, InterruptedException {
    hnvf.host("plug", "hn0");
    awaitState("LAGG_VF");

    hnvf.host("carrier", "hn0", "off");

    hnvf.awaitReachable(true);
    awaitPort("hn0");
  }

  /**
   * A program that the dead daemon started still runs with its listening socket open: the kernel
   * accepts connections there that no process answers. This test simulates that program.
   */
  @Test
  void killedItIsSucceededAlthoughSomethingStillListensInItsPlace()
      throws IOException, InterruptedException {
    hnvf.signal("KILL", daemon);
    assertThat(daemon.waitFor()).isEqualTo(137);
    Files.delete(hnvf.socket());
    try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(hnvf.socket()));
      // The front asks whatever listens, and nothing answers until the successor is there.
      hnvf.theDaemonMayTake(Duration.ofSeconds(1));

      Process successor = hnvf.startDaemon();

      hnvf.theDaemonMayTake(PATIENCE);
      assertThat(pair().get("state").asText()).isEqualTo("SYNTHETIC");
      assertThat(hnvf.said("daemon")).contains("process " + successor.pid() + " listens on ");
      assertThat(hnvf.said("daemon")).doesNotContain("another");
    }
  }

  @Test
  void aProgramThatItStartsHasNoSocketAndNoLockOfIt() throws IOException, InterruptedException {
    Path seen = hnvf.directory().resolve("descriptors");
    assertThat(descriptors(daemon.pid())).contains("/hnvf.sock.lock");
    assertThat(descriptors(daemon.pid())).contains("socket:[");
    hnvf.replace(
        "ifconfig",
        "ls -l /proc/$$/fd >'%1$s.new' && mv '%1$s.new' '%1$s'; exec '%2$s' \"$@\""
            .formatted(seen, hnvf.program("whole-ifconfig")));

    assertThat(hnvf.hnvf("vf-up", "hn0").status()).isEqualTo(0);

    String descriptors = Files.readString(seen);
    assertThat(descriptors).contains("0 -> /dev/null");
    assertThat(descriptors).doesNotContain("socket:[");
    assertThat(descriptors).doesNotContain(".lock");
    assertThat(descriptors).doesNotContain(".jar");
  }

  private static String descriptors(long pid) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> links = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path link : (Iterable<Path>) links::iterator) {
        all.append(Files.readSymbolicLink(link)).append('\n');
      }
    }
    return all.toString();
  }

  @Test
  void killedInTheMiddleItPutsThingsRightWhenItIsStartedAgain()
      throws IOException, InterruptedException {
    killInTheMiddle();

    hnvf.startDaemon();

    hnvf.awaitReachable(true);
    awaitState("VF_ATTACHED");
    assertThat(pair().get("backOff").get("attempts").asInt()).isEqualTo(1);
    assertThat(hnvf.hnvf("failback", "hn0").status()).isEqualTo(0);
    awaitState("LAGG_VF");
    hnvf.awaitReachable(true);
  }

  @Test
  void killedInTheMiddleAndNotStartedAgainTheNextEventPutsThingsRight()
      throws IOException, InterruptedException {
    killInTheMiddle();

    hnvf.host("notify", VF_UP);

    hnvf.awaitReachable(true);
    hnvf.awaitState("VF_ATTACHED");
    assertThat(hnvf.oneShots()).contains("event " + VF_UP);
  }

  @Test
  void killedInTheMiddleAndNothingElseComesItIsPutRightAllTheSame()
      throws IOException, InterruptedException {
    killInTheMiddle();

    hnvf.theScriptsTimeIsOver();

    hnvf.awaitReachable(true);
    hnvf.awaitState("VF_ATTACHED");
    // By the watch: of the VF that attached, or of its VF_UP.
    assertThat(hnvf.oneShots())
        .containsAnyOf("event " + VF_UP, "event !system=ETHERNET subsystem=mlxen0 type=IFATTACH");
  }

  @Test
  void aLookThatFailsTakesTheVfDown() throws IOException, InterruptedException {
    Installation.patiently().until(() -> hnvf.log().contains("hn0: no VF"));
    Files.createDirectories(hnvf.directory().resolve("root/var/db/hnvf/hn0.word"));
    hnvf.host("plug", "hn0");

    hnvf.guest("ifconfig", "mlxen0", "up");

    Installation.patiently()
        .until(
            () ->
                hnvf.said("daemon")
                    .contains(
                        "hn0: mlxen0 was up outside a lagg; hnvf took it down, and the guest is on hn0"));
    hnvf.awaitReachable(true);
    assertThat(hnvf.oneShots()).isEmpty();
  }

  private void killInTheMiddle() throws IOException, InterruptedException {
    hnvf.strike("KILL", daemon, JOIN);
    hnvf.host("plug", "hn0");
    assertThat(daemon.waitFor()).isEqualTo(137);
    hnvf.awaitReachable(false);
  }

  @Test
  void stoppedAtRestItIsReplacedByAOneShot() throws IOException, InterruptedException {
    // Its first look is over, and the pair's lock free again.
    Installation.patiently().until(() -> hnvf.log().contains("hn0: no VF"));
    hnvf.signal("STOP", daemon);
    hnvf.theDaemonMayTake(Duration.ofSeconds(1));

    hnvf.host("plug", "hn0");
    hnvf.theScriptsTimeIsOver();

    hnvf.awaitState("LAGG_VF");
    hnvf.awaitReachable(true);
    assertThat(hnvf.oneShots()).contains("event !system=ETHERNET subsystem=mlxen0 type=IFATTACH");
    hnvf.theDaemonMayTake(PATIENCE);
    hnvf.signal("CONT", daemon);
    awaitState("LAGG_VF");
  }

  @Test
  void stoppedInTheMiddleTheVfIsTakenDownAndWhenItGoesOnItFindsItsWay()
      throws IOException, InterruptedException {
    hnvf.strike("STOP", daemon, JOIN);
    // The watch that is started now asks it later, when it has been stopped.
    hnvf.theDaemonMayTake(Duration.ofSeconds(1));
    hnvf.host("plug", "hn0");
    hnvf.awaitStruck();
    hnvf.awaitReachable(false);

    hnvf.host("notify", VF_UP);
    hnvf.theScriptsTimeIsOver();

    Installation.patiently()
        .until(() -> hnvf.syslog().contains("mlxen0 was up outside a lagg; hnvf took it down"));
    hnvf.theDaemonMayTake(PATIENCE);
    hnvf.signal("CONT", daemon);
    hnvf.awaitReachable(true);
    Installation.patiently().until(() -> !pair().get("state").asText().equals("INCONSISTENT"));
    hnvf.awaitReachable(true);
  }

  @Test
  void anEndLeavesTheLaggAsItIs() throws IOException, InterruptedException {
    hnvf.host("plug", "hn0");
    awaitState("LAGG_VF");

    hnvf.signal("TERM", daemon);

    assertThat(daemon.waitFor()).isEqualTo(0);
    assertThat(hnvf.pair().get("state").asText()).isEqualTo("LAGG_VF");
    hnvf.awaitReachable(true);
  }
}
