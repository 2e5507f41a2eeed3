package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The role of {@code config/ansible}, played on two sandboxes where Ansible is installed. Each test
 * leaves the guests as they were.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FleetIT {

  private static final String[] BACK = {"-e", "{hnvf_take_back_any_mode: true, hnvf_purge: true}"};
  private static final String FAILED_REHEARSAL =
      "The rehearsal of one ended with 65: nothing of the guest was changed.";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Fleet fleet;
  private final FleetGuest one;
  private final FleetGuest two;
  private final String rcConf;

  FleetIT(@TempDir Path directory) throws Exception {
    assumeTrue(installed("ansible-playbook"), "ansible is not installed: the role was not played");
    this.fleet = new Fleet(directory);
    this.one = fleet.one();
    this.two = fleet.two();
    this.rcConf = Files.readString(rcConf(one));
  }

  private static boolean installed(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  @BeforeEach
  void begin() throws Exception {
    fleet.reset();
    for (FleetGuest guest : List.of(one, two)) {
      Files.writeString(rcConf(guest), rcConf);
    }
  }

  @AfterAll
  void end() throws Exception {
    fleet.close();
  }

  private static Path rcConf(FleetGuest guest) {
    return guest.root().resolve("etc/rc.conf");
  }

  private static Path settings(FleetGuest guest) {
    return guest.root().resolve("usr/local/etc/hnvf/hnvf.json");
  }

  private static Path withRights(Path file, String rights) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }

  /** Gives a guest an override script. It cannot be rehearsed: the rehearsal ends with 65. */
  private static Path overrideScript(FleetGuest guest) throws IOException {
    Path script = guest.root().resolve("usr/local/libexec/hnvf/hyperv_vfup.hn0");
    Files.createDirectories(script.getParent());
    Files.writeString(script, "#!/bin/sh\n");
    return withRights(script, "rwxr-xr-x");
  }

  private static void assertRecap(Ended ended, String host, String pattern) {
    assertWithMessage(ended.out() + ended.err())
        .that(Fleet.recap(ended, host))
        .containsMatch(pattern);
  }

  /** Asserts that the first guest failed with this message, and the second was not begun. */
  private void assertStopped(Ended ended, String message) throws IOException {
    assertThat(ended.status()).isNotEqualTo(0);
    assertWithMessage(ended.out()).that(ended.out()).contains(message);
    assertRecap(ended, "one", "failed=1 ");
    assertThat(Fleet.recap(ended, "two")).isEmpty();
    assertThat(two.changes()).isEmpty();
    assertThat(Files.exists(two.release())).isFalse();
  }

  @Test
  void twoGuestsGetHnvfOnceAndGiveItBack() throws Exception {
    // The second has a configuration and a directory of metrics, with rights of their own.
    Files.createDirectories(settings(two).getParent());
    withRights(requireNonNull(settings(two).getParent()), "rwxr-x---");
    withRights(Files.writeString(settings(two), "{}\n"), "rw-r-----");
    Path collector = two.root().resolve("var/tmp/node_exporter/collector");
    Files.createDirectories(collector);
    withRights(collector, "rwx--x--x");
    ImmutableSortedMap<String, String> first = one.tree();
    ImmutableSortedMap<String, String> second = two.tree();

    assertRecap(fleet.play("hnvf.yml", "--check", "--limit", "one"), "one", "failed=0 ");
    assertThat(one.tree()).isEqualTo(first);
    assertThat(one.changes()).isEmpty();
    assertThat(Files.exists(one.release())).isFalse();

    // Both at the same time.
    Ended played = fleet.play("hnvf.yml", "-e", "hnvf_batch=2", "-e", "hnvf_rehearsal=none");
    assertRecap(played, "one", "changed=[12]\\d unreachable=0 failed=0 ");
    assertRecap(played, "two", "changed=[12]\\d unreachable=0 failed=0 ");
    assertThat(two.changes())
        .containsExactly(
            "pkg install -y openjdk17",
            "sysrc hyperv_vf_delay=3",
            "sysrc hnvf_enable=YES",
            "service devd restart",
            "service hnvf start")
        .inOrder();
    assertThat(Files.readString(settings(two))).contains("\"strategy\": \"before-vf-up\"");
    assertThat(two.tree()).containsAtLeastEntriesIn(onlyDirectories(second));

    Ended again = fleet.play("hnvf.yml", "--limit", "two");
    assertRecap(again, "two", "changed=0 unreachable=0 failed=0 ");

    String another = "{hnvf_rc_conf: {hyperv_vf_delay: 4}, hnvf_rehearsal: none}";
    Ended changed = fleet.play("hnvf.yml", "--limit", "two", "-e", another);
    assertRecap(changed, "two", "unreachable=0 failed=0 ");
    assertThat(two.changes().subList(5, two.changes().size()))
        .containsExactly("sysrc hyperv_vf_delay=4", "service devd restart", "service hnvf restart")
        .inOrder();

    fleet.host(one, "plug", "hn0");
    await().atMost(PATIENCE).until(() -> lagg().contains("laggport: mlxen0"));

    // The sandbox is in non-transparent mode.
    Ended refused = fleet.play("take-back.yml", "-e", "hnvf_take_back_any_mode=false");
    assertThat(refused.out()).contains("is in non-transparent mode");
    assertRecap(refused, "one", "changed=0 unreachable=0 failed=1 ");
    fleet.host(one, "fail", "sysctl -n hw.hn.vf_transparent");
    Ended unknown = fleet.play("take-back.yml");
    fleet.host(one, "heal");
    assertThat(unknown.out()).contains("The mode of hn on one is not known");
    assertThat(unknown.out()).doesNotContain("is in non-transparent mode");
    assertRecap(unknown, "one", "changed=0 unreachable=0 failed=1 ");
    assertThat(two.changes()).hasSize(8);

    Ended taken = fleet.play("take-back.yml", BACK);
    assertRecap(taken, "one", "unreachable=0 failed=0 ");
    assertRecap(taken, "two", "unreachable=0 failed=0 ");
    fleet.host(one, "unplug", "hn0");
    assertThat(lagg()).isEmpty();
    assertThat(one.tree()).isEqualTo(first);
    assertThat(two.tree()).isEqualTo(second);
    assertThat(Files.exists(one.release())).isFalse();
    assertRecap(fleet.play("take-back.yml", BACK), "two", "changed=0 unreachable=0 failed=0 ");
  }

  private String lagg() throws Exception {
    return fleet.run(one, "ifconfig", "lagg0").out();
  }

  private static ImmutableSortedMap<String, String> onlyDirectories(
      ImmutableSortedMap<String, String> tree) {
    return tree.entrySet().stream()
        .filter(entry -> entry.getValue().matches("[rwx-]{9} \\d+"))
        .collect(
            ImmutableSortedMap.toImmutableSortedMap(
                String::compareTo, entry -> entry.getKey(), entry -> entry.getValue()));
  }

  @Test
  void aGuestWithAFindingEndsTheRunUnchanged() throws Exception {
    Files.writeString(rcConf(one), "ifconfig_DEFAULT=\"DHCP\"\n", APPEND);
    ImmutableSortedMap<String, String> first = one.tree();
    ImmutableSortedMap<String, String> second = two.tree();
    assertStopped(fleet.play("hnvf.yml"), "hnvf doctor on one ended with 78, nothing of the guest");
    assertThat(one.tree()).isEqualTo(first);
    assertThat(two.tree()).isEqualTo(second);
    assertThat(Files.exists(one.release())).isFalse();
  }

  @Test
  void aFailedRehearsalEndsTheRunUnchangedAndEvaluatesNothing() throws Exception {
    Path evaluated = one.release().resolveSibling("evaluated");
    Files.writeString(
        one.fakes().resolve("capture-end"),
        "$ {{ lookup('pipe', 'touch %s') }}\n".formatted(evaluated));
    ImmutableSortedMap<String, String> first = one.tree();
    ImmutableSortedMap<String, String> second = two.tree();
    Ended ended = fleet.play("hnvf.yml");
    assertStopped(ended, FAILED_REHEARSAL);
    assertThat(ended.out()).contains("not a command of a capture: {{ lookup('pipe', 'touch ");
    assertThat(Files.exists(evaluated)).isFalse();
    assertThat(one.tree()).isEqualTo(first);
    assertThat(two.tree()).isEqualTo(second);
    assertThat(Files.exists(one.release())).isFalse();
  }

  @Test
  void aFindingOrAFailedRehearsalLeavesAnOlderHnvfAlone() throws Exception {
    ImmutableSortedMap<String, String> second = two.tree();
    fleet.plant(
        one, "after-start", "echo 'ifconfig_DEFAULT=\"DHCP\"' >>'%s'\n".formatted(rcConf(one)));
    Ended enabled = fleet.play("hnvf.yml", "-e", "hnvf_rehearsal=none");
    assertStopped(enabled, "hnvf doctor on one: ");
    assertThat(one.changes()).contains("service hnvf start");

    // The finding is mended, and the guest is to have the next release.
    Files.delete(one.fakes().resolve("after-start"));
    Files.writeString(
        rcConf(one), Files.readString(rcConf(one)).replaceAll("ifconfig_DEFAULT=.*\n", ""));
    Path script = overrideScript(one);
    ImmutableSortedMap<String, String> older = one.tree();
    int calls = one.changes().size();
    String[] later = fleet.later();
    assertStopped(fleet.play("hnvf.yml", later), FAILED_REHEARSAL);
    assertThat(one.tree()).isEqualTo(older);
    assertThat(one.changes()).hasSize(calls);
    assertThat(two.tree()).isEqualTo(second);

    Files.delete(script);
    Ended upgraded = fleet.play("hnvf.yml", "--limit", "one", later[0], later[1]);
    assertRecap(upgraded, "one", "unreachable=0 failed=0 ");
    assertThat(Files.readString(one.root().resolve("usr/local/share/man/man8/hnvf.8")))
        .contains("later");
    assertThat(one.changes().subList(calls, one.changes().size()))
        .containsExactly("service devd restart", "service hnvf restart")
        .inOrder();
    try (Stream<Path> archives = Files.list(one.release())) {
      assertThat(archives.filter(file -> file.toString().matches(".*/[0-9a-f]{64}"))).hasSize(1);
    }
  }

  @Test
  void anInterruptedInstallationIsTakenBack() throws Exception {
    ImmutableSortedMap<String, String> first = one.tree();
    fleet.plant(
        one,
        "install",
        """
        case $* in
        */etc/rc.d/hnvf.new) exit 70 ;;
        esac
        exec /usr/bin/install "$@"
        """);
    assertStopped(fleet.play("hnvf.yml", "-e", "hnvf_rehearsal=none"), "\"rc\": 70");
    assertThat(one.tree()).isNotEqualTo(first);
    Files.delete(one.fakes().resolve("install"));
    // The archive stays also if the next run fails before it.
    Path script = overrideScript(one);
    assertStopped(fleet.play("hnvf.yml"), FAILED_REHEARSAL);
    Files.delete(script);
    assertRecap(fleet.play("take-back.yml", BACK), "one", "unreachable=0 failed=0 ");
    assertThat(one.tree()).isEqualTo(first);
    assertThat(Files.exists(one.release())).isFalse();
  }

  @Test
  void anArchiveThatChangesBetweenCheckAndCopyIsNotUnpacked() throws Exception {
    ImmutableSortedMap<String, String> first = one.tree();
    Path other = Files.createDirectories(one.release().resolveSibling("other"));
    Path archive = Files.writeString(other.resolve("hnvf-0.1.0.tar.gz"), "another");
    // Ansible evaluates this at each use.
    String path =
        "{{ lookup('pipe', 'test -d %1$s && echo %2$s || echo %3$s') }}"
            .formatted(one.release(), archive, fleet.archive());
    Ended ended = fleet.play("hnvf.yml", "-e", "{hnvf_archive: \"%s\"}".formatted(path));
    assertStopped(ended, "It was not unpacked.");
    assertThat(one.tree()).isEqualTo(first);
    try (Stream<Path> unpacked = Files.walk(one.release())) {
      assertThat(unpacked.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactly("archive.tar.gz");
    }
  }

  @Test
  void badVariablesAreRefusedBeforeAnyChange() throws Exception {
    ImmutableSortedMap<String, String> first = one.tree();
    Path places = Files.createDirectories(one.release().resolveSibling("places"));
    Path open = Files.createDirectories(places.resolve("open/hnvf-release"));
    withRights(open, "rwxrwx---");
    Path link = Files.createDirectories(places.resolve("link")).resolve("hnvf-release");
    Files.createSymbolicLink(link, Files.createDirectories(places.resolve("real")));
    Path alien = Files.createDirectories(places.resolve("alien/hnvf-release"));
    boolean root = Files.getAttribute(alien, "unix:uid").equals(0);
    if (root) {
      Files.setAttribute(alien, "unix:uid", 65534);
    }
    ImmutableList<String> bad =
        ImmutableList.of(
            "{hnvf_archive: /absent/hnvf-0.1.0.tar.gz}",
            "{hnvf_archive: hnvf-0.1.0.tar.gz}",
            "{hnvf_archive: ../hnvf-0.1.0.tar.gz}",
            "{hnvf_archive: \"" + fleet.archive() + "\\n\"}",
            "{hnvf_archive_sha256: \"" + "0".repeat(64) + "\"}",
            "{hnvf_archive_sha256: \"{{ hostvars.one.hnvf_archive_sha256 }}\\n\"}",
            "{hnvf_prefix: usr/local}",
            "{hnvf_prefix: /usr/$(id)}",
            "{hnvf_prefix: /usr/../local}",
            "{hnvf_prefix: \"/usr/local\\n\"}",
            "{hnvf_java: \"/usr/local/openjdk17/bin/java\\n\"}",
            "{hnvf_java_package: -r}",
            "{hnvf_release_dir: /}",
            "{hnvf_release_dir: /var/db}",
            "{hnvf_release_dir: var/db/hnvf-release}",
            "{hnvf_release_dir: /var/db/../hnvf-release}",
            "{hnvf_release_dir: \"/var/db/hnvf-release\\n\"}",
            "{hnvf_release_dir: " + open + "}",
            "{hnvf_release_dir: " + link + "}",
            "{hnvf_release_dir: " + (root ? alien : open) + "}",
            "{hnvf_rehearsal: some}",
            "{hnvf_config: [1]}",
            "{hnvf_rc_conf: {\"hnvf_a b\": 1}}",
            "{hnvf_rc_conf: {\"hnvf_a\\n\": 1}}",
            "{hnvf_rc_conf: {defaultrouter: 192.0.2.1}}",
            "{hnvf_rc_conf: {hnvf_enable: \"NO\"}}",
            "{hnvf_rc_conf: {hnvf_a: \"$(id)\"}}",
            "{hnvf_rc_conf: {hnvf_a: true}}");
    Ended ended = fleet.playEach(bad);
    for (int i = 0; i < bad.size(); i++) {
      assertWithMessage(bad.get(i) + "\n" + ended.out() + ended.err())
          .that(Fleet.recap(ended, "bad" + i))
          .contains("changed=0 unreachable=0 failed=1 ");
    }
    assertStopped(fleet.play("hnvf.yml", "-e", "hnvf_archive=hnvf-0.1.0.tar.gz"), "absolute path");
    String router = "{hnvf_rc_conf: {defaultrouter: 192.0.2.1}}";
    assertStopped(fleet.play("take-back.yml", "-e", router), "Nothing was changed.");
    assertThat(one.tree()).isEqualTo(first);
    assertThat(Files.exists(one.release())).isFalse();
    assertThat(one.changes()).isEmpty();

    // hnvf itself judges the keys of hnvf.json.
    Ended judged = fleet.play("hnvf.yml", "-e", "{hnvf_config: {strateggy: on-vf-up}}");
    assertStopped(judged, "hnvf does not accept hnvf_config");
    assertThat(one.tree()).isEqualTo(first);
    assertThat(one.changes()).containsExactly("pkg install -y openjdk17");
  }

  @Test
  void noSandboxIsLeftIfTheFleetCannotBeMade(@TempDir Path directory) throws Exception {
    Files.createDirectory(directory.resolve("inventory.yml"));
    assertThrows(IOException.class, () -> new Fleet(directory).close());
    String place = directory.toRealPath().toString();
    assertThat(
            ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(place)))
        .isEmpty();
  }

  @Test
  void ansibleAcceptsTheSyntax() throws Exception {
    for (String playbook : new String[] {"hnvf.yml", "take-back.yml"}) {
      assertThat(fleet.play(playbook, "--syntax-check").status()).isEqualTo(0);
    }
  }

  @Test
  void ansibleLintAcceptsTheRoleAndThePlaybooks() throws Exception {
    assumeTrue(installed("ansible-lint"), "ansible-lint is not installed: the role was not linted");
    Ended ended = fleet.lint();
    assertWithMessage(ended.out() + ended.err()).that(ended.status()).isEqualTo(0);
  }
}
