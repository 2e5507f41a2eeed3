package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that pkg(8) runs before the files of the package are deleted. */
final class PortIT {

  private final Path prefix;
  private final Path state;
  private final Path notes;
  private final Scripts scripts;
  private final String script;

  PortIT(@TempDir Path directory) throws IOException {
    this.prefix = directory.resolve("opt");
    this.state = Files.createDirectories(directory.resolve("state"));
    this.notes = Files.createDirectories(directory.resolve("notes"));
    this.scripts = new Scripts(directory.resolve("rig"));
    Files.createDirectories(prefix.resolve("etc/rc.d"));
    service("Stopping hnvf.", 0);
    scripts.fake("ifconfig", "[ \"$1\" = lagg0 ]");
    // pkg gives the text to sh -c, and may have lines of pkg-plist behind it.
    this.script =
        "set -- hnvf-0.1.0\n"
            + Files.readString(Scripts.BASE.resolve("scripts/port/pkg-pre-deinstall"))
                .replace("state=/var/db/hnvf", "state=" + state)
                .replace("notes=/var/run/hnvf", "notes=" + notes)
                .replace("old_lock=/var/run/hnvf.stock.lock", "old_lock=" + directory + "/old")
            + "\necho preunexec\n";
  }

  static ImmutableList<String> shells() {
    return EventRig.shells();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void theDaemonIsEndedAndEachLaggIsTold(String shell) throws Exception {
    Files.writeString(notes.resolve("hn0.lagg"), "lagg0\n");
    Files.writeString(notes.resolve("hn1.lagg"), "lagg1\n");
    Files.writeString(notes.resolve("hn2.lagg"), "$(id)\n");
    Files.writeString(state.resolve("hn3.journal"), "unit 3\nrun\n");
    Files.createDirectory(state.resolve("history"));
    Files.writeString(
        state.resolve("history/20261122T132000.000Z-hn4.journal"), "unit 4\noutcome done\n");
    Files.writeString(state.resolve("hn5.journal"), "unit 5\noutcome incomplete: 1\n");
    Ended ended = deinstall(shell, Map.of());
    assertThat(ended.out()).isEqualTo("Stopping hnvf.\npreunexec\n");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(scripts.log()).contains("service onestop");
    assertThat(ended.err()).contains("hnvf: the configuration of hn0 is on lagg0, which stays");
    assertThat(ended.err()).contains("hnvf: " + state + "/hn3.journal is unfinished");
    assertThat(ended.err()).contains("hnvf: " + state + "/hn5.journal is unfinished");
    assertThat(ended.err()).contains("base system starts a second dhclient on hn0: both");
    assertThat(ended.err())
        .contains("hnvf: the notes of the pairs stay in " + notes + " and " + state);
    assertThat(ended.err().lines().count()).isEqualTo(4);
    assertThat(Files.exists(notes.resolve("hn0.lagg"))).isTrue();
  }

  @Test
  void whatWasKeptOfThePairsGoesButForTheJournals() throws Exception {
    Files.writeString(state.resolve("hn0.word"), "released\n");
    Files.writeString(state.resolve("hn0.last"), "text");
    Files.writeString(notes.resolve("hn0.lock"), "text");
    Path old = Files.writeString(state.resolveSibling("old"), "");
    Path journal = Files.createDirectory(state.resolve("history")).resolve("x-hn0.journal");
    Files.writeString(journal, "outcome done\n");
    Ended ended = deinstall("/bin/sh", Map.of());
    assertThat(ended.err()).isEmpty();
    assertThat(Files.exists(notes)).isFalse();
    assertThat(Files.exists(old)).isFalse();
    assertThat(Files.exists(journal)).isTrue();
    assertThat(Files.exists(state.resolve("hn0.word"))).isFalse();
    Files.delete(journal);
    assertThat(deinstall("/bin/sh", Map.of()).status()).isEqualTo(0);
    assertThat(Files.exists(state)).isFalse();
  }

  @Test
  void whileAWorkflowIsUnfinishedAllOfItStays() throws Exception {
    Files.writeString(state.resolve("hn3.journal"), "unit 3\nrun\n");
    Files.writeString(state.resolve("hn3.last"), "text");
    Files.writeString(notes.resolve("hn3.lagg"), "lagg7\n");
    assertThat(deinstall("/bin/sh", Map.of()).status()).isEqualTo(0);
    assertThat(Files.exists(state.resolve("hn3.last"))).isTrue();
    assertThat(Files.exists(notes.resolve("hn3.lagg"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1"})
  void inNonTransparentModeItSaysWhatComesAndTheSafeOrder(String mode) throws Exception {
    scripts.fake("sysctl", "echo " + mode);
    Ended ended = deinstall("/bin/sh", Map.of());
    if (mode.equals("0")) {
      assertThat(ended.err()).contains("FreeBSD 14 and later cut the guest off permanently");
      assertThat(ended.err()).contains("from /boot/loader.conf, reboot, and only then delete");
    } else {
      assertThat(ended.err()).isEmpty();
    }
  }

  @Test
  void whereNothingRunsAndNoLaggStandsNothingIsSaid() throws Exception {
    service("hnvf is not running.", 1);
    Ended ended = deinstall("/bin/sh", Map.of());
    assertThat(ended.out()).isEqualTo("preunexec\n");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isEqualTo(0);
  }

  @Test
  void anUpgradeAndAnotherRootLeaveAllAsItIs() throws Exception {
    Files.writeString(notes.resolve("hn0.lagg"), "lagg0\n");
    for (Map<String, String> given :
        ImmutableList.of(Map.of("PKG_UPGRADE", "true"), Map.of("PKG_ROOTDIR", "/mnt"))) {
      Ended ended = deinstall("/bin/sh", given);
      assertThat(ended.out()).isEqualTo("preunexec\n");
      assertThat(ended.err()).isEmpty();
      assertThat(ended.status()).isEqualTo(0);
      assertThat(scripts.log()).isEmpty();
    }
  }

  private void service(String says, int status) throws IOException {
    scripts.script(
        prefix.resolve("etc/rc.d/hnvf"),
        "echo \"service $*\" >>'%s'\necho '%s'\nexit %d\n"
            .formatted(scripts.logFile(), says, status));
  }

  private Ended deinstall(String shell, Map<String, String> given) throws Exception {
    Map<String, String> environment = new HashMap<>(given);
    environment.put("PKG_PREFIX", prefix.toString());
    return scripts.run(
        environment,
        ImmutableList.<String>builder()
            .addAll(Splitter.on(' ').split(shell))
            .add("-c", script)
            .build());
  }
}
