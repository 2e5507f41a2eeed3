package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code integration-tests/freebsd/run}: its scenarios on the sandbox, and what it refuses. */
final class KitIT {

  private static final Path KIT = Scripts.BASE.resolve("integration-tests/freebsd");
  private static final String RUN = KIT.resolve("run").toString();

  /**
   * Not all: {@code run --check} alone plays those, in some minutes. These need two guests, and
   * each word of the platform.
   */
  private static final ImmutableList<String> PLAYED =
      ImmutableList.of(
          "bridge",
          "by-hand-static",
          "carp",
          "dhclient-conf",
          "dhcp-story",
          "fibs",
          "firewall",
          "foreign-lagg",
          "groups",
          "jumbo",
          "kills",
          "no-daemon",
          "off-link-gateway",
          "off-link-own-address",
          "override-refused",
          "rehearse",
          "scoped-gateways",
          "two-at-once",
          "vlans",
          "stock-script");

  private final Path scratch;
  private final Path temporary;
  private final Path results;
  private final Scripts scripts;

  KitIT(@TempDir Path directory) throws IOException {
    this.scratch = directory.toRealPath();
    this.temporary = Files.createDirectory(scratch.resolve("tmp"));
    this.results = scratch.resolve("results");
    this.scripts = new Scripts(scratch.resolve("rig"));
  }

  private Ended run(String... words) throws IOException, InterruptedException {
    return scripts.run(environment(), command(words));
  }

  private ImmutableMap<String, String> environment() {
    return ImmutableMap.of(
        "TMPDIR", temporary.toString(),
        "JAVA_HOME", System.getProperty("java.home"),
        "HNVF_KIT_SCENARIOS", scenarios().toString());
  }

  private static ImmutableList<String> command(String... words) {
    return ImmutableList.<String>builder().add(RUN).add(words).build();
  }

  /** The kit's own, where a test has none. */
  private Path scenarios() {
    Path own = scratch.resolve("scenarios");
    return Files.isDirectory(own) ? own : KIT.resolve("scenarios");
  }

  private void scenario(String name, String text) throws IOException {
    Files.createDirectories(scratch.resolve("scenarios"));
    Files.writeString(scratch.resolve("scenarios").resolve(name + ".sh"), text);
  }

  private static String last(Ended ended) {
    return ended.out().lines().reduce("", (earlier, line) -> line);
  }

  private String log(String name) throws IOException {
    return Files.readString(results.resolve("logs").resolve(name + ".on-vf-up.log"));
  }

