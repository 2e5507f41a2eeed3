package org.hnvf.lab.sandbox;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.hnvf.cli.ProductGuests;
import org.hnvf.exec.HandTimer;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.SystemTimer;
import org.hnvf.exec.Timer;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnvfException;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sandbox in this process, and its programs as processes of their own. */
final class SandboxTest {

  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final ProcessRunner runner = new ProcessRunner();
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
  private final Path directory;
  private Sandbox sandbox;

  SandboxTest(@TempDir Path scratch) throws HnvfException {
    this.directory = scratch.resolve("it's a guest");
    this.sandbox = open(Optional.empty(), false);
  }

  private Sandbox open(Optional<String> kind, boolean costs) throws HnvfException {
    return open(kind, costs, new SystemTimer());
  }

  private Sandbox open(Optional<String> kind, boolean costs, Timer wall) throws HnvfException {
    return Sandbox.open(directory, kind, costs, wall, runner, complaints::add);
  }

  @BeforeEach
  void nothingIsWrongYet() {
    assertThat(complaints).isEmpty();
  }

  @AfterEach
  void close() throws SystemException {
    sandbox.close();
  }

  private CommandResult run(Duration limit, String program, String... arguments) {
    return runner.run(Command.changing(limit, directory.resolve(program).toString(), arguments));
  }

  private CommandResult run(String program, String... arguments) {
    return run(LIMIT, program, arguments);
  }

  /** Returns the standard output of a command that succeeds. */
  private String out(String program, String... arguments) {
    CommandResult result = run(program, arguments);
    assertWithMessage(result.summary()).that(result.succeeded()).isTrue();
    return result.stdout();
  }

  @Test
  void aProgramAnswersWithBothStreamsAndItsStatus() {
    assertThat(out("bin/ifconfig", "-l")).isEqualTo("lo0 hn0\n");
    assertThat(out("bin/pgrep", "-x", "dhclient")).isNotEmpty();

    CommandResult failed = run("bin/ifconfig", "hn9");

    assertThat(failed.ending()).isEqualTo(new CommandResult.Exited(1));
    assertThat(failed.stdout()).isEmpty();
    assertThat(failed.stderr()).isEqualTo("ifconfig: interface hn9 does not exist\n");
  }

  private String sim(String... words) {
    StringWriter said = new StringWriter();
    int status =
        LabVerbs.commandLine(
                new PrintWriter(said),
                new PrintWriter(said),
                new SimulatedGuests(new ProductGuests(), directory.resolveSibling("nowhere")))
            .run(List.of(words));
    assertWithMessage(said.toString()).that(status).isEqualTo(0);
    return said.toString();
  }

  /** It is one kind of kept guest: {@code --sim=DIR} opens what the sandbox has kept in DIR. */
  @Test
  void theKeptGuestHasTwoDoors() throws HnvfException {
    out("host", "plug", "hn0");
    sandbox.close();
    String same = "--sim=" + directory;
    assertThat(sim("sim", "run", same, "--", "ifconfig", "-l")).isEqualTo("lo0 hn0 mlxen0\n");
    assertThat(sim("status", same)).contains("VF_ATTACHED");
    sim("sim", "unplug", "hn0", same);
    sandbox = open(Optional.empty(), false);
    assertThat(out("bin/ifconfig", "-l")).isEqualTo("lo0 hn0\n");
  }

  @Test
  void everyProgramOfTheGuestIsThere() throws IOException {
    try (var files = Files.list(directory.resolve("bin"))) {
      assertThat(files.map(f -> f.getFileName().toString()).toList())
          .containsAtLeast(
              "ifconfig",
              "sysctl",
              "route",
              "netstat",
              "dhclient",
              "ps",
              "kill",
              "pkill",
              "pgrep",
              "arp",
              "ndp",
              "ping",
              "rtsol",
              "resolvconf");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"it's", "a b", "a\nb", "", "$(id)", "\\0", "%s", "ä", "-n", "`id`\""})
  void anArgumentArrivesAsItIs(String text) {
    CommandResult result = run("bin/sysctl", "--", "x", text);
    CommandResult named = run("bin/sysctl", "x." + text);

    assertThat(result.ending()).isEqualTo(new CommandResult.Exited(1));
    assertThat(named.stderr()).isEqualTo("sysctl: unknown oid 'x." + text + "'\n");
  }

