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
import java.util.Map;
import java.util.stream.Stream;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/uninstall}, in a stage, and, with fake programs, on a machine that is bonded. */
final class UninstallIT {

  private final Path prefix;
  private final Path state;
  private final Path notes;
  private final Scripts scripts;
  private final Path script;

  UninstallIT(@TempDir Path directory) throws IOException {
    this.prefix = directory.resolve("opt");
    this.state = Files.createDirectories(directory.resolve("state"));
    this.notes = Files.createDirectories(directory.resolve("notes"));
    this.scripts = new Scripts(directory.resolve("rig"));
    String text = Files.readString(Scripts.BASE.resolve("scripts/uninstall"));
    String placed =
        text.replace("state=/var/db/hnvf", "state=" + state)
            .replace("notes=/var/run/hnvf", "notes=" + notes)
            .replace("log=/var/log/hnvf.log", "log=" + directory.resolve("hnvf.log"));
    assertThat(placed).isNotEqualTo(text);
    this.script = scripts.script(directory.resolve("uninstall"), placed);
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
        "service", "[ ! -e '" + prefix.resolve("etc/devd/hnvf.conf") + "' ] || echo rules >&2");
    scripts.fake("ifconfig", "[ \"$1\" = lagg0 ]");
    scripts.script(prefix.resolve("sbin/hnvf"), "");
  }

  @Test
  void nothingOfItIsLeft() throws Exception {
    assertThat(uninstall().status()).isEqualTo(0);
    assertThat(left()).isEmpty();
    assertThat(Files.exists(prefix.resolve("share/java/hnvf"))).isFalse();
    assertThat(Files.exists(prefix.resolve("etc/hnvf"))).isFalse();
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
    assertThat(Files.exists(state)).isTrue();
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
    // The fake would say so if the rules were still there when devd starts anew.
    assertThat(ended.err()).isEmpty();
    assertThat(ran("service"))
        .containsExactly("service hnvf onestop", "service devd restart")
        .inOrder();
  }

  @Test
  void overALaggThatHnvfMadeItStopsAndTells() throws Exception {
    bonded("lagg0");
    List<String> before = left();
    Ended ended = uninstall();
    assertRefused(ended, 75, "say --release or --keep-bond");
    assertThat(ended.err()).contains("The configuration of hn0 is on a lagg that hnvf made.");
    assertThat(ended.err()).contains("At the next boot rc(8) gives hn its configuration");
    assertThat(left()).isEqualTo(before);
    assertThat(ran("service")).isEmpty();
  }

  @Test
  void releaseComesFirst() throws Exception {
    bonded("lagg0");
    scripts.script(prefix.resolve("sbin/hnvf"), "echo \"hnvf $*\" >>'" + scripts.logFile() + "'\n");
    assertThat(uninstall("--release").status()).isEqualTo(0);
    assertThat(scripts.log().stream().filter(l -> l.startsWith("hnvf") || l.startsWith("service")))
        .containsExactly("hnvf release hn0", "service hnvf onestop", "service devd restart")
        .inOrder();
    assertThat(left()).isEmpty();
  }

  @Test
  void aReleaseThatFailsIsTheEndOfIt() throws Exception {
    bonded("lagg0");
    scripts.script(prefix.resolve("sbin/hnvf"), "exit 71\n");
    List<String> before = left();
    assertRefused(uninstall("--release"), 71, "hn0 could not be released");
    assertThat(left()).isEqualTo(before);
    assertThat(ran("service")).isEmpty();
  }

  @Test
  void theLaggMayBeKept() throws Exception {
    bonded("lagg0");
    scripts.script(prefix.resolve("sbin/hnvf"), "exit 71\n");
    assertThat(uninstall("--keep-bond").status()).isEqualTo(0);
    assertThat(left()).isEmpty();
    assertThat(Files.exists(notes.resolve("hn0.lagg"))).isTrue();
  }

  @Test
  void aNoteOfALaggThatIsGoneOrIsNoneCountsNothing() throws Exception {
    bonded("lagg7");
    Files.writeString(notes.resolve("hn1.lagg"), "$(id)\n");
    assertThat(uninstall().status()).isEqualTo(0);
  }

  @Test
  void wrongWordsChangeNothing() throws Exception {
    List<String> before = left();
    assertRefused(uninstall("--force"), 64, "there is no option --force");
    assertRefused(uninstall("--release", "--keep-bond"), 64, "not both");
    assertRefused(uninstall("--keep-bond", "--purge"), 64, "would forget the lagg");
    scripts.fake("pkg", "");
    assertRefused(uninstall(), 75, "pkg delete hnvf");
    scripts.fake("id", "echo 1001");
    assertRefused(uninstall(), 77, "only root");
    assertThat(left()).isEqualTo(before);
  }

  private void bonded(String lagg) throws IOException {
    Files.writeString(notes.resolve("hn0.lagg"), lagg + "\n");
  }

  private Ended uninstall(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(options));
    return scripts.run(Map.of("PREFIX", prefix.toString()), command);
  }

  private static void assertRefused(Ended ended, int status, String message) {
    assertThat(ended.err()).contains(message);
    assertThat(ended.err()).endsWith("; nothing was taken away\n");
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
