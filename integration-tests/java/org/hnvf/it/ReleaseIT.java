package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code scripts/release} on clones with the files of this checkout, and with a Maven that only
 * copies the jars of the build under test.
 */
final class ReleaseIT {

  private static final ImmutableList<String> RELEASED =
      ImmutableList.of(
          "CHANGELOG.md", "LICENSE", "README.md", "config", "docs", "pom.xml", "scripts");

  private static final String NAME = "hnvf-0.1.0-SNAPSHOT";

  private final Path directory;
  private final Path checkout;
  private final Scripts scripts;

  ReleaseIT(@TempDir Path directory) throws Exception {
    this.directory = directory.toRealPath();
    this.checkout = this.directory.resolve("checkout");
    this.scripts = new Scripts(this.directory.resolve("rig"));
    Files.createDirectories(checkout);
    for (String name : RELEASED) {
      run("cp", "-R", Scripts.BASE.resolve(name).toString(), checkout.toString());
    }
    Files.writeString(checkout.resolve(".gitignore"), "target/\n");
    scripts.fake(
        "mvn",
        """
        mkdir target && cd target || exit
        cp -R '%1$s/hnvf.jar' '%1$s/hnvf-lab.jar' '%1$s/lib' '%1$s/lib-lab' .
        printf '{ "bomFormat" : "CycloneDX" }\\n' >hnvf.cdx.json
        """
            .formatted(Scripts.BASE.resolve("target")));
    git(checkout, "init", "-q");
    git(checkout, "add", "-A");
    commit();
  }

  private void commit() throws Exception {
    git(checkout, "commit", "-q", "--allow-empty", "-a", "-m", "a commit");
  }

  private void git(Path where, String... words) throws Exception {
    run(
        ImmutableList.<String>builder()
            .add("git", "-C", where.toString(), "-c", "user.name=a", "-c", "user.email=a@b")
            .add(words)
            .build()
            .toArray(new String[0]));
  }

  private void run(String... command) throws Exception {
    Ended ended = scripts.run(command);
    assertWithMessage(ended.err()).that(ended.status()).isEqualTo(0);
  }

  private Ended release(Path clone, String... words) throws Exception {
    return release(ImmutableMap.of(), clone, words);
  }

  private Ended release(Map<String, String> environment, Path clone, String... words)
      throws Exception {
    return scripts.run(
        environment,
        ImmutableList.<String>builder()
            .add(clone.resolve("scripts/release").toString())
            .add(words)
            .build());
  }

  private void assertRefused(Ended ended, int status, String message) {
    assertThat(ended.err()).contains(message);
    assertThat(ended.err()).endsWith("; nothing was made\n");
    assertThat(ended.status()).isEqualTo(status);
    assertThat(Files.exists(checkout.resolve("target"))).isFalse();
  }

  @Test
  void twoClonesGiveTheSameBytes() throws Exception {
    Ended first = release(checkout);
    assertWithMessage(first.err()).that(first.status()).isEqualTo(0);
    Path clone = directory.resolve("another name");
    git(directory, "clone", "-q", checkout.toString(), clone.toString());
    // Other modes of the files, and another hour and day.
    run("chmod", "-R", "go-rwx", clone.toString());
    git(clone, "config", "core.fileMode", "false");
    Path out = directory.resolve("out");
    Ended second = release(ImmutableMap.of("TZ", "Asia/Tokyo"), clone, out.toString());
    assertWithMessage(second.err()).that(second.status()).isEqualTo(0);
    ImmutableSortedMap<String, String> sums = sums(checkout.resolve("target/release/" + NAME));
    assertThat(sums.keySet())
        .containsExactly(NAME + ".cdx.json", NAME + ".md", NAME + ".sha256", NAME + ".tar.gz");
    assertThat(sums(out.resolve(NAME))).isEqualTo(sums);
    Ended checked =
        scripts.run("sh", "-c", "cd '" + out.resolve(NAME) + "' && sha256sum -c *.sha256");
    assertThat(checked.status()).isEqualTo(0);
    assertThat(checked.out().lines().count()).isEqualTo(3);
    assertThat(Files.readString(out.resolve(NAME).resolve(NAME + ".md"))).startsWith("### Added\n");
    assertThat(scripts.log().get(0)).contains("-Prelease");
    assertThat(scripts.log().get(0)).contains("-Dproject.build.outputTimestamp=20");

    Ended third = release(checkout);
    assertThat(third.status()).isEqualTo(73);
    assertThat(third.err()).contains(NAME + " already exists; nothing was made");
    assertThat(sums(checkout.resolve("target/release/" + NAME))).isEqualTo(sums);
  }