  @Test
  void whatTheHostDoesIsToldAsDevdWouldTellIt() throws IOException {
    assertThat(out("host", "plug", "hn0", "mce"))
        .isEqualTo(
            """
            !system=IFNET subsystem=mce0 type=ATTACH
            !system=ETHERNET subsystem=mce0 type=IFATTACH
            !system=IFNET subsystem=mce0 type=LINK_UP
            """);
    assertThat(out("bin/sysctl", "-n", "hw.hn.vfmap")).isEqualTo("mce0:hn0\n");
    out("bin/ifconfig", "mce0", "up");

    assertThat(Files.readString(directory.resolve("devd.log")))
        .contains("\n!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP\n");
    assertThat(out("host", "reach")).isEmpty();
    assertThat(out("host", "unplug", "hn0")).contains(" type=VF_DOWN\n");
    assertThat(out("host", "reach")).isEqualTo("10.0.2.15\n");
  }

  @Test
  void aMigratedVfComesBackByItself() {
    out("host", "plug", "hn0");

    assertThat(out("host", "migrate", "hn0", "mana", "1")).contains("mlxen0 type=DETACH");

    await().atMost(LIMIT).until(() -> out("bin/ifconfig", "-l").equals("lo0 hn0 mana0\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "plug lo0, 69",
    "plug hn7, 69",
    "plug hn0;id, 65",
    "plug hn0 -x, 65",
    "plug, 64",
    "carrier hn0, 64",
    "carrier hn0 maybe, 64",
    "dhcp hn0 nobody, 64",
    "migrate hn0 mce soon, 64",
    "fail ifconfig(, 64",
    "fail ifconfig 0, 64",
    "fail ifconfig 1001, 64",
    "fail, 64",
    "dance hn0, 64",
    "'', 64",
  })
  void whatMakesNoSenseIsRefused(String words, int status) {
    CommandResult result = run("host", words.split(" ", -1));

    assertThat(result.ending()).isEqualTo(new CommandResult.Exited(status));
    assertThat(result.stderr()).startsWith("host: ");
    assertThat(out("bin/ifconfig", "-l")).isEqualTo("lo0 hn0\n");
  }

  @Test
  void commandsFailAsOftenAsTheyAreTold() {
    out("host", "fail", "ifconfig", "2");
    assertThat(run("bin/ifconfig", "hn0", "mtu", "1400").succeeded()).isFalse();
    assertThat(run("bin/ifconfig", "-l").stderr()).isEqualTo("the sandbox lets it fail\n");
    assertThat(out("bin/ifconfig", "hn0")).contains(" mtu 1500\n");

    out("host", "fail-late", "ifconfig hn0 mtu .*");
    assertThat(run("bin/ifconfig", "hn0", "mtu", "1400").succeeded()).isFalse();
    assertThat(out("bin/ifconfig", "hn0")).contains(" mtu 1400\n");

    out("host", "fail", "ifconfig", "3");
    out("host", "heal");
    assertThat(out("bin/ifconfig", "-l")).isNotEmpty();
  }

  @Test
  void aHungCommandEndsOnlyWithWhoWaitsForIt() throws Exception {
    Duration moment = Duration.ofMillis(300);
    out("host", "hang", "ifconfig hn0 mtu .*");
    out("host", "hang-late", "ifconfig hn0 metric .*");

    assertThat(run(moment, "bin/ifconfig", "hn0", "mtu", "1400").ending())
        .isInstanceOf(CommandResult.TimedOut.class);
    FutureTask<CommandResult> late =
        new FutureTask<>(() -> run("bin/ifconfig", "hn0", "metric", "3"));
    Thread waiting = new Thread(late, "waits for a hung command");
    waiting.setDaemon(true);
    waiting.start();
    await().atMost(LIMIT).until(() -> out("bin/ifconfig", "hn0").contains(" metric 3 mtu 1500\n"));
    assertThat(late.isDone()).isFalse();

    waiting.interrupt();

    assertThat(late.get().ending()).isInstanceOf(CommandResult.NotRun.class);
  }

  @Test
  void theTimeOfTheGuestGoesOnWithThatOfTheMachine() throws HnvfException {
    sandbox.close();
    HandTimer wall = new HandTimer(START);
    sandbox = open(Optional.empty(), false, wall);
    out("bin/ifconfig", "hn0", "inet6", "-ifdisabled");
    out("bin/ifconfig", "hn0", "inet6", "2001:db8::9/64");
    assertThat(out("bin/ifconfig", "hn0")).contains("tentative");

    wall.pass(Duration.ofSeconds(5));

    assertThat(out("bin/ifconfig", "hn0")).contains("2001:db8::9");
    assertThat(out("bin/ifconfig", "hn0")).doesNotContain("tentative");
  }

  @Test
  void theHookIsRunForEachLineOfDevdInTurn() throws IOException {
    Path heard = directory.resolve("heard");
    Path hook = directory.resolve("devd-hook");
    Files.writeString(
        hook, "#!/bin/sh\nprintf '%s\\n' \"$1\" >>'%s'\n".formatted("%s", quoted(heard)));
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));

