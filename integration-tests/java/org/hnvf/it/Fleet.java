package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hnvf.it.Scripts.Ended;

/** Two sandboxes as the hosts of Ansible's inventory. */
@SuppressWarnings("try") // A test that is interrupted while it closes this fails, as it should.
final class Fleet implements AutoCloseable {

  private static final Path ANSIBLE = Scripts.BASE.resolve("config/ansible");
  private static final Path LABORATORY = Scripts.BASE.resolve("target/hnvf-lab.jar");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path top;
  private final Scripts scripts;
  private final FleetGuest one;
  private final FleetGuest two;
  private final List<Process> sandboxes = new ArrayList<>();

  Fleet(Path directory) throws Exception {
    this.top = directory.toRealPath();
    this.scripts = new Scripts(top.resolve("rig"));
    this.one = new FleetGuest(top, "one");
    this.two = new FleetGuest(top, "two");
    try {
      open();
    } catch (Exception | Error e) {
      close();
      throw e;
    }
  }

  private void open() throws Exception {
    for (FleetGuest guest : guests()) {
      start(guest);
      guest.makeFakes(scripts, Scripts.JAVA);
    }
    scripts.script(
        top.resolve("lab"),
        "exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar '%s' \"$@\"\n"
            .formatted(Scripts.JAVA, LABORATORY));
    archive("hnvf-0.1.0", Scripts.BASE);
    for (FleetGuest guest : guests()) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  Files.exists(guest.sandbox().resolve("socket"))
                      && !host(guest, "reach").out().isEmpty());
    }
    Files.writeString(top.resolve("inventory.yml"), inventory());
  }

  private ImmutableList<FleetGuest> guests() {
    return ImmutableList.of(one, two);
  }

  private void start(FleetGuest guest) throws IOException {
    sandboxes.add(
        new ProcessBuilder(
                Scripts.JAVA.toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-jar",
                LABORATORY.toString(),
                "sandbox",
                guest.sandbox().toString())
            .redirectErrorStream(true)
            .redirectOutput(top.resolve(guest.name() + "-sandbox").toFile())
            .start());
  }

  /** Makes an archive of what scripts/release packs that an installation needs. */
  private Path archive(String name, Path of) throws Exception {
    Path archive = top.resolve(name + ".tar.gz");
    Ended ended =
        scripts.run(
            "tar",
            "-czf",
            archive.toString(),
            "-C",
            of.toString(),
            "--transform",
            "s,^,%s/,".formatted(name),
            "scripts",
            "config",
            "target/hnvf.jar",
            "target/lib",
            "target/hnvf-lab.jar",
            "target/lib-lab");
    assertWithMessage(ended.err()).that(ended.status()).isEqualTo(0);
    return archive;
  }

  /** Makes the archive of a later release, and returns the words that select it. */
  String[] later() throws Exception {
    Path files = Files.createDirectories(top.resolve("later"));
    Ended ended =
        scripts.run(
            "tar", "-xzf", archive().toString(), "-C", files.toString(), "--strip-components", "1");
    assertThat(ended.status()).isEqualTo(0);
    Files.writeString(files.resolve("config/man/hnvf.8"), ".\\\" later\n");
    Path archive = archive("hnvf-0.2.0", files);
    return new String[] {
      "-e", "hnvf_archive=" + archive + " hnvf_archive_sha256=" + sha256(archive)
    };
  }

  private static String sha256(Path file) throws IOException {
    return Hashing.sha256().hashBytes(Files.readAllBytes(file)).toString();
  }

  private String inventory() throws IOException {
    return
"""
hnvf_guests:
  vars:
    ansible_connection: local
    ansible_become: false
    ansible_python_interpreter: "{{ ansible_playbook_python }}"
    guest: one
    hnvf_path: "%1$s/{{ guest }}-fakes:%1$s/{{ guest }}/bin:/usr/bin:/bin"
    hnvf_archive: %2$s
    hnvf_archive_sha256: %3$s
    hnvf_destdir: "%1$s/{{ guest }}/root"
    hnvf_release_dir: "%1$s/{{ guest }}-release/hnvf-release"
    hnvf_new_program: ["%1$s/{{ guest }}-fakes/hnvf-new", "{{ hnvf_unpacked }}"]
    hnvf_program: "%1$s/{{ guest }}-fakes/hnvf"
    hnvf_controller_program: %1$s/lab
    hnvf_rehearsal: quick
    hnvf_config:
      strategy: before-vf-up
      metrics_file: /var/tmp/node_exporter/collector/hnvf.prom
    hnvf_rc_conf:
      hyperv_vf_delay: 3
  hosts:
    one:
    two:
      guest: two
"""
        .formatted(top, archive(), sha256(archive()));
  }

  /** Runs a playbook of config/ansible. */
  Ended play(String playbook, String... words) throws Exception {
    return play(ANSIBLE.resolve(playbook), ImmutableList.copyOf(words));
  }

  /**
   * Plays the role on hosts that are the first guest, all at the same time, each with a variable of
   * its own.
   *
   * @param variables the variable of each host, as YAML
   */
  Ended playEach(List<String> variables) throws Exception {
    StringBuilder hosts = new StringBuilder("hnvf_guests:\n  hosts:\n");
    for (int i = 0; i < variables.size(); i++) {
      hosts.append("    bad").append(i).append(": ").append(variables.get(i)).append('\n');
    }
    Path inventory = Files.writeString(top.resolve("bad.yml"), hosts);
    Path playbook =
        Files.writeString(
            top.resolve("each.yml"),
            """
            - hosts: hnvf_guests:!one:!two
              gather_facts: false
              environment:
                PATH: "{{ hnvf_path }}"
              roles: [hnvf]
            """);
    return play(playbook, ImmutableList.of("-i", inventory.toString()));
  }

  private Ended play(Path playbook, List<String> words) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", top.toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("ANSIBLE_NOCOLOR", "1");
    environment.put("ANSIBLE_LOCALHOST_WARNING", "0");
    environment.put("ANSIBLE_PIPELINING", "1");
    environment.put("ANSIBLE_ROLES_PATH", ANSIBLE.resolve("roles").toString());
    // The role needs none.
    environment.put("ANSIBLE_COLLECTIONS_SCAN_SYS_PATH", "0");
    return scripts.run(
        environment,
        ImmutableList.<String>builder()
            .add("ansible-playbook", "-i", top.resolve("inventory.yml").toString())
            .addAll(words)
            .add(playbook.toString())
            .build());
  }

  /** Lints the role and the playbooks. */
  Ended lint() throws Exception {
    return scripts.run(
        ImmutableMap.of("HOME", top.toString(), "LC_ALL", "C.UTF-8"),
        ImmutableList.of(
            "ansible-lint",
            "--offline",
            "--nocolor",
            "--profile",
            "production",
            ANSIBLE.resolve("hnvf.yml").toString(),
            ANSIBLE.resolve("take-back.yml").toString(),
            ANSIBLE.resolve("roles/hnvf").toString()));
  }

  /** What Ansible says of a host at its end: ok, changed and so on. */
  static String recap(Ended ended, String host) {
    return ended
        .out()
        .lines()
        .filter(line -> line.matches(host + " +: .*failed=.*"))
        .findFirst()
        .orElse("")
        .replaceAll(" +", " ");
  }

  Path archive() {
    return top.resolve("hnvf-0.1.0.tar.gz");
  }

  FleetGuest one() {
    return one;
  }

  FleetGuest two() {
    return two;
  }

  /** Runs a program of a guest's base system. */
  Ended run(FleetGuest guest, String program, String... words) throws Exception {
    return scripts.run(
        ImmutableList.<String>builder()
            .add(guest.sandbox().resolve("bin").resolve(program).toString())
            .add(words)
            .build()
            .toArray(new String[0]));
  }

  /** Runs a verb of Hyper-V. */
  Ended host(FleetGuest guest, String... words) throws Exception {
    return scripts.run(
        ImmutableList.<String>builder()
            .add(guest.sandbox().resolve("host").toString())
            .add(words)
            .build()
            .toArray(new String[0]));
  }

  /** Makes an executable file beside the fakes of a guest, in front of the real programs. */
  void plant(FleetGuest guest, String name, String text) throws IOException {
    scripts.script(guest.fakes().resolve(name), text);
  }

  /** Ends the daemons, and puts the guests back into the state in which a test begins. */
  void reset() throws Exception {
    for (FleetGuest guest : guests()) {
      stop(guest);
      guest.reset();
    }
  }

  private void stop(FleetGuest guest) throws Exception {
    Path service = guest.fakes().resolve("service");
    if (Files.exists(service)) {
      scripts.run(service.toString(), "hnvf", "onestop");
    }
  }

  /** Ends the daemons and the sandboxes. */
  @Override
  public void close() throws Exception {
    for (FleetGuest guest : guests()) {
      stop(guest);
    }
    for (Process sandbox : sandboxes) {
      sandbox.destroy();
      assertThat(sandbox.waitFor(10, TimeUnit.MINUTES)).isTrue();
    }
  }
}
