package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static org.hnvf.exec.RealProcesses.isRunning;
import static org.hnvf.exec.RealProcesses.kill;
import static org.hnvf.exec.RealProcesses.lineIn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.CommandResult.Exited;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Children that outlive the program which started them, as dhclient's does. */
final class ProcessRunnerDaemonTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final Path scratch;

  private final ProcessRunner runner =
      new ProcessRunner(ProcessRunner.DEFAULT_SEARCH_PATH, 1000, Path.of("/tmp"));

  private long daemon = Long.MAX_VALUE;

  ProcessRunnerDaemonTest(@TempDir Path scratch) {
    this.scratch = scratch;
  }

  @AfterEach
  void killDaemon() {
    kill(daemon);
  }

  /** The daemon holds the output open for ten minutes; waiting for its end would be seen. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void daemonThatKeepsTheOutputOpenHoldsNobodyAndLives(boolean mayLeaveDaemon) throws Exception {
    CommandResult result = run("sleep 600 & echo $!; echo bound >&2; exit 4", mayLeaveDaemon);
    daemon = Long.parseLong(result.stdout().strip());

    assertThat(result.ending()).isEqualTo(new Exited(4));
    assertThat(result.stderr()).isEqualTo("bound\n");
    assertThat(isRunning(daemon)).isTrue();
  }

  @Test
  void daemonMayGoOnWritingToItsOutput() {
    String writer =
        "(until [ -e go ]; do sleep 0.01; done; echo one; echo two >&2; echo survived >after;"
            + " sleep 600) & echo $!";
    CommandResult result = run(writer, true);
    daemon = Long.parseLong(result.stdout().strip());

    createGo();

    assertThat(lineIn(scratch.resolve("after"))).isEqualTo("survived");
  }

  @Test
  void daemonIsGivenNoPipe() {
    CommandResult result = run("[ -p /dev/stdout ] || [ -p /dev/stderr ] || echo none", true);

    assertThat(result.stdout()).isEqualTo("none\n");
  }

  @Test
  void temporaryFilesAreForRootAloneAndGoAway() throws IOException {
    ProcessRunner own = new ProcessRunner(ProcessRunner.DEFAULT_SEARCH_PATH, 1000, scratch);

    CommandResult result =
        own.run(
            Command.changing(LONG, "/bin/sh", "-c", "ls -l \"$1\"", "sh", scratch + "")
                .leavingDaemon());

    assertThat(result.stdout()).containsMatch("drwx------.* hnvf-");
    assertThat(list(scratch)).isEmpty();
  }

  @Test
  void capHoldsForFilesToo() {
    CommandResult result = run("head -c 5000 /dev/zero | tr '\\0' x", true);

    assertThat(result.stdout())
        .isEqualTo("x".repeat(1000) + "\n[hnvf: output cut after 1000 bytes]\n");
  }

  @Test
  void whereNoFileCanBeMadeTheProgramRunsAllTheSame() {
    ProcessRunner own =
        new ProcessRunner(ProcessRunner.DEFAULT_SEARCH_PATH, 1000, scratch.resolve("missing"));

    CommandResult result =
        own.run(Command.changing(LONG, "/bin/sh", "-c", "echo lost; exit 5").leavingDaemon());

    assertThat(result.ending()).isEqualTo(new Exited(5));
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).startsWith("[hnvf: the output could not be stored: ");
    assertThat(result.stderr()).contains(scratch.resolve("missing").toString());
  }

  private CommandResult run(String script, boolean mayLeaveDaemon) {
    Command plain =
        Command.changing(
            LONG, "/bin/sh", "-c", "cd \"$1\" || exit 99; " + script, "sh", scratch + "");
    return runner.run(mayLeaveDaemon ? plain.leavingDaemon() : plain);
  }

  private void createGo() {
    assertThat(runner.run(Command.changing(LONG, "touch", scratch.resolve("go") + "")).succeeded())
        .isTrue();
  }

  private static List<Path> list(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }
}
