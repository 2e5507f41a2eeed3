package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.hnvf.control.Answer;
import org.hnvf.control.ControlClient;
import org.hnvf.lab.Main;
import org.hnvf.model.HnvfException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as a process, on a simulated guest that is kept in a directory. */
final class DaemonProcessTest {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** The time, with milliseconds and offset. */
  private static final String STAMP =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d";

  private final Path directory;
  private final Path socket;
  private @Nullable Jvm daemon;

  DaemonProcessTest(@TempDir Path directory) {
    this.directory = directory;
    this.socket = directory.resolve("hnvf.sock");
  }

  private Jvm hnvf(String... words) throws Exception {
    String[] command = new String[words.length + 1];
    command[0] = Main.class.getName();
    System.arraycopy(words, 0, command, 1, words.length);
    return Jvm.start(directory, command);
  }

  private String sim() {
    return "--sim=" + directory.resolve("sim");
  }

  private Jvm startDaemon() throws Exception {
    Jvm started = hnvf("daemon", sim(), "--socket=" + socket);
    daemon = started;
    awaitThat(() -> answers("ping") || !started.process.isAlive());
    assertWithMessage(started.output()).that(started.process.isAlive()).isTrue();
    return started;
  }

  private boolean answers(String request) {
    try {
      return ask(request).exitStatus().orElse(1) == 0;
    } catch (HnvfException notYet) {
      return false;
    }
  }

  /** Asked again where this machine was too busy to send it within the server's second. */
  private Answer ask(String request) throws HnvfException {
    ControlClient client = new ControlClient(socket);
    Answer answer = client.ask(request, PATIENCE);
    while (answer.err().stream().anyMatch(line -> line.contains("was not complete within"))) {
      answer = client.ask(request, PATIENCE);
    }
    return answer;
  }

  /** Says what the daemon has said where it does not come true. */
  private void awaitThat(Callable<Boolean> condition) throws Exception {
    try {
      await().atMost(PATIENCE).until(condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(daemon == null ? "no hnvf daemon" : daemon.output(), e);
    }
  }

  private String status() throws HnvfException {
    return String.join("\n", ask("status").out());
  }

  @BeforeEach
  void makeGuest() throws Exception {
    assertThat(hnvf("sim", "reset", sim()).end()).isEqualTo(0);
  }

  @AfterEach
  void end() {
    if (daemon != null) {
      daemon.process.destroyForcibly();
    }
  }

  @Test
  void itServesItsGuestUntilSigterm() throws Exception {
    Jvm jvm = startDaemon();
    Jvm plug = hnvf("sim", "plug", "hn0", sim());
    assertThat(plug.end()).isEqualTo(0);
    for (String line : plug.output().split("\n", -1)) {
      assertThat(line.isEmpty() || ask("event " + line).isOk()).isTrue();
    }
    awaitThat(() -> status().contains("LAGG_VF"));

    Answer failover = ask("failover hn0 --for 1h");
    assertThat(failover.exitStatus()).hasValue(0);
    assertThat(failover.out().get(0)).isEqualTo("hn0 carries the traffic; the VF is down");
    assertThat(status()).contains("PINNED until");
    assertThat(ask("plan hn0").out().get(0)).contains("plan for hn0");
    assertThat(ask("status --json").out().get(0)).isEqualTo("{");
    assertThat(ask("release hn9").exitStatus()).hasValue(69);
    assertThat(ask("event nonsense").exitStatus()).hasValue(65);
    assertThat(ask("halt").exitStatus()).hasValue(64);

    jvm.signal("HUP");
    awaitThat(() -> jvm.output().contains("was read again"));
    assertThat(ask("reload").exitStatus()).hasValue(0);

    jvm.signal("TERM");
    assertThat(jvm.end()).isEqualTo(0);
    assertThat(jvm.output()).contains("no lagg was changed");
    assertLogged(jvm.output());
    assertThat(Files.exists(socket)).isFalse();
  }

  /** The log tells a bring-up step by step; what was said, which is for syslog, its outcome. */
  private void assertLogged(String said) throws IOException {
    List<String> log =
        Files.readAllLines(directory.resolve("sim/root/var/log/hnvf.log")).stream()
            .peek(line -> assertThat(line).matches(STAMP + " .+"))
            .map(line -> line.substring(line.indexOf(' ') + 1))
            .toList();
    assertThat(log.stream().anyMatch(line -> line.matches("hn0: .* of (mlxen0|hn0)"))).isTrue();
    assertThat(log.stream().anyMatch(line -> line.matches("hn0: use lagg: \\d+ steps"))).isTrue();
    assertThat(log.stream().anyMatch(line -> line.matches("hn0: .*: \\d+ ms, cut off"))).isTrue();
    String outcome = "hn0: use lagg: done in \\d+ ms, cut off for \\d+ ms";
    assertThat(log.stream().anyMatch(line -> line.matches(outcome))).isTrue();
    assertThat(log).contains("hn0: failover of hn0");
    assertThat(said.lines().anyMatch(line -> line.matches("hnvf: " + outcome))).isTrue();
    assertThat(said).doesNotContain("ms, cut off\n");
  }

  @Test
  void thereIsOneAndADeadOneIsSucceeded() throws Exception {
    Jvm first = startDaemon();

    Jvm second = hnvf("daemon", sim(), "--socket=" + directory.resolve("other.sock"));
    assertThat(second.end()).isEqualTo(75);
    assertThat(second.output())
        .contains(
            "cannot start: another hnvf daemon runs on this guest (the daemon, process "
                + first.process.pid()
                + "); nothing was done");
    assertThat(answers("ping")).isTrue();

    first.signal("KILL");
    first.end();
    assertThat(Files.exists(socket)).isTrue();
    Jvm third = startDaemon();
    third.signal("TERM");
    assertThat(third.end()).isEqualTo(0);
  }

  @Test
  void stopWaitsForItsLastStepsAndEndsBeforeRcShutdownDoes() throws Exception {
    String script = Files.readString(Path.of("scripts/port/files/hnvf.in"));
    Matcher matcher = Pattern.compile("(?m)^hnvf_patience=(\\d+)$").matcher(script);
    assertThat(matcher.find()).isTrue();
    int patience = Integer.parseInt(matcher.group(1));
    // Java itself needs a moment to end, and what is killed too.
    assertThat(patience).isAtLeast((int) DaemonProcess.LAST_STEPS.toSeconds() + 10);
    assertThat(patience).isAtMost(90 - 10);
  }
}
