package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.CommandResult.Exited;
import org.hnvf.model.CommandResult.NotFound;
import org.hnvf.model.CommandResult.NotRun;
import org.hnvf.model.LineFilter;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessRunnerTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final Path scratch;

  private final ProcessRunner runner = new ProcessRunner();

  ProcessRunnerTest(@TempDir Path scratch) {
    this.scratch = scratch;
  }

  @Test
  void exitStatusAndBothStreamsComeBack() {
    CommandResult result = runner.run(sh("echo out; echo err >&2; exit 3"));

    assertThat(result.ending()).isEqualTo(new Exited(3));
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
    assertThat(result.elapsed()).isAtLeast(Duration.ZERO);
  }

  @Test
  void commandOfTheResultIsTheOneThatWasRun() {
    Command command = sh("exit 0");

    CommandResult result = runner.run(command);

    assertThat(result.command()).isSameInstanceAs(command);
    assertThat(result.succeeded()).isTrue();
  }

  @Test
  void signalIsTheExitStatus128PlusItsNumber() {
    assertThat(runner.run(sh("kill -TERM $$")).ending()).isEqualTo(new Exited(128 + 15));
  }

  @Test
  void argumentsArriveVerbatim() {
    ImmutableList<String> hostile =
        ImmutableList.of(
            "with space",
            "",
            "it's",
            "\"quoted\"",
            "two\nlines",
            "$(id)",
            "`id`",
            "${HOME}",
            "*",
            "back\\slash",
            "-n",
            "%s",
            "; touch /tmp/pwned");

    Command echo =
        new Command(
            "/bin/sh",
            ImmutableList.<String>builder()
                .add("-c", "for each; do printf '<%s>' \"$each\"; done", "sh")
                .addAll(hostile)
                .build(),
            LONG,
            Command.Effect.READS,
            false,
            ImmutableMap.of());

    assertThat(runner.run(echo).stdout()).isEqualTo("<" + String.join("><", hostile) + ">");
  }

  @Test
  void environmentIsTheSearchPathAndWhatTheCommandSays() {
    Command env =
        Command.reading(LONG, "env").withEnvironment(ImmutableMap.of("HNVF_HN", "hn0; $(id)"));

    assertThat(runner.run(env).stdout().lines().toList())
        .containsExactly("PATH=/sbin:/bin:/usr/sbin:/usr/bin", "HNVF_HN=hn0; $(id)");
  }

  @Test
  void directoryIsTheRoot() {
    assertThat(runner.run(Command.reading(LONG, "pwd")).stdout()).isEqualTo("/\n");
  }

  @Test
  void inputIsEmpty() {
    CommandResult result = runner.run(Command.reading(LONG, "cat"));

    assertThat(result.ending()).isEqualTo(new Exited(0));
    assertThat(result.stdout()).isEmpty();
  }

  @Test
  void outputBeyondTheCapIsDroppedAndTheCutShown() {
    ProcessRunner small = new ProcessRunner(ProcessRunner.DEFAULT_SEARCH_PATH, 10, scratch);

    CommandResult result =
        small.run(sh("printf 0123456789; echo abcdefghijklm >&2; exec head -c 300000 /dev/zero"));

    assertThat(result.ending()).isEqualTo(new Exited(0));
    assertThat(result.stdout()).isEqualTo("0123456789\n[hnvf: output cut after 10 bytes]\n");
    assertThat(result.stderr()).isEqualTo("abcdefghij\n[hnvf: output cut after 10 bytes]\n");
  }

  @Test
  void resultOfACutOutputIsNotWhole() {
    ProcessRunner small = new ProcessRunner(ProcessRunner.DEFAULT_SEARCH_PATH, 10, scratch);

    assertThat(small.run(sh("printf 0123456789")).missing()).isEmpty();
    for (Command cut :
        ImmutableList.of(sh("echo 0123456789"), sh("echo 0123456789").leavingDaemon())) {
      assertThat(small.run(cut).missing()).hasValue("output cut after 10 bytes");
    }
  }

  @Test
  void outputThatCouldNotBeKeptIsNotWhole() {
    ProcessRunner homeless =
        new ProcessRunner(ProcessRunner.DEFAULT_SEARCH_PATH, 10, scratch.resolve("nowhere"));

    assertThat(homeless.run(sh("echo text").leavingDaemon()).missing().orElse(""))
        .contains("the output could not be stored");
  }

  @Test
  void onlyTheLinesThatAreAskedForAreKept() throws SystemException {
    Command all = sh("echo first; head -c 3000000 /dev/zero | tr '\\0' '\\n'; echo a hn0; echo b");
    LineFilter filter =
        new LineFilter(
            "lines of hn0", true, ImmutableSet.of(), ImmutableSet.of("hn0"), ImmutableSet.of());
    ProcessRunner small = new ProcessRunner(ProcessRunner.DEFAULT_SEARCH_PATH, 100, scratch);

    for (Command command : ImmutableList.of(all, all.leavingDaemon())) {
      assertThat(small.run(command.keeping(filter)).wholeText()).isEqualTo("first\na hn0\n");
    }
  }

  /** Nothing of it is kept, so no cap ends it. */
  @Test
  void aProgramThatPrintsWithoutEndIsEndedAtItsLimitAndNamed() {
    LineFilter filter =
        new LineFilter("none", false, ImmutableSet.of(), ImmutableSet.of("hn0"), ImmutableSet.of());
    for (String script : ImmutableList.of("yes", "yes hn0", "yes | tr -d '\\n'")) {
      Command endless =
          Command.reading(Duration.ofMillis(300), "/bin/sh", "-c", script).keeping(filter);

      assertThat(assertThrows(SystemException.class, () -> runner.run(endless).wholeText()))
          .hasMessageThat()
          .contains(script.split(" ", 2)[0] + (script.equals("yes") ? "`" : " "));
    }
  }

  /** The child never stops writing; the program itself has ended. */
  @Test
  void aChildThatWritesWithoutEndHoldsNobody() throws SystemException {
    LineFilter filter =
        new LineFilter("hn0", false, ImmutableSet.of(), ImmutableSet.of("hn0"), ImmutableSet.of());
    String script = "echo hn0; { while :; do echo y; done; } 2>/dev/null & exit 0";

    assertThat(runner.run(sh(script).keeping(filter)).wholeText()).startsWith("hn0\n");
  }

  @Test
  void whatASignalEndedIsNoText() {
    Command killed = sh("echo plausible; kill -KILL $$");

    assertThat(runner.run(killed).stdout()).isEqualTo("plausible\n");
    assertThat(assertThrows(SystemException.class, () -> runner.run(killed).wholeText()))
        .hasMessageThat()
        .contains("exited 137");
  }

  @Test
  void outputOfJustTheCapIsWhole() {
    ProcessRunner small = new ProcessRunner(ProcessRunner.DEFAULT_SEARCH_PATH, 10, scratch);

    assertThat(small.run(sh("printf 0123456789")).stdout()).isEqualTo("0123456789");
  }

  @Test
  void outputLargerThanAPipeComesWhole() {
    CommandResult result = runner.run(sh("head -c 900000 /dev/zero | tr '\\0' x"));

    assertThat(result.stdout()).isEqualTo("x".repeat(900_000));
  }

  @Test
  void malformedTextIsReplaced() {
    assertThat(runner.run(sh("printf 'a\\377b\\303\\274'")).stdout()).isEqualTo("a\uFFFDbü");
  }

  @Test
  void programThatIsNowhereIsNotFound() {
    CommandResult result = runner.run(Command.reading(LONG, "hnvf-no-such-program", "x"));

    assertThat(result.ending()).isEqualTo(new NotFound("/sbin:/bin:/usr/sbin:/usr/bin"));
    assertThat(result.summary())
        .isEqualTo("`hnvf-no-such-program x` was not found in /sbin:/bin:/usr/sbin:/usr/bin");
  }

  @Test
  void pathThatIsNotThereIsNotFound() {
    String missing = scratch.resolve("missing").toString();

    assertThat(runner.run(Command.reading(LONG, missing)).ending())
        .isEqualTo(new NotFound(scratch.toString()));
  }

  @Test
  void emptyProgramIsNotFound() {
    assertThat(runner.run(Command.reading(LONG, "")).ending()).isInstanceOf(NotFound.class);
  }

  @Test
  void fileThatIsNotExecutableIsNotRun() throws IOException {
    Path file = script("plain", "rw-r--r--", "echo no");

    assertThat(runner.run(Command.reading(LONG, file.toString())).ending())
        .isEqualTo(new NotRun(file + " is not an executable file"));
  }

  @Test
  void directoryIsNotRun() {
    assertThat(runner.run(Command.reading(LONG, scratch.toString())).ending())
        .isEqualTo(new NotRun(scratch + " is not an executable file"));
  }

  @Test
  void firstExecutableOfTheSearchPathIsRun() throws IOException {
    Path first = Files.createDirectory(scratch.resolve("first"));
    Path second = Files.createDirectory(scratch.resolve("second"));
    Path third = Files.createDirectory(scratch.resolve("third"));
    script("first/tool", "rw-r--r--", "echo first");
    script("second/tool", "rwxr-xr-x", "echo second");
    script("third/tool", "rwxr-xr-x", "echo third");
    ProcessRunner own =
        new ProcessRunner(
            ImmutableList.of(first, second, third), ProcessRunner.DEFAULT_OUTPUT_CAP, scratch);

    assertThat(own.run(Command.reading(LONG, "tool")).stdout()).isEqualTo("second\n");
  }

  @Test
  void programThatTheSystemRefusesIsNotRun() throws IOException {
    Path file = scratch.resolve("no-interpreter");
    Files.writeString(file, "#!/hnvf/no/such/interpreter\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));

    CommandResult result = runner.run(Command.reading(LONG, file.toString()));

    assertThat(result.ending()).isInstanceOf(NotRun.class);
    assertThat(result.summary()).contains("No such file or directory");
  }

  @Test
  void nulCharacterIsNeverPassedOn() {
    assertThat(runner.run(Command.reading(LONG, "/bin/echo", "a\0b")).ending())
        .isEqualTo(new NotRun("its arguments or its environment contain a NUL character"));
  }

  @Test
  void veryLongLimitIsNoLimit() {
    Command command = Command.reading(ChronoUnit.FOREVER.getDuration(), "/bin/sh", "-c", "exit 7");

    assertThat(runner.run(command).ending()).isEqualTo(new Exited(7));
  }

  @Test
  void interruptBeforeTheStartStartsNothing() {
    Path marker = scratch.resolve("marker");
    Thread.currentThread().interrupt();

    CommandResult result = runner.run(sh(": >" + marker));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.ending()).isEqualTo(new NotRun("interrupted before it was started"));
    assertThat(Files.exists(marker)).isFalse();
  }

  private static Command sh(String script) {
    return Command.reading(LONG, "/bin/sh", "-c", script);
  }

  private Path script(String name, String mode, String line) throws IOException {
    Path file = scratch.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
