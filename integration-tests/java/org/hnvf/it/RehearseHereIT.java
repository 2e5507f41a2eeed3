package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code hnvf rehearse} as root: without {@code --from} the product reads the guest, and the
 * laboratory runs as nobody always. The tests have fakes of id(1), su(1) and Java, and where they
 * run as root also the real su(1) and the real laboratory.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RehearseHereIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** What the fake product reads. It has what a shell might change. */
  private static final String CAPTURE =
      "# hnvf-capture 1\n\n$ ifconfig -a\n[stdout]\n\thn0 \\n %s `id` $HOME 'x' \"y\"  \n[exit 0]\n\n";

  private static final String SU = "su -m nobody -c, later than others";

  private static final String USUAL = "/usr/sbin:/usr/bin:/sbin:/bin";

  /** Nobody can look into the directories of JUnit. */
  private final Path scratch;

  private final Path prefix;

  RehearseHereIT() throws IOException {
    this.scratch =
        Files.createTempDirectory(
            "hnvf-it",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    this.prefix = scratch.resolve("a prefix");
    for (String directory : List.of("sbin", "share/java/hnvf", "fakes")) {
      Files.createDirectories(prefix.resolve(directory));
    }
    Files.writeString(prefix.resolve("share/java/hnvf/hnvf.jar"), "a jar");
    Files.writeString(prefix.resolve("share/java/hnvf/hnvf-lab.jar"), "a jar");
    Files.writeString(prefix.resolve("capture"), CAPTURE);
    Files.writeString(prefix.resolve("log"), "");
    install("/bin/sh");
    java("cat \"$here/capture\"", "cat >\"$here/input\"; printf '%s\\n' \"$@\"; exit 71");
    program(
        "fakes/id",
        "case $* in\n-u) echo \"${FAKE_UID:-0}\" ;;\n'-u nobody') echo 65534 ;;\n*) exit 9 ;;\nesac");
    su("FAKE_UID=65534 exec /bin/sh \"$3\" \"$4\"");
  }

  @AfterEach
  void removeScratch() throws IOException {
    try (Stream<Path> all = Files.walk(scratch)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private void install(String shell) throws IOException {
    String text = Files.readString(Path.of(EventRig.basedir(), "scripts/front"));
    text = text.replaceFirst("#!/bin/sh", "#!" + shell);
    text = text.replaceFirst("(?m)^socket=.*$", "socket=/nonexistent");
    text =
        text.replaceFirst(
            "(?m)^installed_java=$", "installed_java='" + prefix.resolve("java") + "'");
    write("sbin/hnvf", text);
  }

  /** A Java that acts one way as the product, and another way as the laboratory. */
  private void java(String product, String laboratory) throws IOException {
    program(
        "java",
        "echo java >>\"$here/log\"\n"
            + "case $* in\n*/hnvf.jar' capture --as-is') "
            + product
            + " ;;\n*) "
            + laboratory
            + " ;;\nesac");
  }

  private void su(String behaviour) throws IOException {
    program(
        "fakes/su",
        "[ \"$(nice)\" -le "
            + niceness()
            + " ] || nicer='later than others'\n"
            + "echo \"su $1 $2 $3, ${nicer-}\" >>\"$here/log\"\n"
            + behaviour);
  }

  private static int niceness() throws IOException {
    Process nice = new ProcessBuilder("nice").start();
    return Integer.parseInt(new String(nice.getInputStream().readAllBytes(), UTF_8).strip());
  }

  private void program(String name, String text) throws IOException {
    write(name, "#!/bin/sh\nhere='" + prefix + "'\n" + text + "\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = prefix.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> log() throws IOException {
    return Files.readAllLines(prefix.resolve("log"));
  }

  private Process start(String path, String... words) throws IOException {
    List<String> argv =
        new ArrayList<>(
            List.of("setsid", "env", "--default-signal=INT,TERM", "-C", prefix.toString()));
    argv.add(prefix.resolve("sbin/hnvf").toString());
    argv.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(prefix.resolve("out").toFile());
    builder.redirectError(prefix.resolve("err").toFile());
    return builder.start();
  }

  private Program.Answer ended(Process process) throws IOException, InterruptedException {
    return new Program.Answer(
        process.waitFor(),
        Files.readString(prefix.resolve("out")),
        Files.readString(prefix.resolve("err")));
  }

  private Program.Answer hnvf(String... words) throws IOException, InterruptedException {
    return ended(start(prefix.resolve("fakes") + ":" + USUAL, words));
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.it.EventRig#shells")
  void theLaboratoryIsNobodyAndGetsWhatTheProductRead(String shell)
      throws IOException, InterruptedException {
    install(shell);

    Program.Answer answer = hnvf("rehearse", "hn1", "--time", "3m", "it's", "", "a  b");

    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .endsWith("/hnvf-lab.jar\nrehearse\n--from\n-\nhn1\n--time\n3m\nit's\n\na  b\n");
    assertThat(Files.readString(prefix.resolve("input"), UTF_8)).isEqualTo(CAPTURE);
    assertThat(log()).containsExactly("java", SU, "java").inOrder();
    assertThat(answer.status()).isEqualTo(71);
  }

  @Test
  void aCaptureThatFailsIsNotRehearsed() throws IOException, InterruptedException {
    java("cat \"$here/capture\"; echo 'hnvf: incomplete' >&2; exit 70", "exit 0");

    Program.Answer answer = hnvf("rehearse");

    assertThat(answer.status()).isEqualTo(70);
    assertThat(answer.err()).isEqualTo("hnvf: incomplete\n");
    assertThat(answer.out()).isEmpty();
    assertThat(log()).containsExactly("java");
  }

  private void assertRefused(Program.Answer answer) throws IOException {
    assertThat(answer.status()).isEqualTo(69);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .isEqualTo(
            "hnvf: there is no user nobody, or no su(1), and the laboratory does not run as root;"
                + " nothing was read or rehearsed\n");
    assertThat(log()).isEmpty();
  }

  @Test
  void withoutTheUserNobodyNothingIsStarted() throws IOException, InterruptedException {
    program("fakes/id", "[ \"$*\" = -u ] && echo 0");

    assertRefused(hnvf("rehearse", "--quick"));
  }

  @Test
  void aNobodyThatIsRootIsRefused() throws IOException, InterruptedException {
    program("fakes/id", "echo 0");

    assertRefused(hnvf("rehearse", "--quick"));
  }

  @Test
  void withoutSuNothingIsStarted() throws IOException, InterruptedException {
    Files.delete(prefix.resolve("fakes/su"));
    for (String program : List.of("sh", "dirname", "readlink", "env", "setsid")) {
      Path there =
          Stream.of(USUAL.split(":", -1))
              .map(directory -> Path.of(directory, program))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(prefix.resolve("fakes").resolve(program), there);
    }

    assertRefused(ended(start(prefix.resolve("fakes").toString(), "rehearse")));
  }

  @Test
  void anSuThatStaysRootStartsNoLaboratory() throws IOException, InterruptedException {
    su("exec /bin/sh \"$3\" \"$4\"");

    Program.Answer answer = hnvf("rehearse");

    assertThat(answer.status()).isEqualTo(69);
    assertThat(answer.err()).contains("hnvf: the user nobody cannot run ");
    assertThat(log()).containsExactly("java", SU).inOrder();
  }

  @Test
  void aUserWhoIsNotRootRehearsesAFileHimself() throws IOException, InterruptedException {
    program("fakes/id", "echo 1001");

    assertThat(hnvf("rehearse", "--from", "x").out()).endsWith("\nrehearse\n--from\nx\n");
    assertThat(hnvf("rehearse").out()).endsWith("/hnvf-lab.jar\nrehearse\n");
    assertThat(log()).containsExactly("java", "java");
  }

  @Test
  void theHelpNeedsNobody() throws IOException, InterruptedException {
    program("fakes/id", "[ \"$*\" = -u ] && echo 0");

    assertThat(hnvf("rehearse", "--help").out()).endsWith("\nrehearse\n--help\n");
    assertThat(hnvf("rehearse", "--from", "x", "-h").out()).endsWith("\n--from\nx\n-h\n");
    assertThat(log()).containsExactly("java", "java");
  }

  private void assertRehearsedByNobody(String words, String... typed)
      throws IOException, InterruptedException {
    write("a capture of root", CAPTURE);
    Files.setPosixFilePermissions(
        prefix.resolve("a capture of root"), PosixFilePermissions.fromString("rw-------"));
    Files.deleteIfExists(prefix.resolve("input"));
    write("log", "");

    Program.Answer answer = hnvf(typed);

    assertThat(answer.err()).isEmpty();
    assertThat(answer.out()).endsWith("/hnvf-lab.jar\nrehearse\n" + words);
    assertThat(Files.readString(prefix.resolve("input"), UTF_8)).isEqualTo(CAPTURE);
    assertThat(log()).containsExactly(SU, "java").inOrder();
    assertThat(answer.status()).isEqualTo(71);
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.it.EventRig#shells")
  void aFileOfRootIsRehearsedByNobodyAsWell(String shell) throws IOException, InterruptedException {
    install(shell);
    String file = prefix.resolve("a capture of root").toString();

    assertRehearsedByNobody(
        "hn1\n--from\n-\n--quick\n", "rehearse", "hn1", "--from", file, "--quick");
    assertRehearsedByNobody("--from=-\nit's\n\n", "rehearse", "--from=" + file, "it's", "");
    // From the directory of the caller.
    assertRehearsedByNobody("--from\n-\n", "rehearse", "--from", "a capture of root");
    // These are not options: the first is the name of an hn.
    assertRehearsedByNobody(
        "--from\n-\n--\n--help\n--from\nx\n",
        "rehearse",
        "--from",
        file,
        "--",
        "--help",
        "--from",
        "x");
  }

  /** Root would run the laboratory itself, if the end of the name were taken for an option. */
  @ParameterizedTest
  @ValueSource(strings = {"-V", "-h", "--help", "--version", "--", "--from"})
  void aFileNamedLikeAnOptionIsRehearsedByNobodyAsWell(String name)
      throws IOException, InterruptedException {
    Files.createDirectories(prefix.resolve("x"));
    write("x/" + name, CAPTURE);

    Program.Answer answer = hnvf("rehearse", "--from=x/" + name);

    assertThat(answer.err()).isEmpty();
    assertThat(answer.out()).endsWith("/hnvf-lab.jar\nrehearse\n--from=-\n");
    assertThat(Files.readString(prefix.resolve("input"), UTF_8)).isEqualTo(CAPTURE);
    assertThat(log()).containsExactly(SU, "java").inOrder();
  }

  @Test
  void theStandardInputOfRootIsRehearsedByNobodyAsWell() throws IOException, InterruptedException {
    Program.Answer answer = hnvf("rehearse", "--from", "-");

    assertThat(answer.out()).endsWith("/hnvf-lab.jar\nrehearse\n--from\n-\n");
    assertThat(Files.readString(prefix.resolve("input"), UTF_8)).isEmpty();
    assertThat(log()).containsExactly(SU, "java").inOrder();
  }

  @Test
  void anOptionWithoutItsFileReadsNothing() throws IOException, InterruptedException {
    assertThat(hnvf("rehearse", "--from").out()).endsWith("\nrehearse\n--from\n");
    assertThat(log()).containsExactly(SU, "java").inOrder();
  }

  @Test
  void aFileThatIsNotThereIsRefusedBeforeAnythingStarts() throws IOException, InterruptedException {
    for (String name : List.of("no such file", "fakes", "")) {
      Program.Answer answer = hnvf("rehearse", "--from", name);

      assertThat(answer.status()).isEqualTo(65);
      assertThat(answer.out()).isEmpty();
      assertThat(answer.err())
          .isEqualTo(
              "hnvf: "
                  + name
                  + ": there is no such file, or it is no regular file; nothing was rehearsed\n");
    }
    assertThat(log()).isEmpty();
  }

  @Test
  void aFileIsNotRehearsedWithoutTheUserNobody() throws IOException, InterruptedException {
    program("fakes/id", "[ \"$*\" = -u ] && echo 0");

    assertRefused(hnvf("rehearse", "--from", "capture", "--quick"));
  }

  /** Sends what Ctrl-C at a terminal does, when this part has begun. */
  private void interrupt(Process front) throws IOException, InterruptedException {
    Path pid = prefix.resolve("pid");
    await().atMost(PATIENCE).until(() -> Files.exists(pid) && Files.size(pid) > 0);
    int sent =
        new ProcessBuilder("kill", "-INT", "--", "-" + front.pid()).inheritIO().start().waitFor();
    assertThat(sent).isEqualTo(0);
    assertThat(front.waitFor()).isNotEqualTo(0);
    long other = Long.parseLong(Files.readString(pid).strip());
    await()
        .atMost(PATIENCE)
        .until(() -> !ProcessHandle.of(other).map(ProcessHandle::isAlive).orElse(false));
  }

  private static final String STAYS =
      "echo $$ >\"$here/pid.new\"; mv \"$here/pid.new\" \"$here/pid\"; exec sleep 3600";

  @Test
  void anInterruptEndsTheCapture() throws IOException, InterruptedException {
    java(STAYS, "exit 0");

    interrupt(start(prefix.resolve("fakes") + ":" + USUAL, "rehearse"));

    assertThat(log()).containsExactly("java");
  }

  @Test
  void anInterruptEndsTheRehearsal() throws IOException, InterruptedException {
    java("cat \"$here/capture\"", STAYS);

    interrupt(start(prefix.resolve("fakes") + ":" + USUAL, "rehearse"));

    assertThat(log()).containsExactly("java", SU, "java").inOrder();
  }

  @Test
  void withTheRealSuTheLaboratoryRunsAsNobodyAndLeavesNothing()
      throws IOException, InterruptedException {
    assumeTrue("root".equals(System.getProperty("user.name")), "not root");
    assumeTrue(ended(realSu("true")).status() == 0, "su(1) does not work here");
    Path jars = prefix.resolve("share/java/hnvf");
    Path target = Path.of(EventRig.basedir(), "target").toAbsolutePath();
    copy(target, jars);
    Path real = Path.of(System.getProperty("java.home"), "bin/java");
    String words = "-jar '" + jars + "/hnvf-lab.jar' ";
    Process made =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "'" + real + "' " + words + "capture --as-is --sim='" + prefix + "/guest'")
            .redirectOutput(prefix.resolve("capture").toFile())
            .start();
    assertThat(made.waitFor()).isEqualTo(0);
    Path said = Files.createDirectory(prefix.resolve("said"));
    Files.setPosixFilePermissions(said, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path tmp = Files.createDirectory(prefix.resolve("tmp"));
    Files.setPosixFilePermissions(tmp, PosixFilePermissions.fromString("rwxrwxrwx"));
    java(
        "cat \"$here/capture\"",
        "id -un >\"$here/said/user\"; exec '" + real + "' \"-Djava.io.tmpdir=$here/tmp\" \"$@\"");

    Program.Answer answer = ended(start(USUAL, "rehearse", "--quick"));

    assertWithMessage(answer.err()).that(answer.status()).isEqualTo(0);
    assertThat(answer.out()).contains("the copy answers 17 of 17 commands as the guest did\n");
    assertThat(Files.readString(said.resolve("user"))).isEqualTo("nobody\n");
    assertThat(files(tmp)).isEmpty();
    assertThat(ofNobody()).isEmpty();
    // So it is with a file that root alone can read.
    Files.delete(said.resolve("user"));
    Files.setPosixFilePermissions(
        prefix.resolve("capture"), PosixFilePermissions.fromString("rw-------"));

    Program.Answer ofFile =
        ended(start(USUAL, "rehearse", "--from", prefix.resolve("capture").toString(), "--quick"));

    assertWithMessage(ofFile.err()).that(ofFile.status()).isEqualTo(0);
    assertThat(ofFile.out()).contains("the copy answers 17 of 17 commands as the guest did\n");
    assertThat(Files.readString(said.resolve("user"))).isEqualTo("nobody\n");
    // It cannot be read: that is said, and no Java starts.
    Files.setPosixFilePermissions(
        jars.resolve("hnvf-lab.jar"), PosixFilePermissions.fromString("rw-------"));

    Program.Answer refused = ended(start(USUAL, "rehearse", "--quick"));

    assertThat(refused.status()).isEqualTo(69);
    assertThat(refused.err()).contains("hnvf: the user nobody cannot run ");
    assertThat(refused.out()).isEmpty();
  }

  private Process realSu(String... words) throws IOException {
    return new ProcessBuilder("su", "-m", "nobody", "-c", String.join(" ", words))
        .redirectOutput(prefix.resolve("out").toFile())
        .redirectError(prefix.resolve("err").toFile())
        .start();
  }

  /** Returns the files of nobody where everybody may create some. */
  private static List<Path> ofNobody() {
    return Stream.of("/tmp", "/var/tmp", "/dev/shm")
        .map(Path::of)
        .filter(Files::isDirectory)
        .flatMap(directory -> files(directory).stream())
        .filter(RehearseHereIT::isOfNobody)
        .toList();
  }

  private static List<Path> files(Path directory) {
    String[] names = directory.toFile().list();
    return names == null ? List.of() : Stream.of(names).map(directory::resolve).toList();
  }

  private static boolean isOfNobody(Path file) {
    try {
      return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName().equals("nobody");
    } catch (IOException e) {
      // Another test has deleted it meanwhile.
      return false;
    }
  }

  private static void copy(Path target, Path jars) throws IOException {
    for (String part : List.of("hnvf.jar", "hnvf-lab.jar", "lib", "lib-lab")) {
      try (Stream<Path> all = Files.walk(target.resolve(part))) {
        for (Path each : all.toList()) {
          Path to = jars.resolve(target.relativize(each).toString());
          if (Files.isDirectory(each)) {
            Files.createDirectories(to);
          } else {
            Files.copy(each, to, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }
}
