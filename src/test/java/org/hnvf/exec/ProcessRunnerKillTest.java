package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static org.hnvf.exec.RealProcesses.awaitEnd;
import static org.hnvf.exec.RealProcesses.isRunning;
import static org.hnvf.exec.RealProcesses.kill;
import static org.hnvf.exec.RealProcesses.lineIn;
import static org.hnvf.exec.RealProcesses.pidIn;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.CommandResult.Exited;
import org.hnvf.model.CommandResult.NotRun;
import org.hnvf.model.CommandResult.TimedOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit is a turn of a hand-driven clock here, so that no slow machine decides a test. */
final class ProcessRunnerKillTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Path scratch;

  private final AtomicLong clock = new AtomicLong();

  ProcessRunnerKillTest(@TempDir Path scratch) {
    this.scratch = scratch;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void limitKillsTheWholeTree(boolean mayLeaveDaemon) throws Exception {
    String script =
        "/bin/sh -c '/bin/sh -c \"echo \\$\\$ >grandchild; sleep 600; :\" & echo $! >child; wait'";
    Run run = start(script, mayLeaveDaemon);
    long child = pidIn(scratch.resolve("child"));
    long grandchild = pidIn(scratch.resolve("grandchild"));
    assertThat(isRunning(child)).isTrue();
    assertThat(isRunning(grandchild)).isTrue();

    clock.set(LIMIT.toNanos());

    assertThat(run.result().ending()).isEqualTo(new TimedOut(LIMIT));
    assertThat(run.result().elapsed()).isEqualTo(LIMIT);
    awaitEnd(child);
    awaitEnd(grandchild);
  }

  @Test
  void justBelowTheLimitNothingIsKilled() throws Exception {
    Run run = start("echo $$ >pid; until [ -e go ]; do sleep 0.01; done; echo done", false);
    pidIn(scratch.resolve("pid"));

    clock.set(LIMIT.toNanos() - 1);
    Files.createFile(scratch.resolve("go"));

    assertThat(run.result().ending()).isEqualTo(new Exited(0));
    assertThat(run.result().stdout()).isEqualTo("done\n");
  }

  @Test
  void whatWasWrittenBeforeTheKillIsKept() throws Exception {
    Run run = start("echo so far; echo $$ >pid; sleep 600; echo never", false);
    pidIn(scratch.resolve("pid"));

    clock.set(LIMIT.toNanos());

    assertThat(run.result().stdout()).isEqualTo("so far\n");
  }

  @Test
  void programThatWritesWithoutEndMeetsItsLimit() throws Exception {
    Run run = start("echo $$ >pid; while :; do echo yes; done", false);
    long pid = pidIn(scratch.resolve("pid"));

    clock.set(LIMIT.toNanos());

    assertThat(run.result().ending()).isEqualTo(new TimedOut(LIMIT));
    awaitEnd(pid);
  }

  @Test
  void programThatIgnoresSignalsIsKilled() throws Exception {
    Run run = start("trap '' TERM INT HUP; echo $$ >pid; while :; do sleep 1; done", false);
    long pid = pidIn(scratch.resolve("pid"));

    clock.set(LIMIT.toNanos());

    assertThat(run.result().ending()).isEqualTo(new TimedOut(LIMIT));
    awaitEnd(pid);
  }

  /** A dhclient whose start had finished is not part of the script that hangs after it. */
  @Test
  void daemonThatHadLeftTheTreeSurvivesTheKill() throws Exception {
    Run run =
        start(
            "/bin/sh -c 'sleep 600 >/dev/null 2>&1 & echo $! >daemon'; echo $$ >pid; wait; sleep 600",
            true);
    long daemon = pidIn(scratch.resolve("daemon"));
    long pid = pidIn(scratch.resolve("pid"));
    try {
      clock.set(LIMIT.toNanos());

      assertThat(run.result().ending()).isEqualTo(new TimedOut(LIMIT));
      awaitEnd(pid);
      assertThat(isRunning(daemon)).isTrue();
    } finally {
      kill(daemon);
    }
  }

  @Test
  void interruptKillsTheTreeAndStaysSet() throws Exception {
    Run run = start("sleep 600 & echo $! >child; wait", false);
    long child = pidIn(scratch.resolve("child"));

    run.thread().interrupt();

    assertThat(run.result().ending())
        .isEqualTo(new NotRun("interrupted, and killed with all its descendants"));
    assertThat(run.interruptedAfter().get()).isTrue();
    awaitEnd(child);
  }

  @Test
  void temporaryFilesAreGoneAfterAKill() throws Exception {
    Run run = start("echo begun; echo begun >begun; sleep 600", true);
    lineIn(scratch.resolve("begun"));

    clock.set(LIMIT.toNanos());

    assertThat(run.result().stdout()).isEqualTo("begun\n");
    assertThat(outputDirectories()).isEmpty();
  }

  private ImmutableList<Path> outputDirectories() throws IOException {
    try (var files = Files.newDirectoryStream(scratch, "hnvf-*")) {
      return ImmutableList.copyOf(files);
    }
  }

  private Run start(String script, boolean mayLeaveDaemon) {
    Command plain =
        Command.changing(
            LIMIT, "/bin/sh", "-c", "cd \"$1\" || exit 99; " + script, "sh", scratch + "");
    Command command = mayLeaveDaemon ? plain.leavingDaemon() : plain;
    ProcessRunner runner =
        new ProcessRunner(
            ProcessRunner.DEFAULT_SEARCH_PATH,
            ProcessRunner.DEFAULT_OUTPUT_CAP,
            scratch,
            clock::get);
    FutureTask<Boolean> interruptedAfter =
        new FutureTask<>(() -> Thread.currentThread().isInterrupted());
    FutureTask<CommandResult> result =
        new FutureTask<>(
            (Callable<CommandResult>)
                () -> {
                  CommandResult r = runner.run(command);
                  interruptedAfter.run();
                  return r;
                });
    Thread thread = new Thread(result, "caller");
    thread.setDaemon(true);
    thread.start();
    return new Run(thread, result, interruptedAfter);
  }

  private record Run(
      Thread thread, FutureTask<CommandResult> future, FutureTask<Boolean> interruptedAfter) {
    CommandResult result() throws Exception {
      return future.get();
    }
  }
}
