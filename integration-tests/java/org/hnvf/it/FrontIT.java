package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/front} as installed, with a fake Java, and a fake daemon or none. */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FrontIT {

  private static final String NO_ANSWER =
      "hnvf: the daemon does not answer; the verb runs without the daemon\n";

  /** Seconds for an answer; a busy machine does not take them. */
  private static final int PATIENT = 600;

  private final Path prefix;
  private final Path socket;

  FrontIT(@TempDir Path scratch) throws IOException {
    this.prefix = scratch.resolve("a prefix");
    this.socket = scratch.resolve("hnvf.sock");
    Files.createDirectories(prefix.resolve("sbin"));
    Files.createDirectories(prefix.resolve("share/java/hnvf"));
    Files.writeString(prefix.resolve("share/java/hnvf/hnvf.jar"), "a jar");
    program("java", "#!/bin/sh\nprintf '%s\\n' \"$@\"\nexit 42\n");
    install("/bin/sh", PATIENT);
  }

  private void install(String shell, int alive) throws IOException {
    String text = Files.readString(Path.of(EventRig.basedir(), "scripts/front"));
    text = text.replaceFirst("#!/bin/sh", "#!" + shell);
    text = text.replaceFirst("(?m)^socket=.*$", "socket='" + socket + "'");
    text = text.replaceFirst("(?m)^alive=.*$", "alive=" + alive);
    text =
        text.replaceFirst(
            "(?m)^installed_java=$", "installed_java='" + prefix.resolve("java") + "'");
    program("sbin/hnvf", text);
  }

  private void program(String name, String text) throws IOException {
    Path file = prefix.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Program.Answer hnvf(String... arguments) throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>();
    argv.add(prefix.resolve("sbin/hnvf").toString());
    argv.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    Path err = prefix.resolve("stderr");
    Process process = builder.redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Program.Answer(process.waitFor(), out, Files.readString(err));
  }

  /** Returns the arguments of the fake Java after the options of Java itself. */
  private static String program(Program.Answer answer) {
    assertThat(answer.status()).isEqualTo(42);
    return answer
        .out()
        .substring(answer.out().indexOf("hnvf.jar\n") + 9)
        .replace('\n', ' ')
        .strip();
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.it.EventRig#shells")
  void whatTheDaemonSaysIsSaidAndItsStatusIsOurs(String shell)
      throws IOException, InterruptedException {
    install(shell, PATIENT);
    try (FakeDaemon daemon =
        FakeDaemon.answering(
            socket,
            request ->
                request.equals("ping\n")
                    ? "exit 0\n"
                    : "out   PAIR  \\n %s 'x'\nerr hnvf: bad\nout \nout -n\nexit 71\n")) {

      Program.Answer answer = hnvf("failover", "hn0", "--for", "1h", "--json");

      assertThat(answer.out()).isEqualTo("  PAIR  \\n %s 'x'\n\n-n\n");
      assertThat(answer.err()).isEqualTo("hnvf: bad\n");
      assertThat(answer.status()).isEqualTo(71);
      assertThat(daemon.asked())
          .containsExactly("ping\n", "failover hn0 --for 1h --json\n")
          .inOrder();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version",
        "event !x",
        "vf-up hn0 --strategy before-vf-up",
        "status --guest-bin x",
        "status --help",
        "plan hn0;id",
        "daemon",
        "failover hn0 --for=1h"
      })
  void whatItDoesNotServeGoesToJava(String words) throws IOException, InterruptedException {
    try (FakeDaemon daemon = FakeDaemon.answering(socket, "exit 0\n")) {

      assertThat(program(hnvf(words.split(" ", -1)))).isEqualTo(words);

      assertThat(daemon.asked()).isEmpty();
    }
  }

  private void installLaboratory() throws IOException {
    Files.writeString(prefix.resolve("share/java/hnvf/hnvf-lab.jar"), "a jar");
    Files.writeString(prefix.resolve("share/java/hnvf/hnvf.jsa"), "classes of the product");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "sim plug hn0",
        "sandbox x",
        "rehearse --from x --help",
        "override try hn0 x",
        "status --sim",
        "status --sim=x",
        "--sim status",
        "sim run --sim -- ifconfig"
      })
  void whatIsOfTheLaboratoryGoesToItsJarAndNotToTheDaemon(String words)
      throws IOException, InterruptedException {
    installLaboratory();
    try (FakeDaemon daemon = FakeDaemon.answering(socket, "exit 0\n")) {

      Program.Answer answer = hnvf(words.split(" ", -1));

      assertThat(answer.out()).endsWith("/hnvf-lab.jar\n" + words.replace(' ', '\n') + "\n");
      assertThat(answer.out()).contains("-jar\n" + prefix + "/share/java/hnvf/hnvf-lab.jar\n");
      // Java would refuse it: it was made for another class path.
      assertThat(answer.out()).doesNotContain("SharedArchiveFile");
      assertThat(daemon.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status -- --sim",
        "event --simulated",
        "plan demo",
        "config --check sim",
        "override run try",
        "override list"
      })
  void whatOnlyLooksLikeItIsOfTheProduct(String words) throws IOException, InterruptedException {
    installLaboratory();
    Program.Answer answer = hnvf(words.split(" ", -1));

    assertThat(answer.out()).contains("-jar\n" + prefix + "/share/java/hnvf/hnvf.jar\n");
    assertThat(program(answer)).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "override try", "status --sim"})
  void whereTheLaboratoryIsNotInstalledThatIsSaid(String words)
      throws IOException, InterruptedException {
    Program.Answer answer = hnvf(words.split(" ", -1));

    assertThat(answer.status()).isEqualTo(69);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .isEqualTo(
            "hnvf: the laboratory is not installed (there is no "
                + prefix
                + "/share/java/hnvf/hnvf-lab.jar); only the laboratory has this verb or option,"
                + " nothing was done\n");
  }

  @Test
  void anArgumentWithASpaceOrALineEndIsNoWordOfTheProtocol()
      throws IOException, InterruptedException {
    try (FakeDaemon daemon = FakeDaemon.answering(socket, "exit 0\n")) {

      for (String odd : ImmutableList.of("hn0 hn1", "hn0\nrelease", "", "*")) {
        assertThat(hnvf("release", odd).out()).endsWith("\nrelease\n" + odd + "\n");
      }

      assertThat(daemon.asked()).isEmpty();
    }
  }

  @Test
  void withoutADaemonNothingIsSaidOfIt() throws IOException, InterruptedException {
    Program.Answer answer = hnvf("status");

    assertThat(program(answer)).isEqualTo("status");
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void aDaemonThatDiedIsPassedOver() throws IOException, InterruptedException {
    FakeDaemon.dead(socket);

    Program.Answer answer = hnvf("status", "--json");

    assertThat(program(answer)).isEqualTo("status --json");
    assertThat(answer.err()).isEqualTo(NO_ANSWER);
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.it.EventRig#shells")
  void oneThatHangsIsPassedOverAfterItsTime(String shell) throws IOException, InterruptedException {
    install(shell, 1);
    try (FakeDaemon daemon = FakeDaemon.hung(socket)) {

      Program.Answer answer = hnvf("failover", "hn0");

      assertThat(program(answer)).isEqualTo("failover hn0");
      assertThat(answer.err()).isEqualTo(NO_ANSWER);
      daemon.wakeUp("exit 0\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "out half of it\n", "nonsense\n", "exit \n", "exit 1000\n", "exit -1\n"})
  void oneThatBreaksOffIsPassedOverAndThatIsSaid(String answer)
      throws IOException, InterruptedException {
    try (FakeDaemon daemon =
        FakeDaemon.answering(socket, request -> request.equals("ping\n") ? "exit 0\n" : answer)) {

      Program.Answer said = hnvf("release", "hn0");

      assertThat(program(said)).isEqualTo("release hn0");
      assertThat(said.err())
          .isEqualTo(
              "hnvf: the daemon did not complete its answer; the verb runs again without the"
                  + " daemon\n");
      assertThat(daemon.asked()).hasSize(2);
    }
  }

  @Test
  void theArchiveOfClassesIsUsedWhereThereIsOne() throws IOException, InterruptedException {
    assertThat(hnvf("version").out()).doesNotContain("SharedArchiveFile");
    Path archive = Files.writeString(prefix.resolve("share/java/hnvf/hnvf.jsa"), "classes");

    assertThat(hnvf("version").out()).contains("\n-XX:SharedArchiveFile=" + archive + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no archive at all", "older"})
  void oneThatDoesNotFitIsPassedOverWithoutAWord(String content)
      throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin/java");
    Path home = prefix.resolve("share/java/hnvf");
    Path target = Path.of(EventRig.basedir(), "target").toAbsolutePath();
    Files.delete(home.resolve("hnvf.jar"));
    Files.copy(target.resolve("hnvf.jar"), home.resolve("hnvf.jar"));
    Files.createDirectory(home.resolve("lib"));
    try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
      for (Path library : (Iterable<Path>) libraries::iterator) {
        Files.copy(library, home.resolve("lib").resolve(library.getFileName().toString()));
      }
    }
    program("java", "#!/bin/sh\nexec '" + java + "' \"$@\"\n");
    Path archive = home.resolve("hnvf.jsa");
    if (content.equals("older")) {
      Process made =
          new ProcessBuilder(
                  java.toString(),
                  "-XX:ArchiveClassesAtExit=" + archive,
                  "-Xlog:disable",
                  "-jar",
                  home.resolve("hnvf.jar").toString(),
                  "version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(made.waitFor()).isEqualTo(0);
      Files.setLastModifiedTime(home.resolve("hnvf.jar"), FileTime.fromMillis(1));
    } else {
      Files.writeString(archive, content);
    }

    Program.Answer answer = hnvf("version");

    assertThat(answer.err()).isEmpty();
    assertThat(answer.out()).startsWith("hnvf ");
    assertThat(answer.out().lines().count()).isEqualTo(2);
    assertThat(answer.status()).isEqualTo(0);
  }

  @Test
  void withoutAJarThatIsSaid() throws IOException, InterruptedException {
    Files.delete(prefix.resolve("share/java/hnvf/hnvf.jar"));

    Program.Answer answer = hnvf("status");

    assertThat(answer.status()).isEqualTo(69);
    assertThat(answer.err()).contains("share/java/hnvf/hnvf.jar");
  }
}