  /** Neither files nor a process. */
  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.toList()).isEmpty();
    }
    assertThat(Files.exists(results.resolveSibling("results.lock"))).isFalse();
    assertThat(
            ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(temporary.toString()))
                .toList())
        .isEmpty();
  }

  @Test
  void scenariosPassOnTheSandboxAndNothingIsLeft() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    assertThat(dead.waitFor()).isEqualTo(0);
    Files.createSymbolicLink(scratch.resolve("results.lock"), Path.of("process " + dead.pid()));

    List<String> words =
        new ArrayList<>(List.of("--check", "--lanes", "2", "--results", results.toString()));
    words.addAll(PLAYED);
    Ended ended = run(words.toArray(String[]::new));

    assertWithMessage("%s%s", ended.out(), ended.err()).that(ended.status()).isEqualTo(0);
    assertThat(last(ended)).isEqualTo("20 passed, 0 failed");
    assertThat(ended.out()).contains("passed: dhcp-story, before-vf-up");
    assertThat(ended.out()).contains("1 not possible here");
    assertThat(ended.out()).doesNotContain("not played");
    assertNothingLeft();

    Path page = scratch.resolve("page.html");
    assertThat(
            run("--check", "--results", results.toString(), "--report", page.toString()).status())
        .isEqualTo(0);
    String report = Files.readString(page);
    assertThat(report).contains("<b>No FreeBSD kernel has answered here.</b>");
    assertThat(report).contains("<p>" + last(ended).replace("0 failed", "0 failed, "));
    assertThat(report).contains("not possible here: the sandbox does not run the scripts of");
    assertThat(report).doesNotContain("http");

    assertWhatWasRecordedIsReplayed();
  }

  /** The simulated guest repeats the sandbox's answers, and not the changed ones. */
  private void assertWhatWasRecordedIsReplayed() throws IOException, InterruptedException {
    String[] differences = {"--check", "--results", results.toString(), "--differences"};
    Ended same = run(differences);
    assertWithMessage(same.out()).that(same.status()).isEqualTo(0);
    assertThat(same.out()).containsMatch("(?m)^([0-9]{3}) of \\1 commands identical$");

    Path recording = results.resolve("recordings/by-hand-static.on-vf-up.txt");
    String recorded = Files.readString(recording);
    String changed = recorded.replace("laggport: hn0 flags=1<MASTER>", "laggport: hn0 flags=0<>");
    assertThat(changed).isNotEqualTo(recorded);
    Files.writeString(recording, changed);
    Ended other = run(differences);
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.out()).contains("different  $ ifconfig lagg0");
    assertThat(other.out()).containsMatch("- \\s*laggport: hn0 flags=0<>");
  }

  /** The slowest address counts, a longer pause has a longer bar, and no figure is made up. */
  @Test
  void thePageShowsBothStrategiesBesideEachOther() throws Exception {
    Files.createDirectories(results);
    Files.writeString(results.resolve("about"), "platform freebsd\nmachine <b>, 2 processors\n");
    Files.writeString(results.resolve("verdicts"), "story on-vf-up passed 9 \n");
    Files.writeString(
        results.resolve("cuts"),
        """
        story on-vf-up|bring-up|10.0.2.50|800|800
        story on-vf-up|bring-up|10.0.2.51|1000|1240
        story before-vf-up|bring-up|10.0.2.50|100|100
        story on-vf-up|revoked|10.0.2.50|0|0
        stock-script on-vf-up|bring-up|10.0.2.15|100000|100000
        """);

    Ended page = scripts.run(KIT.resolve("report").toString(), results.toString());

    assertThat(page.status()).isEqualTo(0);
    assertThat(page.out())
        .contains(
            "<tr><td>bring-up</td>"
                + "<td>1000 ms <small>of 1240 ms</small>"
                + "<span class=\"bar\" style=\"width:50%\"></span></td>"
                + "<td>100 ms<span class=\"bar\" style=\"width:25%\"></span></td></tr>");
    assertThat(page.out()).contains("<tr><td>revoked</td><td>0 ms</td><td>-</td></tr>");
    assertThat(page.out())
        .contains(
            "<tr class=\"stock\"><td>bring-up, by the base system</td>"
                + "<td>100000 ms<span class=\"bar\" style=\"width:100%\"></span></td><td></td></tr>");
    assertThat(page.out()).contains("&lt;b&gt;, 2 processors");
    assertThat(page.out()).contains("The run was broken off.");
    assertThat(page.out()).contains("width=device-width");
  }

  @Test
  void withoutARunThereIsNothingToShow() throws Exception {
    Ended ended = run("--check", "--results", results.toString(), "--differences");
    assertThat(ended.status()).isEqualTo(69);
    assertThat(ended.err()).contains("there is no finished or begun run in " + results);
  }

  @Test
  void whatIsNotSeenInTimeHasFailedAndSoHasWhatHangs() throws Exception {
    scenario("good", "boot azure\n");
    scenario("wrong", "within 1\nboot azure\nexpect_state LAGG_VF\n");
    scenario("hangs", "# limit: 2\nsleep 1000\n");
    scenario("elsewhere", "# needs: kernel\nexit 1\n");

    Ended ended = run("--check", "--lanes", "1", "--slow", "2", "--results", results.toString());

    assertThat(ended.status()).isEqualTo(1);
    assertThat(last(ended)).isEqualTo("1 passed, 2 failed");
    assertThat(ended.out()).contains("1 not possible here");
    assertThat(ended.out()).contains("not possible here: elsewhere, on-vf-up; 0 s: the sandbox is");
    assertThat(log("wrong")).contains("FAILED: state LAGG_VF: not within 2 s");
    assertThat(log("wrong")).contains("--- netstat -rn\nRouting tables\n");
    assertThat(log("hangs")).contains("FAILED: not at its end within 4 s");
    assertNothingLeft();
  }

  @Test
  void brokenOffNothingIsLeftAndItCanGoOn() throws Exception {
    scenario("waits", "sleep 1000\n");
    ProcessBuilder builder =
        new ProcessBuilder(command("--check", "--results", results.toString()))
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("said").toFile());
    builder.environment().putAll(environment());
    Process broken = builder.start();
    Installation.patiently().until(() -> Files.exists(results.resolve("logs/waits.on-vf-up.log")));
    broken.destroy();
    assertThat(broken.waitFor()).isEqualTo(71);
    assertThat(Files.readString(scratch.resolve("said"))).contains("broken off; --resume goes on");
    assertNothingLeft();

    scenario("waits", ":\n");
    Ended ended = run("--check", "--resume", "--results", results.toString());
    assertWithMessage("%s%s", ended.out(), ended.err()).that(ended.status()).isEqualTo(0);
    assertThat(last(ended)).isEqualTo("1 passed, 0 failed");
  }

  @Test
  void oneThatHasFailedIsPlayedAgain() throws Exception {
    scenario("good", ":\n");
    scenario("wrong", "exit 1\n");
    assertThat(last(run("--check", "--results", results.toString())))
        .isEqualTo("1 passed, 1 failed");

    scenario("wrong", ":\n");
    Ended ended = run("--check", "--resume", "wrong", "--results", results.toString());
    assertThat(last(ended)).isEqualTo("2 passed, 0 failed");
    assertThat(ended.out()).doesNotContain(": good,");
    assertThat(ended.status()).isEqualTo(0);
  }

  @Test
  void thereIsOneRunAtATime() throws Exception {
    String here = "process " + ProcessHandle.current().pid();
    Files.createSymbolicLink(scratch.resolve("results.lock"), Path.of(here));
    Ended ended = run("--check", "--results", results.toString());
    assertThat(ended.status()).isEqualTo(75);
    assertThat(ended.err()).contains("another run is at it, " + here);
    assertThat(Files.exists(results)).isFalse();
  }

  @Test
  void onAnotherSystemItSaysWhatCanBeDoneThere() throws Exception {
    Ended ended = run();
    assertThat(ended.status()).isEqualTo(69);
    assertThat(ended.err()).contains("no FreeBSD; run --check plays the scenarios in a sandbox");
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense,       there is no option --nonsense",
    "no-such-scenario, there is no scenario no-such-scenario",
    "../run,           is no name of a scenario",
    "--report,         --report needs a value",
    "--slow,           --slow needs a value",
  })
  void whatMakesNoSenseIsRefused(String word, String said) throws Exception {
    Ended ended = run("--check", word);
    assertThat(ended.status()).isEqualTo(64);
    assertThat(ended.err()).contains(said);
    assertThat(ended.err()).contains("nothing was done");
  }

  @ParameterizedTest
  @CsvSource({
    "--slow,  0,  \"0\" is no factor for time limits (1 to 9)",
    "--slow,  2x, \"2x\" is no factor for time limits (1 to 9)",
    "--lanes, 10, \"10\" is no number of sandboxes (1 to 9)",
  })
  void aValueThatMakesNoSenseIsRefused(String option, String value, String said) throws Exception {
    Ended ended = run("--check", option, value);
    assertThat(ended.status()).isEqualTo(64);
    assertThat(ended.err()).contains(said + "; nothing was done");
  }

  @Test
  void theListTellsWhatIsNotPossibleHere() throws Exception {
    scenario("here", "# title: what can be done\n");
    scenario("there", "# title: what cannot\n# needs: kernel\n");
    Ended ended = run("--check", "--list");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(ended.out()).containsMatch("(?m)^here +what can be done$");
    assertThat(ended.out())
        .containsMatch("(?m)^there +what cannot\n +not possible here: .*kernel$");
  }

  /** A machine of FreeBSD that would do, but for one thing; it is never changed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uname  | case $1 in -s) echo FreeBSD ;; *) echo 1302001 ;; esac | 69 | for 14.0 or later",
        "id     | echo 1001                     | 77 | only root",
        "sysctl | case $* in *vimage) echo 0 ;; *) exit 1 ;; esac | 69 | has no VIMAGE",
        "sysctl | echo 1                        | 78 | an hn(4) of its own",
        "ifconfig | echo vtnet0 hn0 lo0         | 78 | an interface hn0 already",
        "ifconfig | echo vtnet0 lagg3 lo0       | 78 | an interface lagg3 already",
        "sysrc  | echo Yes                      | 78 | installed here and enabled",
        "cc     |                               | 69 | there are no sources of the kernel",
      })
  void aMachineThatWillNotDoIsRefusedAndNotChanged(
      String program, String body, int status, String said) throws Exception {
    scripts.fake("uname", "case $1 in -s) echo FreeBSD ;; *) echo 1500063 ;; esac");
    scripts.fake("id", "echo 0");
    scripts.fake("sysctl", "case $* in *vimage) echo 1 ;; *) exit 1 ;; esac");
    scripts.fake("ifconfig", "echo vtnet0 lo0");
    scripts.fake("sysrc", "echo NO");
    for (String changes :
        List.of("kldload", "kldunload", "jail", "jexec", "route", "service", "make")) {
      scripts.fake(changes, "");
    }
    scripts.fake(program, body == null ? "" : body);

    Ended ended = run();

    assertThat(ended.err()).contains(said);
    assertThat(ended.err()).contains("nothing was done");
    assertThat(ended.status()).isEqualTo(status);
    List<String> asked = new ArrayList<>();
    for (String line : scripts.log()) {
      asked.add(line.replaceFirst(" .*", ""));
    }
    assertThat(asked).containsNoneOf("kldload", "jail", "jexec", "route", "service", "make");
  }
}