  /** The archive installs where there is no Maven and no checkout. */
  @Test
  void itsArchiveInstallsWithoutMavenWhatACheckoutInstalls() throws Exception {
    assertThat(release(checkout).status()).isEqualTo(0);
    Path unpacked = Files.createDirectories(directory.resolve("unpacked"));
    run(
        "tar",
        "-xzf",
        checkout.resolve("target/release/" + NAME + "/" + NAME + ".tar.gz").toString(),
        "-C",
        unpacked.toString());
    scripts.fake("mvn", "exit 1");
    Path stage = directory.resolve("stage");
    Path other = directory.resolve("other");
    install(unpacked.resolve(NAME), stage);
    install(Scripts.BASE, other);
    assertThat(scripts.log().stream().filter(line -> line.startsWith("mvn")).count()).isEqualTo(1);
    assertThat(sums(stage)).isEqualTo(sums(other));
    assertThat(modes(stage)).isEqualTo(modes(other));

    // The port without the option LAB.
    run("rm", "-r", unpacked + "/" + NAME + "/target/hnvf-lab.jar");
    run("rm", "-r", unpacked + "/" + NAME + "/target/lib-lab");
    Path small = directory.resolve("small");
    install(unpacked.resolve(NAME), small);
    List<String> packaged =
        Files.readAllLines(Scripts.BASE.resolve("scripts/port/pkg-plist")).stream()
            .filter(line -> line.contains("JAVASHAREDIR") && !line.startsWith("@"))
            .filter(line -> !line.startsWith("%%LAB%%"))
            .map(line -> line.replace("%%JAVASHAREDIR%%", "usr/local/share/java"))
            .toList();
    assertThat(sums(small).keySet().stream().filter(name -> name.endsWith(".jar")).toList())
        .containsExactlyElementsIn(packaged);
  }

  private void install(Path from, Path stage) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("DESTDIR", stage.toString());
    Ended ended = scripts.run(environment, List.of(from.resolve("scripts/install").toString()));
    assertWithMessage(ended.err()).that(ended.status()).isEqualTo(0);
  }

  @Test
  void theVersionOfThePortIsTheNextRelease() throws Exception {
    assertThat(Files.readString(Scripts.BASE.resolve("scripts/port/Makefile")))
        .contains("DISTVERSION=\t" + version().replace("-SNAPSHOT", "") + "\n");
  }

  private static String version() throws IOException {
    return Files.readAllLines(Scripts.BASE.resolve("pom.xml")).stream()
        .filter(line -> line.startsWith("  <version>"))
        .findFirst()
        .orElseThrow()
        .replaceAll("</?version>| ", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "a-new-file"})
  void aTreeThatIsNotTheCommitIsRefused(String file) throws Exception {
    Files.writeString(checkout.resolve(file), "text");
    Ended ended = release(checkout);
    assertThat(ended.err()).contains(file + "\n");
    assertRefused(ended, 65, "these files are not as in the commit");
  }

  @Test
  void aVersionWithoutASectionOrWithAnEmptyOneIsRefused() throws Exception {
    version("1.2.3");
    assertRefused(release(checkout), 65, "has no section [1.2.3] with a text, which 1.2.3 needs");
    Path changes = checkout.resolve("CHANGELOG.md");
    String before = Files.readString(changes);
    Files.writeString(changes, before + "\n## [1.2.3] - 2027-01-01\n\n## [1.2.2]\n\ntext\n");
    commit();
    assertRefused(release(checkout), 65, "has no section [1.2.3] with a text, which 1.2.3 needs");
    Files.writeString(
        changes, before + "\n## [1.2.3] - 2027-01-01\n\n### Fixed\n\n- A.\n\n## [1.2.2]\n\ntext\n");
    commit();
    Ended ended = release(checkout);
    assertWithMessage(ended.err()).that(ended.status()).isEqualTo(0);
    assertThat(Files.readString(checkout.resolve("target/release/hnvf-1.2.3/hnvf-1.2.3.md")))
        .isEqualTo("### Fixed\n\n- A.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2", "01.2.3", "1.2.3;id", ""})
  void aVersionThatIsNotSemanticIsRefused(String version) throws Exception {
    version(version);
    assertRefused(release(checkout), 65, "is not a semantic version");
  }

  @Test
  void aMavenThatFailsOrMakesNoJarLeavesNothing() throws Exception {
    scripts.fake("mvn", "echo no network\nexit 1");
    Ended ended = release(checkout);
    assertThat(ended.err()).contains("no network\n");
    assertRefused(ended, 71, "mvn package failed");
    scripts.fake("mvn", "mkdir target");
    assertRefused(release(checkout), 71, "mvn package made no target/hnvf.jar");
    assertRefused(release(checkout, "--fast"), 64, "there is no option --fast");
    assertRefused(release(checkout, "a", "b"), 64, "release takes one directory");
  }

  private void version(String version) throws Exception {
    Path pom = checkout.resolve("pom.xml");
    Files.writeString(
        pom,
        Files.readString(pom)
            .replace("  <version>" + version() + "<", "  <version>" + version + "<"));
    commit();
  }

  private static ImmutableSortedMap<String, String> sums(Path top) throws IOException {
    return of(top, file -> Hashing.sha256().hashBytes(Files.readAllBytes(file)).toString());
  }

  private static ImmutableSortedMap<String, String> modes(Path top) throws IOException {
    return of(top, file -> PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  /** A fact of a file. */
  private interface Fact {
    String of(Path file) throws IOException;
  }

  private static ImmutableSortedMap<String, String> of(Path top, Fact fact) throws IOException {
    ImmutableSortedMap.Builder<String, String> facts = ImmutableSortedMap.naturalOrder();
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        facts.put(top.relativize(file).toString(), fact.of(file));
      }
    }
    return facts.buildOrThrow();
  }
}
