package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/requirements}: what it says and does where programs are missing. */
final class RequirementsIT {

  private static final String FREEBSD = "bin/freebsd-version";
  private static final String OPENJDK = "echo \"openjdk version \\\"17.0.15\\\" 2025-04-15\"";
  private static final String JDK = "openjdk-17-jdk-headless";
  private static final String INSTALL = "apt-get -q install -y --no-install-recommends ";

  private final BareMachine machine;

  RequirementsIT(@TempDir Path directory) throws IOException {
    this.machine = new BareMachine(directory);
    String text = Files.readString(Scripts.BASE.resolve("scripts/requirements"));
    String placed =
        text.replaceFirst(
            "(?m)^freebsd_version=/.*$", "freebsd_version=" + machine.checkout(FREEBSD));
    assertThat(placed).isNotEqualTo(text);
    machine.script("scripts/requirements", placed);
    machine.has("chmod");
    machine.fake("uname", "echo Linux");
    machine.fake("id", "echo 0");
    machine.fake("apt-get", "");
  }

  private Ended needs(String... programs) throws Exception {
    return machine.run("scripts/requirements", programs);
  }

  /** Sets the program that apt-get install creates. */
  private void aptGetMakes(String name, String body) throws IOException {
    machine.fake("apt-get", "[ \"$2\" = update ] || {\n" + machine.makes(name, body) + "}");
  }

  @Test
  void whereNothingIsMissingNothingIsSaidOrAsked() throws Exception {
    machine.fake("java", OPENJDK);
    machine.fake("mvn", "");
    assertThat(needs("java", "mvn")).isEqualTo(new Ended(0, "", ""));
    assertThat(machine.ran("apt-get")).isEmpty();
    assertThat(machine.ran("id")).isEmpty();
  }

  @Test
  void rootOnDebianHasJustWhatIsMissingInstalledAndIsTold() throws Exception {
    aptGetMakes("java", OPENJDK);
    machine.fake("mvn", "");
    Ended ended = needs("java", "mvn");
    assertThat(ended.err())
        .isEqualTo(
            "hnvf: missing: java (17 or later); installing " + JDK + " (once; a minute or two)\n");
    assertThat(ended.out()).isEmpty();
    assertThat(ended.status()).isEqualTo(0);
    assertThat(machine.ran("apt-get"))
        .containsExactly("apt-get -q update", INSTALL + JDK)
        .inOrder();
  }

  @Test
  void aPackageOfSeveralProgramsIsInstalledOnce() throws Exception {
    machine.fake("mvn", "");
    assertThat(needs("java", "javac", "mvn", "ps", "nc", "pgrep", "ansible-playbook").status())
        .isEqualTo(69);
    assertThat(machine.ran(INSTALL))
        .containsExactly(INSTALL + JDK + " procps netcat-openbsd ansible-core");
  }

  @Test
  void whatAptGetPrintsIsShownOnlyWhereItFails() throws Exception {
    machine.fake(
        "apt-get",
        "echo \"Reading package lists\"\n[ \"$2\" = update ] || {\n"
            + machine.makes("mandoc", "")
            + "}");
    Ended ended = needs("mandoc");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).doesNotContain("Reading package lists");
  }

  @Test
  void nobodyButRootIsToldTheCommandAndNothingIsRun() throws Exception {
    machine.fake("id", "echo 1001");
    Ended ended = needs("java", "javac", "mvn");
    assertThat(ended.err())
        .isEqualTo(
            """
            hnvf: missing: java (17 or later) javac (17 or later) mvn; only root can install that, with:
            hnvf: apt-get update && apt-get install -y --no-install-recommends %s maven
            """
                .formatted(JDK));
    assertThat(ended.out()).isEmpty();
    assertThat(ended.status()).isEqualTo(69);
    assertThat(machine.ran("apt-get")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001"})
  void onFreeBsdNothingIsInstalledEvenByRoot(String user) throws Exception {
    machine.script(FREEBSD, "");
    machine.fake("id", "echo " + user);
    machine.fake("pkg", "");
    Ended ended = needs("java", "javac", "mvn", "nc", "ps", "shellcheck", "bash");
    assertThat(ended.err()).contains("hnvf installs nothing on FreeBSD");
    assertThat(ended.err()).endsWith("\nhnvf: pkg install openjdk17 maven hs-ShellCheck bash\n");
    assertThat(ended.status()).isEqualTo(69);
    assertThat(machine.ran("pkg")).isEmpty();
    assertThat(machine.ran("apt-get")).isEmpty();
  }

  @Test
  void withoutAptGetItIsSaidWhatIsNeeded() throws Exception {
    machine.remove("apt-get");
    Ended ended = needs("mvn", "mandoc");
    assertThat(ended.err())
        .isEqualTo("hnvf: missing: mvn mandoc; this system has no apt-get to install that with\n");
    assertThat(ended.status()).isEqualTo(69);
  }

  @Test
  void whereThePackageListsCannotBeHadNothingIsInstalled() throws Exception {
    machine.fake("apt-get", "echo \"E: no network\" >&2; exit 100");
    Ended ended = needs("mvn");
    assertThat(ended.err())
        .endsWith("E: no network\nhnvf: apt-get update failed; missing still: mvn\n");
    assertThat(ended.status()).isEqualTo(71);
    assertThat(machine.ran("apt-get")).containsExactly("apt-get -q update");
  }

  @Test
  void whereAptGetCannotInstallThatIsSaid() throws Exception {
    machine.fake("apt-get", "echo \"E: held\" >&2; [ \"$2\" = update ]");
    Ended ended = needs("mvn");
    assertThat(ended.err()).endsWith("E: held\nhnvf: apt-get install failed; missing still: mvn\n");
    assertThat(ended.status()).isEqualTo(71);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"openjdk version \\\"11.0.2\\\" 2019-01-15", "java version \\\"1.8.0_432\\\"", ""})
  void aJavaThatIsTooOldOrTellsNothingCountsAsMissing(String version) throws Exception {
    machine.fake("java", "echo \"" + version + "\" >&2");
    Ended ended = needs("java");
    assertThat(machine.ran(INSTALL)).containsExactly(INSTALL + JDK);
    // The fake apt-get puts nothing in its place.
    assertThat(ended.err())
        .endsWith(
            "hnvf: apt-get installed " + JDK + ", but this is still missing or too old: java\n");
    assertThat(ended.status()).isEqualTo(69);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openjdk version \\\"17\\\" 2021-09-14",
        "openjdk version \\\"25-ea\\\" 2025-09-16"
      })
  void aJavaOf17OrLaterServes(String version) throws Exception {
    machine.fake("java", "echo \"Picked up JAVA_TOOL_OPTIONS: -Dx=1\"; echo \"" + version + "\"");
    assertThat(needs("java").status()).isEqualTo(0);
  }

  @Test
  void theJavaOfJavaHomeCounts() throws Exception {
    Path home = machine.checkout("jdk");
    machine.script("jdk/bin/javac", "echo \"javac 21.0.1\"\n");
    Ended ended =
        machine.run(ImmutableMap.of("JAVA_HOME", home.toString()), "scripts/requirements", "javac");
    assertThat(ended.status()).isEqualTo(0);
  }

  @Test
  void aNetcatWithoutSocketsOfAPathIsNone() throws Exception {
    machine.fake("nc", "echo \"[v1.10-47]\" >&2");
    aptGetMakes("nc", "echo \"  -U  Use UNIX domain socket\" >&2");
    assertThat(needs("nc").status()).isEqualTo(0);
    assertThat(machine.ran(INSTALL)).containsExactly(INSTALL + "netcat-openbsd");
  }
}
