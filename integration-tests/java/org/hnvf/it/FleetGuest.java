package org.hnvf.it;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sandbox as a host of Ansible's inventory, with fakes of FreeBSD's sysrc(8), service(8) and
 * pkg(8) that work on it.
 *
 * @param top the directory of the fleet
 * @param name the name of the host
 */
record FleetGuest(Path top, String name) {

  /** The root directory of the guest. */
  Path root() {
    return sandbox().resolve("root");
  }

  Path sandbox() {
    return top.resolve(name);
  }

  Path fakes() {
    return top.resolve(name + "-fakes");
  }

  /** The directory in which the role keeps the archive and its notes. */
  Path release() {
    return top.resolve(name + "-release/hnvf-release");
  }

  private Path log() {
    return top.resolve(name + "-log");
  }

  /** The calls of the fakes that change the guest. */
  ImmutableList<String> changes() throws IOException {
    return ImmutableList.copyOf(Files.readAllLines(log()));
  }

  /** Removes all that a test may have left beside the guest's own files. */
  void reset() throws IOException {
    Files.writeString(log(), "");
    for (Path left :
        List.of(
            root().resolve("usr/local"),
            root().resolve("var/tmp"),
            root().resolve("var/log"),
            root().resolve("var/db/hnvf"),
            release())) {
      delete(left);
    }
    // FreeBSD has them.
    Files.createDirectories(root().resolve("usr/local"));
    Files.createDirectories(root().resolve("var/log"));
    Files.createDirectories(root().resolve("var/tmp"));
    for (String plant : ImmutableList.of("after-start", "capture-end", "install", "sysctl")) {
      Files.deleteIfExists(fakes().resolve(plant));
    }
  }

  private static void delete(Path left) throws IOException {
    if (Files.exists(left)) {
      try (Stream<Path> all = Files.walk(left)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /**
   * Each file, directory and link with its rights and its text. Not the package of Java, and not
   * what lives as long as the machine runs: sockets, leases, devd's pipe.
   */
  ImmutableSortedMap<String, String> tree() throws IOException {
    ImmutableSortedMap.Builder<String, String> files = ImmutableSortedMap.naturalOrder();
    try (Stream<Path> all = Files.walk(root())) {
      for (Path file : (Iterable<Path>) all::iterator) {
        String path = root().relativize(file).toString();
        if (!path.startsWith("usr/local/openjdk17")
            && !path.startsWith("var/run/")
            && !path.startsWith("var/db/dhclient.leases")) {
          files.put(path, described(file));
        }
      }
    }
    return files.buildOrThrow();
  }

  private static String described(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return "link to " + Files.readSymbolicLink(file);
    }
    String rights =
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
            + " "
            + Files.getAttribute(file, "unix:uid");
    return Files.isRegularFile(file)
        ? rights + " " + Hashing.sha256().hashBytes(Files.readAllBytes(file))
        : rights;
  }

  /**
   * Makes the fakes. An executable file {@code after-start} beside them is run after hnvf was
   * started; the text of a file {@code capture-end} is added to each capture.
   *
   * @param java the Java of the guest
   */
  void makeFakes(Scripts scripts, Path java) throws IOException {
    Files.createDirectories(fakes());
    Files.writeString(log(), "");
    String names =
        """
        guest='%s'
        root=$guest/root
        fakes='%s'
        log='%s'
        pid='%s'
        java='%s'
        options='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m -Dhnvf.prefix=/usr/local'
        """
            .formatted(sandbox(), fakes(), log(), top.resolve(name + "-pid"), java);
    fake(
        scripts,
        names,
        "hnvf",
        """
        exec "$java" $options -jar "$root/usr/local/share/java/hnvf/hnvf.jar" "$@" "--guest-bin=$guest"
        """);
    fake(
        scripts,
        names,
        "hnvf-new",
        """
        unpacked=$1
        shift
        "$java" $options -jar "$unpacked/target/hnvf.jar" "$@" "--guest-bin=$guest" || exit
        [ "$1" != capture ] || [ ! -f "$fakes/capture-end" ] || cat "$fakes/capture-end"
        """);
    fake(
        scripts,
        names,
        "pkg",
        """
        echo "pkg $*" >>"$log"
        mkdir -p "$root/usr/local/openjdk17/bin"
        printf '#!/bin/sh\\nexec "%s" "$@"\\n' "$java" >"$root/usr/local/openjdk17/bin/java"
        chmod +x "$root/usr/local/openjdk17/bin/java"
        """);
    fake(
        scripts,
        names,
        "sysrc",
        """
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
    fake(
        scripts,
        names,
        "service",
        """
        runs() { [ -f "$pid" ] && kill -0 "$(cat "$pid")" 2>/dev/null; }
        stop() {
          runs || return 1
          kill "$(cat "$pid")"
          while runs; do sleep 0.1; done
          rm "$pid"
        }
        start() {
          rm -f "$root/var/run/hnvf/hnvf.sock"
          setsid "$fakes/hnvf" daemon >"$pid.out" 2>&1 </dev/null &
          echo $! >"$pid"
          until [ -S "$root/var/run/hnvf/hnvf.sock" ]; do runs || exit 1; sleep 0.1; done
          [ ! -x "$fakes/after-start" ] || "$fakes/after-start"
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

  private void fake(Scripts scripts, String names, String program, String body) throws IOException {
    scripts.script(fakes().resolve(program), names + body);
  }
}
