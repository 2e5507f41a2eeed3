package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code scripts/install}: for another machine, and what of it can be seen on this one. */
final class InstallIT {

  private static final String JAR = "share/java/hnvf/hnvf.jar";
  private static final String ARCHIVE = "share/java/hnvf/hnvf.jsa";

  private final Path stage;
  private final Scripts scripts;

  InstallIT(@TempDir Path directory) throws IOException {
    this.stage = directory.resolve("stage");
    this.scripts = new Scripts(directory.resolve("rig"));
  }

  @Test
  void everyFileOfThePackageIsPutInPlaceAndNoOther() throws Exception {
    install(ImmutableMap.of());
    ImmutableSortedSet.Builder<String> packaged = ImmutableSortedSet.naturalOrder();
    for (String line : Files.readAllLines(Scripts.BASE.resolve("scripts/port/pkg-plist"))) {
      if (!line.startsWith("@") || line.startsWith("@sample ")) {
        packaged.add(
            line.replaceFirst("^@sample ", "")
                .replace("%%LAB%%", "")
                .replace("%%JAVASHAREDIR%%", "share/java")
                .replaceFirst("\\.8\\.gz$", ".8"));
      }
    }
    // The framework and pkg(8) do this themselves; the port removes it again.
    packaged.add("etc/rc.d/hnvf", "etc/hnvf/hnvf.json");
    packaged.add("share/java/hnvf/installed", "share/java/hnvf/directories");
    assertThat(installed("usr/local")).containsExactlyElementsIn(packaged.build()).inOrder();
    String makefile = Files.readString(Scripts.BASE.resolve("scripts/port/Makefile"));
    assertThat(makefile).contains("USE_RC_SUBR=\thnvf\n");
    assertThat(makefile).contains("/etc/hnvf/hnvf.json ");
    assertThat(makefile).contains("/etc/rc.d/hnvf ");
    assertThat(makefile).contains("/hnvf/installed ");
    assertThat(makefile).contains("/hnvf/directories\n");
  }

  /** Both must list the same files. */
  @Test
  void thePortAndUninstallKnowTheSameFiles() throws Exception {
    String uninstall = Files.readString(Scripts.BASE.resolve("scripts/uninstall"));
    String port = Files.readString(Scripts.BASE.resolve("scripts/port/pkg-pre-deinstall"));
    String service = Files.readString(Scripts.BASE.resolve("scripts/port/files/hnvf.in"));
    String message = Files.readString(Scripts.BASE.resolve("scripts/port/files/pkg-message.in"));
    for (String line : List.of("\nnotes=/var/run/hnvf\n", "\nstate=/var/db/hnvf\n")) {
      assertThat(uninstall).contains(line);
      assertThat(port).contains(line);
    }
    assertThat(service).contains("\nhnvf_rundir=/var/run/hnvf\nhnvf_state=/var/db/hnvf\n");
    assertThat(uninstall).contains("hnvf onestop");
    assertThat(port).contains("hnvf\" onestop");
    String removal = message.substring(message.indexOf("type: remove"));
    // Only uninstall can: what a script of a package leaves running is killed by pkg.
    assertThat(removal).contains("service devd restart");
    assertThat(uninstall).contains("service devd restart");
    assertThat(port).doesNotContain("service devd");
    for (String path : List.of("/var/db/hnvf", "/var/log/hnvf.log", "/boot/loader.conf")) {
      assertThat(removal).contains(path);
      assertThat(uninstall).contains(path);
    }
  }

