package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code scripts/uninstall}, in a stage, and, with fake programs, on a machine whose pair is on a
 * lagg.
 */
final class UninstallIT {

  private final Path directory;
  private final Path prefix;
  private final Path state;
  private final Path notes;
  private final Scripts scripts;
  private final Path script;

  UninstallIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.prefix = directory.resolve("opt");
    this.state = Files.createDirectories(directory.resolve("state"));
    this.notes = Files.createDirectories(directory.resolve("notes"));
    this.scripts = new Scripts(directory.resolve("rig"));
    String text = Files.readString(Scripts.BASE.resolve("scripts/uninstall"));
    String placed =
        text.replace("state=/var/db/hnvf", "state=" + state)
            .replace("notes=/var/run/hnvf", "notes=" + notes)
            .replace("old_lock=/var/run/hnvf.stock.lock", "old_lock=" + oldLock())
            .replace("log=/var/log/hnvf.log", "log=" + directory.resolve("hnvf.log"));
    assertThat(placed).isNotEqualTo(text);
    this.script = scripts.script(directory.resolve("uninstall"), placed);
    // A directory of the system, which is empty when hnvf is installed.
    Files.createDirectories(prefix.resolve("share/man"));
  }

  @BeforeEach
  void install() throws Exception {
    Ended ended =
        scripts.run(
            ImmutableMap.of("PREFIX", prefix.toString(), "DESTDIR", "/"),
            ImmutableList.of(Scripts.BASE.resolve("scripts/install").toString()));
    assertWithMessage(ended.err()).that(ended.status()).isEqualTo(0);
    Files.writeString(prefix.resolve("share/java/hnvf/hnvf.jsa"), "an archive");
    scripts.fake("id", "echo 0");
    scripts.fake(
        "service",
        "[ \"$1\" != devd ] || [ ! -e '%s' ] || echo rules >&2"
            .formatted(prefix.resolve("etc/devd/hnvf.conf")));
    scripts.fake("ifconfig", "[ \"$1\" = lagg0 ]");
    scripts.script(prefix.resolve("sbin/hnvf"), "");
  }

  @Test
  void nothingOfItIsLeft() throws Exception {
    assertThat(uninstall().status()).isEqualTo(0);
    assertThat(left()).isEmpty();
    try (Stream<Path> all = Files.walk(prefix)) {
      assertThat(all).containsExactly(prefix, prefix.resolve("share"), prefix.resolve("share/man"));
    }
    assertRefused(uninstall(), 69, "there is no hnvf under");
  }

  @Test
  void whatIsTheUsersStays() throws Exception {
    Files.writeString(prefix.resolve("etc/hnvf/hnvf.json"), "{}");
    Files.writeString(prefix.resolve("libexec/hnvf/hyperv_vfup.hn0"), "#!/bin/sh\n");
    Ended ended = uninstall();
    assertThat(ended.status()).isEqualTo(0);
    assertThat(ended.err()).contains("hnvf.json stays: it was changed");
    assertThat(left()).containsExactly("etc/hnvf/hnvf.json", "libexec/hnvf/hyperv_vfup.hn0");
  }

  @Test
  void purgeTakesTheConfigurationAndTheStateAway() throws Exception {
    Files.writeString(prefix.resolve("etc/hnvf/hnvf.json"), "{}");
    assertThat(uninstall("--purge").status()).isEqualTo(0);
    assertThat(left()).isEmpty();
    assertThat(Files.exists(state)).isFalse();
  }

  @Test
  void theDaemonEndsAndDevdForgetsTheRulesBeforeTheirScriptGoes() throws Exception {
    Ended ended = uninstall();
    // The fake would report it if the rules still existed when devd is restarted.
    assertThat(ended.err()).isEmpty();
    assertThat(ran("service"))
        .containsExactly("service hnvf onestop", "service devd restart")
        .inOrder();
  }

  @Test
  void overALaggThatHnvfMadeItStopsAndTells() throws Exception {
    onLagg("lagg0");
    List<String> before = left();
    Ended ended = uninstall();
    assertRefused(ended, 75, "use --release to move the configuration back to hn, or --keep-lagg");
    assertThat(ended.err()).contains("The configuration of hn0 is on a lagg that hnvf made.");
    assertThat(ended.err()).contains("At the next boot rc(8) gives hn its configuration");
    assertThat(ended.err()).contains("base system starts a second dhclient on hn");
    assertThat(left()).isEqualTo(before);
    assertThat(ran("service")).isEmpty();
  }

  @Test
  void releaseComesFirst() throws Exception {
    onLagg("lagg0");
    scripts.script(
        prefix.resolve("sbin/hnvf"),
        "echo \"hnvf $*\" >>'" + scripts.logFile() + "'\nrm '" + notes + "/hn0.lagg'\n");
    assertThat(uninstall("--release").status()).isEqualTo(0);
    assertThat(scripts.log().stream().filter(l -> l.startsWith("hnvf") || l.startsWith("service")))
        .containsExactly("hnvf release hn0", "service hnvf onestop", "service devd restart")
        .inOrder();
    assertThat(left()).isEmpty();
  }

  @Test
  void aReleaseThatFailsIsTheEndOfIt() throws Exception {
    onLagg("lagg0");
    scripts.script(prefix.resolve("sbin/hnvf"), "exit 71\n");
    List<String> before = left();
    assertRefused(uninstall("--release"), 71, "hn0 could not be released");
    assertThat(left()).isEqualTo(before);
    assertThat(ran("service")).isEmpty();
  }

  @Test
  void aReleaseOfAnotherPairIsTheEndOfItToo() throws Exception {
    onLagg("lagg0");
    assertRefused(uninstall("--release"), 71, "hn0 is still on its lagg");
    assertThat(ran("service")).isEmpty();
  }

  /** The note has the driver's name; the guest itself, and the program, are the simulated ones. */
  @Test
  void anHnThatWasRenamedIsReleased() throws Exception {
    Program hnvf = new Program(Files.createDirectories(directory.resolve("sim")));
    hnvf.sim("sim", "reset", "--kind=static");
    hnvf.sim("sim", "run", "--", "ifconfig", "hn0", "name", "ext0");
    Path rcConf = hnvf.guest().resolve("root/etc/rc.conf");
    Files.writeString(rcConf, Files.readString(rcConf).replace("ifconfig_hn0", "ifconfig_ext0"));
    hnvf.sim("sim", "plug", "hn0");
    hnvf.sim("vf-up", "ext0");
    assertThat(hnvf.pair().get("lagg").asText()).isEqualTo("lagg0");
    Files.copy(hnvf.guest().resolve("root/var/run/hnvf/hn0.lagg"), notes.resolve("hn0.lagg"));
    String front = Scripts.BASE.resolve("scripts/hnvf") + "";
    String java = "JAVA_HOME='" + System.getProperty("java.home") + "' ";
    scripts.script(
        prefix.resolve("sbin/hnvf"), java + front + " \"$@\" '--sim=" + hnvf.guest() + "'\n");
    scripts.fake(
        "ifconfig", java + front + " sim run '--sim=" + hnvf.guest() + "' -- ifconfig \"$@\"");

    Ended ended = uninstall("--release");

    assertWithMessage(ended.err()).that(ended.status()).isEqualTo(0);
    assertThat(hnvf.pair().has("lagg")).isFalse();
    assertThat(hnvf.pair().get("defaultRoute").asText()).endsWith(" via ext0");
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "outcome incomplete: 10.0.2.50/24 is missing\n"})
  void whatIsUnfinishedNobodyElseWouldFinish(String outcome) throws Exception {
    Files.writeString(state.resolve("hn0.journal"), "hnvf journal 1\nunit 0\nrun\n" + outcome);
    Files.createDirectory(state.resolve("history"));
    Files.writeString(
        state.resolve("history/20261122T132000.000Z-hn1.journal"),
        "hnvf journal 1\nunit 1\noutcome done\n");
    List<String> before = left();
    for (String option : List.of("", "--keep-lagg", "--purge")) {
      Ended ended = option.isEmpty() ? uninstall() : uninstall(option);
      assertRefused(ended, 75, "hnvf: hn0 is unfinished; nothing was removed");
      assertThat(ended.err()).contains("A workflow of hn0 is unfinished, see " + state);
      assertThat(ended.err()).contains("\t" + prefix + "/sbin/hnvf vf-down hn0\n");
    }
    assertThat(left()).isEqualTo(before);
    assertThat(Files.exists(state.resolve("hn0.journal"))).isTrue();
    assertThat(ran("service").stream().distinct()).containsExactly("service hnvf onestop");
  }

  @Test
  void aDaemonThatRanIsStartedAgainToFinishIt() throws Exception {
    Files.writeString(state.resolve("hn0.journal"), "hnvf journal 1\nunit 0\nrun\n");
    try (Running daemon = new Running("daemon")) {
      scripts.fake("service", "[ \"$2\" != onestop ] || kill " + daemon.pid());
      assertRefused(uninstall(), 75, "hn0 is unfinished");
      assertThat(ran("service"))
          .containsExactly("service hnvf onestop", "service hnvf onestart")
          .inOrder();
    }
  }

  @Test
  void whileHnvfIsAtWorkItRefuses() throws Exception {
    List<String> before = left();
    try (Running oneShot = new Running("event", "!system=IFNET subsystem=hn0 type=DETACH")) {
      Ended ended = uninstall("--purge");
      assertRefused(ended, 75, "hnvf is at work (process " + oneShot.pid() + ")");
      assertThat(left()).isEqualTo(before);
      assertThat(ran("service")).containsExactly("service hnvf onestop");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 124})
  void theLastEventIsWaitedForBeforeItsProgramGoes(int status) throws Exception {
    Path java = runner();
    Path pid = directory.resolve("pid");
    scripts.fake(
        "service",
        "[ \"$1\" != devd ] || { setsid -f '%1$s' -jar '%2$s/share/java/hnvf/hnvf.jar' event x;"
                .formatted(java, prefix)
            + " until pgrep -f '"
            + java
            + " -jar' >'"
            + pid
            + "'; do sleep 0.1; done; }");
    scripts.fake("pwait", "kill \"$3\"; exit " + status);
    Ended ended = uninstall();
    String number = Files.readString(pid).strip();
    assertThat(ran("pwait")).containsExactly("pwait -t 300 " + number);
    assertThat(left().isEmpty()).isEqualTo(status == 0);
    assertThat(ended.status()).isEqualTo(status == 0 ? 0 : 75);
    if (status != 0) {
      assertThat(ended.err()).contains("hnvf is still at work (process " + number + ")");
      scripts.fake("service", "");
      assertThat(uninstall().status()).isEqualTo(0);
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void theLaggMayBeKept() throws Exception {
    onLagg("lagg0");
    scripts.script(prefix.resolve("sbin/hnvf"), "exit 71\n");
    assertThat(uninstall("--keep-lagg").status()).isEqualTo(0);
    assertThat(left()).isEmpty();
    assertThat(Files.exists(notes.resolve("hn0.lagg"))).isTrue();
  }

  private Path oldLock() {
    return directory.resolve("hnvf.stock.lock");
  }

  /** Creates the files of a pair between runs. */
  private void keep() throws IOException {
    Files.createDirectories(state.resolve("history"));
    for (String kind : List.of("word", "backoff", "delay", "script", "ups", "last")) {
      Files.writeString(state.resolve("hn0." + kind), "released\n");
    }
    Files.writeString(state.resolve(".hnvf-1.tmp"), "half");
    for (String name : List.of("hn0.lock", "hn0.again", "daemon.lock", "stock.lock")) {
      Files.writeString(notes.resolve(name), "text");
    }
    Files.writeString(oldLock(), "");
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(notes.resolve("hnvf.sock")));
    }
  }

  @Test
  void whatWasKeptOfThePairsIsGone() throws Exception {
    keep();
    Ended ended = uninstall();
    assertThat(ended.status()).isEqualTo(0);
    assertThat(Files.exists(state)).isFalse();
    assertThat(Files.exists(notes)).isFalse();
    assertThat(Files.exists(oldLock())).isFalse();
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void theJournalsStayForAPersonAndThatIsSaid() throws Exception {
    keep();
    Path journal = state.resolve("history/20261122T132000.000Z-hn0.journal");
    Files.writeString(journal, "outcome done\n");
    Ended ended = uninstall();
    assertThat(ended.status()).isEqualTo(0);
    assertThat(ended.err()).contains(state + " stays: it has the journals of what hnvf did");
    assertThat(Files.exists(journal)).isTrue();
    try (Stream<Path> files = Files.list(state)) {
      assertThat(files).containsExactly(state.resolve("history"));
    }
  }

  @Test
  void withALaggThatIsKeptStaysWhatIsKnownOfIt() throws Exception {
    keep();
    onLagg("lagg0");
    Ended ended = uninstall("--keep-lagg");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(ended.err()).contains("the notes of the lagg and its pair stay in " + notes);
    try (Stream<Path> files = Files.list(notes)) {
      assertThat(files).containsExactly(notes.resolve("hn0.lagg"));
    }
    assertThat(Files.exists(state.resolve("hn0.last"))).isTrue();
    assertThat(Files.exists(oldLock())).isFalse();
  }

  @Test
  void whereALinkLeadsNothingIsTakenAway() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("hn0.word"), "mine");
    Files.delete(state);
    Files.delete(notes);
    Files.createSymbolicLink(state, elsewhere);
    Files.createSymbolicLink(notes, elsewhere);
    Ended ended = uninstall();
    assertThat(ended.status()).isEqualTo(0);
    assertThat(ended.err()).contains(state + " stays as it is: it is a link");
    assertThat(Files.readString(elsewhere.resolve("hn0.word"))).isEqualTo("mine");
    assertThat(Files.isSymbolicLink(notes)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inNonTransparentModeItSaysWhatComesAndTheSafeOrder(boolean released) throws Exception {
    sysctl("[ \"$2\" = hw.hn.vf_transparent ] && echo 0");
    Files.writeString(state.resolve("hn0.word"), "pinned\n");
    Files.writeString(state.resolve("hn1.word"), released ? "released\n" : "pinned\n");
    // Before anything is taken away.
    scripts.fake("service", "echo service >&2");
    Ended ended = uninstall();
    assertThat(ended.status()).isEqualTo(0);
    assertThat(ended.err())
        .startsWith(
            """
            This guest is in non-transparent mode (hw.hn.vf_transparent=0).  At the next VF
            the base system's scripts run.  On FreeBSD 14 and later they never end: devd
            hangs, and the guest is cut off permanently.
            %sThe safe order: remove hw.hn.vf_transparent from /boot/loader.conf, reboot, and
            only then uninstall hnvf.

            service
            """
                .formatted(
                    released
                        ? "For a released pair (hn1) the base system's scripts run, too.\n"
                        : ""));
  }

  @Test
  void anOldKernelWithoutTheModeIsNonTransparent() throws Exception {
    sysctl("[ \"$2\" = hw.hn.vflist ] && echo");
    assertThat(uninstall().err()).contains("The safe order: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo 1", "exit 1"})
  void inTransparentModeOrWithoutHnThereIsNothingToSay(String body) throws Exception {
    sysctl(body);
    Files.writeString(state.resolve("hn0.word"), "released\n");
    assertThat(uninstall().err()).isEmpty();
  }

  private void sysctl(String body) throws IOException {
    scripts.fake("sysctl", body);
  }

  @Test
  void aNoteOfALaggThatIsGoneOrIsNoneCountsNothing() throws Exception {
    onLagg("lagg7");
    Files.writeString(notes.resolve("hn1.lagg"), "$(id)\n");
    assertThat(uninstall().status()).isEqualTo(0);
  }

  @Test
  void wrongWordsChangeNothing() throws Exception {
    List<String> before = left();
    assertRefused(uninstall("--force"), 64, "there is no option --force");
    assertRefused(uninstall("--release", "--keep-lagg"), 64, "not both");
    assertRefused(uninstall("--keep-lagg", "--purge"), 64, "would forget the lagg");
    scripts.fake("pkg", "");
    assertRefused(uninstall(), 75, "pkg delete hnvf");
    scripts.fake("id", "echo 1001");
    assertRefused(uninstall(), 77, "only root");
    assertThat(left()).isEqualTo(before);
  }

  /** In the place of Java: one process that waits, with no other of the same command line. */
  private Path runner() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    if (!Files.exists(pipe)) {
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isEqualTo(0);
    }
    return scripts.script(directory.resolve("java"), "read -r word <'" + pipe + "'\n");
  }

  /** A process with the command line of hnvf. */
  private final class Running implements AutoCloseable {
    private final Process process;

    Running(String... words) throws IOException, InterruptedException {
      List<String> command = new ArrayList<>();
      command.add(runner().toString());
      command.addAll(List.of("-jar", prefix + "/share/java/hnvf/hnvf.jar"));
      command.addAll(List.of(words));
      process = new ProcessBuilder(command).start();
    }

    long pid() {
      return process.pid();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private void onLagg(String lagg) throws IOException {
    Files.writeString(notes.resolve("hn0.lagg"), lagg + "\n");
  }

  private Ended uninstall(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(options));
    return scripts.run(Map.of("PREFIX", prefix.toString()), command);
  }

  private static void assertRefused(Ended ended, int status, String message) {
    assertThat(ended.err()).contains(message);
    assertThat(ended.err()).endsWith("; nothing was removed\n");
    assertThat(ended.status()).isEqualTo(status);
  }

  private ImmutableList<String> ran(String program) throws IOException {
    return scripts.log().stream()
        .filter(line -> line.startsWith(program + " "))
        .collect(ImmutableList.toImmutableList());
  }

  private ImmutableList<String> left() throws IOException {
    try (Stream<Path> files = Files.walk(prefix)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> prefix.relativize(file).toString())
          .sorted()
          .collect(ImmutableList.toImmutableList());
    }
  }
}
