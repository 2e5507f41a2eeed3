package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hnvf.it.Scripts.Ended;

/**
 * Two sandboxes as the hosts of Ansible's inventory, with fakes of FreeBSD's sysrc(8), service(8)
 * and pkg(8) that work on them.
 */
final class Fleet {

  private static final Path ANSIBLE = Scripts.BASE.resolve("config/ansible");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");
  private static final Path LABORATORY = Scripts.BASE.resolve("target/hnvf-lab.jar");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path top;
  private final Scripts scripts;
  private final List<Process> sandboxes = new ArrayList<>();

  Fleet(Path directory) throws Exception {
    this.top = directory.toRealPath();
    this.scripts = new Scripts(top.resolve("rig"));
    archive();
    scripts.script(top.resolve("lab"), "exec '%s' -jar '%s' \"$@\"\n".formatted(JAVA, LABORATORY));
    for (String host : ImmutableList.of("one", "two")) {
      start(host);
      fakes(host);
    }
    for (String host : ImmutableList.of("one", "two")) {
      Path guest = top.resolve(host);
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  Files.exists(guest.resolve("socket"))
                      && !scripts.run(guest.resolve("host").toString(), "reach").out().isEmpty());
    }
    Files.writeString(top.resolve("inventory.yml"), inventory());
  }

  /** What scripts/release packs that an installation needs. */
  private void archive() throws Exception {
    Ended ended =
        scripts.run(
            "tar",
            "-czf",
            top.resolve("hnvf-0.1.0.tar.gz").toString(),
            "-C",
            Scripts.BASE.toString(),
            "--transform",
            "s,^,hnvf-0.1.0/,",
            "scripts",
            "config",
            "target/hnvf.jar",
            "target/lib",
            "target/hnvf-lab.jar",
            "target/lib-lab");
    assertWithMessage(ended.err()).that(ended.status()).isEqualTo(0);
  }

  private void start(String host) throws IOException {
    Path said = top.resolve(host + "-sandbox");
    sandboxes.add(
        new ProcessBuilder(
                JAVA.toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-jar",
                LABORATORY.toString(),
                "sandbox",
                top.resolve(host).toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start());
  }

  private void fakes(String host) throws IOException {
    Path fakes = Files.createDirectories(top.resolve(host + "-fakes"));
    String names =
        """
        guest='%s'
        root=$guest/root
        fakes='%s'
        log='%s'
        pid='%s'
        java='%s'
        """
            .formatted(top.resolve(host), fakes, log(host), top.resolve(host + "-pid"), JAVA);
    Files.writeString(log(host), "");
    scripts.script(
        fakes.resolve("hnvf"),
        names
            +
"""
exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m -Dhnvf.prefix=/usr/local \
  -jar "$root/usr/local/share/java/hnvf/hnvf.jar" "$@" "--guest-bin=$guest"
""");
    scripts.script(
        fakes.resolve("pkg"),
        names
            + """
              echo "pkg $*" >>"$log"
              mkdir -p "$root/usr/local/openjdk17/bin"
              printf '#!/bin/sh\\nexec "%s" "$@"\\n' "$java" >"$root/usr/local/openjdk17/bin/java"
              chmod +x "$root/usr/local/openjdk17/bin/java"
              """);
    scripts.script(
        fakes.resolve("sysrc"),
        names
            + """
              rc=$root/etc/rc.conf
              without() { grep -v "^$1=" "$rc"; }
              case $1 in
              -c) grep -qxF "${2%%=*}=\\"${2#*=}\\"" "$rc"; exit ;;
              -x)
                if ! grep -q "^$2=" "$rc"; then
                  echo "sysrc: unknown variable '$2'" >&2
                  exit 1
                fi
                new=$(without "$2") ;;
              *) new=$(without "${1%%=*}"; echo "${1%%=*}=\\"${1#*=}\\"") ;;
              esac
              echo "sysrc $*" >>"$log"
              printf '%s\\n' "$new" >"$rc"
              """);
    scripts.script(
        fakes.resolve("service"),
        names
            + """
              runs() { [ -f "$pid" ] && kill -0 "$(cat "$pid")" 2>/dev/null; }
              stop() {
                runs || return 1
                kill "$(cat "$pid")"
                while runs; do sleep 0.1; done
                rm "$pid"
              }
              start() {
                setsid "$fakes/hnvf" daemon >"$pid.out" 2>&1 </dev/null &
                echo $! >"$pid"
                until [ -S "$root/var/run/hnvf/hnvf.sock" ]; do runs || exit 1; sleep 0.1; done
              }
              [ "$2" = status ] || echo "service $*" >>"$log"
              case "$1 $2" in
              'hnvf status') runs ;;
              'hnvf start' | 'hnvf onestart') start ;;
              'hnvf restart') stop; start ;;
              'hnvf onestop') stop ;;
              esac
              """);
  }

  private String inventory() throws IOException {
    Path archive = top.resolve("hnvf-0.1.0.tar.gz");
    return
"""
hnvf_guests:
  vars:
    ansible_connection: local
    ansible_become: false
    ansible_python_interpreter: "{{ ansible_playbook_python }}"
    hnvf_path: "%1$s/{{ inventory_hostname }}-fakes:%1$s/{{ inventory_hostname }}/bin:/usr/bin:/bin"
    hnvf_archive: %2$s
    hnvf_archive_sha256: %3$s
    hnvf_destdir: "%1$s/{{ inventory_hostname }}/root"
    hnvf_release_dir: "%1$s/{{ inventory_hostname }}-release/hnvf"
    hnvf_program: "%1$s/{{ inventory_hostname }}-fakes/hnvf"
    hnvf_controller_program: %1$s/lab
    hnvf_rehearsal: quick
    hnvf_config:
      strategy: before-vf-up
      metrics_file: /var/tmp/node_exporter/hnvf.prom
    hnvf_rc_conf:
      hyperv_vf_delay: 3
  hosts:
    one:
    two:
"""
        .formatted(top, archive, Hashing.sha256().hashBytes(Files.readAllBytes(archive)));
  }

  /** Runs a playbook of config/ansible. */
  Ended play(String playbook, String... words) throws Exception {
    return scripts.run(
        ImmutableMap.of(
            "HOME",
            top.toString(),
            "LC_ALL",
            "C.UTF-8",
            "ANSIBLE_NOCOLOR",
            "1",
            "ANSIBLE_LOCALHOST_WARNING",
            "0"),
        ImmutableList.<String>builder()
            .add("ansible-playbook", "-i", top.resolve("inventory.yml").toString())
            .add(words)
            .add(ANSIBLE.resolve(playbook).toString())
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

  Path root(String host) {
    return top.resolve(host).resolve("root");
  }

  /** The calls of the fakes that change a guest. */
  ImmutableList<String> changes(String host) throws IOException {
    return ImmutableList.copyOf(Files.readAllLines(log(host)));
  }

  private Path log(String host) {
    return top.resolve(host + "-log");
  }

  /**
   * The configuration of a host and what is installed on it. Not the package of Java, and not what
   * lives as long as the machine runs: sockets, leases, devd's pipe.
   */
  ImmutableSortedMap<String, String> tree(String host) throws IOException {
    ImmutableSortedMap.Builder<String, String> files = ImmutableSortedMap.naturalOrder();
    try (Stream<Path> all = Files.walk(root(host))) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        String name = root(host).relativize(file).toString();
        if (!name.startsWith("usr/local/openjdk17/")
            && !name.startsWith("var/run/")
            && !name.startsWith("var/db/dhclient.leases")) {
          files.put(name, Hashing.sha256().hashBytes(Files.readAllBytes(file)).toString());
        }
      }
    }
    return files.buildOrThrow();
  }

  boolean hasRelease(String host) {
    return Files.exists(top.resolve(host + "-release/hnvf"));
  }

  /** Ends the daemons and the sandboxes. */
  void close() throws Exception {
    for (String host : ImmutableList.of("one", "two")) {
      scripts.run(top.resolve(host + "-fakes/service").toString(), "hnvf", "onestop");
    }
    for (Process sandbox : sandboxes) {
      sandbox.destroy();
      assertThat(sandbox.waitFor(10, TimeUnit.MINUTES)).isTrue();
    }
  }
}