    String lines = out("host", "plug", "hn0") + out("host", "unplug", "hn0");

    await().atMost(LIMIT).until(() -> Files.exists(heard) && Files.readString(heard).equals(lines));
  }

  private static String quoted(Path path) {
    return path.toString().replace("'", "'\\''");
  }

  @Test
  void aHookThatFailsIsComplainedAbout() throws IOException {
    Path hook = directory.resolve("devd-hook");
    Files.writeString(hook, "#!/bin/sh\necho no >&2\nexit 3\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));

    out("host", "notify", "!system=X");

    await().atMost(LIMIT).until(() -> complaints.size() == 1);
    assertThat(complaints.get(0)).contains("exited 3: no");
    complaints.clear();
  }

  @Test
  void theGuestIsKeptAndGoesOnWithTheNextSandbox() throws HnvfException {
    out("host", "plug", "hn0");
    sandbox.close();
    assertThat(run("bin/ifconfig", "-l").ending()).isEqualTo(new CommandResult.Exited(69));

    sandbox = open(Optional.empty(), false);
    assertThat(out("bin/ifconfig", "-l")).isEqualTo("lo0 hn0 mlxen0\n");
    sandbox.close();

    sandbox = open(Optional.of("static"), false);
    assertThat(out("bin/ifconfig", "-l")).isEqualTo("lo0 hn0\n");
    assertThat(out("host", "reach")).contains("10.0.2.51\n");
  }

  @Test
  void hostStopEndsTheWaiting() throws InterruptedException {
    out("host", "stop");

    sandbox.await();
  }

  @Test
  void onlyOneHnvfHasTheGuest() {
    HandTimer wall = new HandTimer(START);
    Instant began = wall.now();

    SystemException busy =
        assertThrows(SystemException.class, () -> open(Optional.empty(), false, wall));

    assertThat(Duration.between(began, wall.now())).isEqualTo(Duration.ofSeconds(10));

    assertThat(busy.exitCode().status()).isEqualTo(75);
    assertThat(out("bin/ifconfig", "-l")).isNotEmpty();
  }

  @Test
  void aNameThatIsTooLongForASocketIsRefused() {
    Path longest = directory.resolve("x".repeat(90));

    UserException refused =
        assertThrows(
            UserException.class,
            () ->
                Sandbox.open(
                    longest, Optional.empty(), false, new SystemTimer(), runner, complaints::add));

    assertThat(refused.exitCode().status()).isEqualTo(64);
    assertThat(Files.exists(longest)).isFalse();
  }

  @Test
  void anUnknownKindIsRefusedAndForgetsNothing() throws HnvfException {
    out("host", "plug", "hn0");
    sandbox.close();

    assertThrows(UserException.class, () -> open(Optional.of("windows"), false));

    sandbox = open(Optional.empty(), false);
    assertThat(out("bin/ifconfig", "-l")).isEqualTo("lo0 hn0 mlxen0\n");
  }

  @Test
  void withCostsACommandTakesItsTime() throws HnvfException {
    sandbox.close();
    sandbox = open(Optional.of("azure"), true);

    // 250 ms at the costs of the recording machine; without costs it is a few.
    Duration elapsed = run("bin/resolvconf", "-l").elapsed();

    assertThat(elapsed).isAtLeast(Duration.ofMillis(200));
  }

  @Test
  void aClientThatSaysNothingOfUseIsAnswered() {
    CommandResult result =
        runner.run(
            Command.changing(
                LIMIT,
                "/bin/sh",
                "-c",
                "printf 'run\\0reboot\\0' | nc -U -N \"$0\"; printf nonsense | nc -U -N \"$0\"",
                directory.resolve("socket").toString()));

    assertThat(result.stdout())
        .matches("(?s)printf.* know run reboot\n'.*exit 64\nprintf.* know \n'.*exit 64\n");
  }
}