  @Test
  void programsCanBeRunAndNobodyButTheirOwnerWritesAnything() throws Exception {
    install(ImmutableMap.of());
    for (String name : installed("usr/local")) {
      boolean program =
          name.startsWith("sbin/") || name.startsWith("libexec/") || name.startsWith("etc/rc.d/");
      Path file = stage.resolve("usr/local").resolve(name);
      assertWithMessage(name)
          .that(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo(program ? "r-xr-xr-x" : "rw-r--r--");
    }
  }

  @Test
  void thePathsAreThoseOfThisInstallation() throws Exception {
    install(ImmutableMap.of("PREFIX", "/opt/hnvf", "JAVA", "/usr/local/openjdk21/bin/java"));
    Path prefix = stage.resolve("opt/hnvf");
    for (String name :
        List.of(
            "etc/rc.d/hnvf", "libexec/hnvf/event", "etc/devd/hnvf.conf", "libexec/hnvf/archive")) {
      String text = Files.readString(prefix.resolve(name));
      assertWithMessage(name).that(text).contains("/opt/hnvf/");
      assertWithMessage(name).that(text).doesNotContain("%%PREFIX%%");
      assertWithMessage(name).that(text).doesNotContain("%%JAVA%%");
      assertWithMessage(name)
          .that(text.replace("/usr/local/openjdk21/bin/java", ""))
          .doesNotContain("/usr/local/");
    }
    assertThat(Files.readString(prefix.resolve("etc/rc.d/hnvf")))
        .contains("hnvf_java:=/usr/local/openjdk21/bin/java}");
    assertThat(Files.readString(prefix.resolve("libexec/hnvf/archive")))
        .contains("installed_java=/usr/local/openjdk21/bin/java\n");
    assertThat(Files.readString(prefix.resolve("sbin/hnvf"))).contains("openjdk21");
    assertThat(Files.readString(prefix.resolve("libexec/hnvf/event")))
        .contains("\nhnvf=/opt/hnvf/sbin/hnvf\n");
  }

  @Test
  void anUpgradeKeepsTheConfigurationAndTakesAwayOldLibraries() throws Exception {
    install(ImmutableMap.of());
    Path prefix = stage.resolve("usr/local");
    Path config = prefix.resolve("etc/hnvf/hnvf.json");
    assertThat(Files.readString(config))
        .isEqualTo(Files.readString(prefix.resolve("etc/hnvf/hnvf.json.sample")));
    // The unchanged file of an older hnvf.
    Files.writeString(config, "{ }");
    Files.writeString(prefix.resolve("etc/hnvf/hnvf.json.sample"), "{ }");
    install(ImmutableMap.of());
    assertThat(Files.readString(config)).contains("look_every");
    Files.writeString(config, "{}");
    Path list = prefix.resolve("share/java/hnvf/installed");
    Path old = Files.writeString(prefix.resolve("share/java/hnvf/lib/guava-1.jar"), "");
    Path strange = Files.writeString(stage.resolve("precious"), "");
    Files.writeString(
        list,
        Files.readString(list)
            + "share/java/hnvf/lib/guava-1.jar\n../../precious\n/"
            + strange
            + "\n");
    ImmutableSortedSet<String> before = installed("usr/local");
    install(ImmutableMap.of());
    assertThat(Files.readString(config)).isEqualTo("{}");
    assertThat(Files.exists(old)).isFalse();
    assertThat(Files.exists(strange)).isTrue();
    assertThat(before).containsAtLeastElementsIn(installed("usr/local"));
    assertThat(before).hasSize(installed("usr/local").size() + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "PREFIX, usr/local, 64, is not an absolute path",
    "PREFIX, /opt/my hnvf, 64, has characters",
    "PREFIX, /opt/$(id), 64, has characters",
    "JAVA, java, 64, is not an absolute path",
  })
  void whatItCannotUseIsRefused(String variable, String value, int status, String message)
      throws Exception {
    Map<String, String> environment = new HashMap<>(Map.of("DESTDIR", stage.toString()));
    environment.put(variable, value);
    assertRefused(scripts.run(environment, command()), status, message);
    assertThat(Files.exists(stage)).isFalse();
  }

  @Test
  void withoutDestdirItNeedsRootAndAJavaThatRuns() throws Exception {
    scripts.fake("id", "echo 1001");
    Map<String, String> environment = new HashMap<>(Map.of("PREFIX", stage + "/opt"));
    assertRefused(scripts.run(environment, command()), 77, "only root can install");
    scripts.fake("id", "echo 0");
    Path old = scripts.fake("old-java", "echo '    java.specification.version = 11'");
    environment.put("JAVA", old.toString());
    assertRefused(scripts.run(environment, command()), 69, "older than Java 17");
    scripts.fake("pkg", "");
    assertRefused(scripts.run(environment, command()), 75, "installed as a package");
    assertThat(Files.exists(stage)).isFalse();
  }

  @Test
  void theArchiveOfClassesIsMadeOnceAndUsedAndAStaleOneIsNot() throws Exception {
    // The path on the machine is that in the stage: DESTDIR is the root.
    install(ImmutableMap.of("PREFIX", stage + "/opt", "DESTDIR", "/", "JAVA", "" + Scripts.JAVA));
    Path prefix = stage.resolve("opt");
    Path archive = prefix.resolve(ARCHIVE);
    assertThat(Files.exists(archive)).isFalse();
    // The laboratory may not be there, and is not needed.
    Files.delete(prefix.resolve(JAR).resolveSibling("hnvf-lab.jar"));
    String archiver = prefix.resolve("libexec/hnvf/archive").toString();
    Ended made = scripts.run(archiver);
    assertWithMessage(made.err()).that(made.status()).isEqualTo(0);
    assertThat(java(archive, "-Xshare:on").status()).isEqualTo(0);
    assertThat(notFromTheArchive(archive)).isEmpty();

    FileTime time = Files.getLastModifiedTime(archive);
    assertThat(scripts.run(archiver).status()).isEqualTo(0);
    assertThat(Files.getLastModifiedTime(archive)).isEqualTo(time);

    Files.setLastModifiedTime(prefix.resolve(JAR), FileTime.fromMillis(1_000_000));
    Ended stale = java(archive, "-Xshare:auto");
    assertThat(stale.status()).isEqualTo(0);
    assertThat(stale.out()).startsWith("hnvf ");
    assertThat(stale.err()).isEmpty();
    assertThat(java(archive, "-Xshare:on").status()).isNotEqualTo(0);
    assertThat(scripts.run(archiver).status()).isEqualTo(0);
    assertThat(java(archive, "-Xshare:on").status()).isEqualTo(0);
  }

  @Test
  void theFrontReadsTheConfigurationOfItsPrefix() throws Exception {
    install(ImmutableMap.of("PREFIX", stage + "/opt", "DESTDIR", "/", "JAVA", "" + Scripts.JAVA));
    Path config =
        Files.writeString(stage.resolve("opt/etc/hnvf/hnvf.json"), "{\"hold_first\": \"2m\"}");
    Ended ended = scripts.run(stage.resolve("opt/sbin/hnvf").toString(), "config", "--check");
    // If this is not run by root, the file is refused for its owner, and still named.
    assertThat(ended.out() + ended.err()).contains(config.toString());
  }

  @Test
  void withoutJavaNoArchiveIsMadeAndThatIsSaid() throws Exception {
    install(ImmutableMap.of("PREFIX", stage + "/opt", "DESTDIR", "/", "JAVA", "/nowhere/java"));
    Ended ended = scripts.run(stage.resolve("opt/libexec/hnvf/archive").toString());
    assertThat(ended.status()).isEqualTo(69);
    assertThat(ended.err()).contains("no archive of classes is made: there is no Java");
  }

  /** Where the classes of hnvf came from that an event takes which concerns nothing. */
  private List<String> notFromTheArchive(Path archive) throws Exception {
    Path loaded = stage.resolveSibling("loaded");
    Ended ended =
        scripts.run(
            Scripts.JAVA.toString(),
            "-Xshare:on",
            "-XX:SharedArchiveFile=" + archive,
            "-Xlog:class+load:file=" + loaded,
            "-XX:+UseSerialGC",
            "-Dfile.encoding=UTF-8",
            "-jar",
            stage.resolve("opt").resolve(JAR).toString(),
            "event",
            "!system=IFNET subsystem=em0 type=LINK_UP");
    assertThat(ended.status()).isEqualTo(0);
    List<String> ours =
        Files.readAllLines(loaded).stream().filter(line -> line.contains(" org.hnvf.")).toList();
    assertThat(ours).isNotEmpty();
    return ours.stream().filter(line -> !line.contains("shared objects file")).toList();
  }

  /** As the rc.d script runs it. */
  private Ended java(Path archive, String share) throws Exception {
    return scripts.run(
        Scripts.JAVA.toString(),
        share,
        "-XX:SharedArchiveFile=" + archive,
        "-Xlog:disable",
        "-Xlog:all=error:stderr",
        "-XX:+UseSerialGC",
        "-Dfile.encoding=UTF-8",
        "-jar",
        stage.resolve("opt").resolve(JAR).toString(),
        "version");
  }

  private static List<String> command() {
    return List.of(Scripts.BASE.resolve("scripts/install").toString());
  }

  private void install(Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(Map.of("DESTDIR", stage.toString()));
    environment.putAll(more);
    Ended ended = scripts.run(environment, command());
    assertWithMessage(ended.err()).that(ended.status()).isEqualTo(0);
    assertThat(ended.err()).isEmpty();
  }

  private static void assertRefused(Ended ended, int status, String message) {
    assertThat(ended.err()).contains(message);
    assertThat(ended.err()).endsWith("; nothing was changed\n");
    assertThat(ended.status()).isEqualTo(status);
  }

  private ImmutableSortedSet<String> installed(String prefix) throws IOException {
    Path top = stage.resolve(prefix);
    try (Stream<Path> files = Files.walk(top)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> top.relativize(file).toString())
          .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }
  }
}
