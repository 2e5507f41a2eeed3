package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableSortedMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role of {@code config/ansible}, played on two sandboxes where Ansible is installed. */
final class FleetIT {

  private final Fleet fleet;

  FleetIT(@TempDir Path directory) throws Exception {
    assumeTrue(installed("ansible-playbook"), "ansible is not installed: the role was not played");
    this.fleet = new Fleet(directory);
  }

  private static boolean installed(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  @AfterEach
  void end() throws Exception {
    fleet.close();
  }

  private static void assertRecap(Ended ended, String host, String pattern) {
    assertWithMessage(ended.out() + ended.err())
        .that(Fleet.recap(ended, host))
        .containsMatch(pattern);
  }

  @Test
  void twoGuestsGetHnvfOnceAndGiveItBack() throws Exception {
    ImmutableSortedMap<String, String> one = fleet.tree("one");
    ImmutableSortedMap<String, String> two = fleet.tree("two");

    assertRecap(fleet.play("hnvf.yml", "--check"), "two", "unreachable=0 failed=0 ");
    assertThat(fleet.tree("one")).isEqualTo(one);
    assertThat(fleet.changes("one")).isEmpty();

    Ended first = fleet.play("hnvf.yml");
    assertRecap(first, "one", "changed=1\\d unreachable=0 failed=0 ");
    assertRecap(first, "two", "changed=1\\d unreachable=0 failed=0 ");
    assertThat(fleet.changes("two"))
        .containsExactly(
            "pkg install -y openjdk17",
            "sysrc hyperv_vf_delay=3",
            "sysrc hnvf_enable=YES",
            "service devd restart",
            "service hnvf start")
        .inOrder();
    assertThat(Files.readString(fleet.root("two").resolve("usr/local/etc/hnvf/hnvf.json")))
        .contains("\"strategy\": \"before-vf-up\"");

    Ended second = fleet.play("hnvf.yml");
    assertRecap(second, "one", "changed=0 unreachable=0 failed=0 ");
    assertRecap(second, "two", "changed=0 unreachable=0 failed=0 ");

    // The sandbox is in non-transparent mode.
    Ended refused = fleet.play("take-back.yml");
    assertThat(refused.out()).contains("Nothing was changed.");
    assertRecap(refused, "one", "changed=0 unreachable=0 failed=1 ");
    assertThat(fleet.changes("two")).hasSize(5);

    String[] back = {"-e", "{hnvf_take_back_any_mode: true, hnvf_purge: true}"};
    Ended taken = fleet.play("take-back.yml", back);
    assertRecap(taken, "one", "unreachable=0 failed=0 ");
    assertRecap(taken, "two", "unreachable=0 failed=0 ");
    assertThat(fleet.tree("one")).isEqualTo(one);
    assertThat(fleet.tree("two")).isEqualTo(two);
    assertThat(fleet.hasRelease("one")).isFalse();
    assertRecap(fleet.play("take-back.yml", back), "two", "changed=0 unreachable=0 failed=0 ");
  }

  @Test
  void aGuestThatFailsItsGateEndsTheRunBeforeTheNext() throws Exception {
    Files.writeString(
        fleet.root("one").resolve("etc/rc.conf"), "ifconfig_DEFAULT=\"DHCP\"\n", APPEND);
    ImmutableSortedMap<String, String> two = fleet.tree("two");
    Ended ended = fleet.play("hnvf.yml");
    assertThat(ended.status()).isNotEqualTo(0);
    assertThat(ended.out()).contains("hnvf doctor on one: ");
    assertRecap(ended, "one", "failed=1 ");
    assertThat(Fleet.recap(ended, "two")).isEmpty();
    assertThat(fleet.changes("one")).doesNotContain("sysrc hnvf_enable=YES");
    assertThat(fleet.changes("two")).isEmpty();
    assertThat(fleet.tree("two")).isEqualTo(two);
    assertThat(fleet.hasRelease("two")).isFalse();
  }

  @Test
  void aGuestWhoseRehearsalFailsEndsTheRunBeforeTheNext() throws Exception {
    // An override script cannot be rehearsed: the rehearsal ends with 65.
    Path script = fleet.root("one").resolve("usr/local/libexec/hnvf/hyperv_vfup.hn0");
    Files.createDirectories(script.getParent());
    Files.writeString(script, "#!/bin/sh\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Ended ended = fleet.play("hnvf.yml");
    assertThat(ended.out()).contains("The rehearsal of one ended with 65: hnvf is not enabled.");
    assertRecap(ended, "one", "failed=1 ");
    assertThat(fleet.changes("one")).doesNotContain("sysrc hnvf_enable=YES");
    assertThat(fleet.changes("two")).isEmpty();
    assertThat(fleet.hasRelease("two")).isFalse();
  }

  @Test
  void badVariablesAreRefusedBeforeAnyChange() throws Exception {
    ImmutableSortedMap<String, String> one = fleet.tree("one");
    for (String bad :
        new String[] {
          "{hnvf_archive: /absent/hnvf-0.1.0.tar.gz}",
          "{hnvf_archive_sha256: \"" + "0".repeat(64) + "\"}",
          "{hnvf_prefix: usr/local}",
          "{hnvf_prefix: /usr/$(id)}",
          "{hnvf_release_dir: /}",
          "{hnvf_rehearsal: some}",
          "{hnvf_config: [1]}",
          "{hnvf_rc_conf: {\"a b\": 1}}",
          "{hnvf_rc_conf: {hnvf_enable: \"NO\"}}",
          "{hnvf_rc_conf: {a: \"$(id)\"}}",
          "{hnvf_rc_conf: {a: true}}",
        }) {
      Ended ended = fleet.play("hnvf.yml", "-e", bad);
      assertWithMessage(bad).that(ended.status()).isNotEqualTo(0);
      assertRecap(ended, "one", "changed=0 unreachable=0 failed=1 ");
      assertThat(Fleet.recap(ended, "two")).isEmpty();
    }
    assertThat(fleet.tree("one")).isEqualTo(one);
    assertThat(fleet.hasRelease("one")).isFalse();
    assertThat(fleet.changes("one")).isEmpty();

    // hnvf itself judges the keys of hnvf.json, and the old file stays.
    Ended ended = fleet.play("hnvf.yml", "-e", "{hnvf_config: {strateggy: on-vf-up}}");
    assertRecap(ended, "one", "failed=1 ");
    assertThat(Files.readString(fleet.root("one").resolve("usr/local/etc/hnvf/hnvf.json")))
        .doesNotContain("strateggy");
    assertThat(fleet.changes("one")).containsExactly("pkg install -y openjdk17");
  }

  @Test
  void ansibleLintAcceptsTheRoleAndThePlaybooks() throws Exception {
    assumeTrue(installed("ansible-lint"), "ansible-lint is not installed: the role was not linted");
    Ended ended = fleet.lint();
    assertWithMessage(ended.out() + ended.err()).that(ended.status()).isEqualTo(0);
    for (String playbook : new String[] {"hnvf.yml", "take-back.yml"}) {
      assertThat(fleet.play(playbook, "--syntax-check").status()).isEqualTo(0);
    }
  }
}
