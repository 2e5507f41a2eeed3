package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hnvf capture}, through the front door. */
final class CaptureCommandTest {

  /** The option has an optional value, so a file after it would be that value. */
  private static final String SIM = "--sim=";

  private final Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  CaptureCommandTest(@TempDir Path home) {
    this.home = home;
  }

  private int hnvf(String... words) {
    return LabVerbs.commandLine(
            new PrintWriter(out),
            new PrintWriter(err),
            new SimulatedGuests(new ProductGuests(), home.resolve("sim")))
        .run(
            Stream.of(words)
                .map(word -> word.equals(SIM) ? SIM + home.resolve("sim") : word)
                .toList());
  }

  private List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void itGoesToStandardOutput() {
    assertThat(hnvf("capture", SIM)).isEqualTo(0);
    assertThat(out.toString()).startsWith("# hnvf-capture 1\n# created: ");
    assertThat(out.toString()).contains("\n# names: anonymised\n\n$ sysctl -i ");
    assertThat(out.toString()).contains("\tinet 10.0.2.15 netmask 0xffffff00");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void namesStayIfAskedFor() {
    assertThat(hnvf("capture", "--as-is", SIM)).isEqualTo(0);
    assertThat(out.toString()).contains("\n# names: as they are\n\n");
    assertThat(out.toString()).contains("ether 00:15:5d:0a:0b:10");
  }

  @Test
  void aFileIsItsOwnersAlone() throws IOException {
    Path file = home.resolve("a.capture");
    assertThat(hnvf("capture", SIM, file.toString())).isEqualTo(0);
    assertThat(Files.readString(file)).startsWith("# hnvf-capture 1\n");
    assertThat(Files.readString(file)).endsWith("[exit 0] (0.000 s)\n\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(names(home)).containsExactly("a.capture", "sim");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aFileThatExistsIsNotReplaced() throws IOException {
    Path file = Files.writeString(home.resolve("a.capture"), "mine");
    assertThat(hnvf("capture", SIM, file.toString())).isEqualTo(64);
    assertThat(err.toString())
        .isEqualTo(
            "hnvf: "
                + file
                + " exists, and is never replaced; name another file; nothing was written\n");
    assertThat(Files.readString(file)).isEqualTo("mine");
    assertThat(names(home)).containsExactly("a.capture");
  }

  /** The target of the link could be any file of root's. */
  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path link = Files.createSymbolicLink(home.resolve("link"), home.resolve("other"));
    assertThat(hnvf("capture", SIM, link.toString())).isEqualTo(64);
    assertThat(Files.exists(home.resolve("other"))).isFalse();
  }

  @Test
  void aDirectoryThatDoesNotExistIsNotMade() {
    Path file = home.resolve("nowhere").resolve("a.capture");
    assertThat(hnvf("capture", SIM, file.toString())).isEqualTo(71);
    assertThat(err.toString())
        .isEqualTo(
            "hnvf: cannot write "
                + file
                + ": there is no directory "
                + file.getParent()
                + "; nothing was written\n");
    assertThat(Files.exists(file.getParent())).isFalse();
  }

  /** A file in the place of the directory refuses root, too. */
  @Test
  void aDirectoryThatCannotBeWrittenIsTold() throws IOException {
    Path place = Files.writeString(home.resolve("file"), "");
    assertThat(hnvf("capture", SIM, place.resolve("a.capture").toString())).isEqualTo(71);
    assertThat(err.toString()).startsWith("hnvf: cannot write " + place + "/a.capture: ");
    assertThat(err.toString()).endsWith("; nothing was written\n");
  }

  @Test
  void aBadOptionIsRefused() {
    assertThat(hnvf("capture", SIM, "--raw")).isEqualTo(64);
    assertThat(hnvf("capture", SIM, "a", "b")).isEqualTo(64);
    assertThat(err.toString()).contains("Unknown option: '--raw'");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void onlyRootMayCaptureAMachine() throws IOException {
    Path program = home.resolve("bin/freebsd-version");
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(program, "");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    int status =
        new Cli(new PrintWriter(out), new PrintWriter(err), new ProductGuests(home, () -> 1001L))
            .run(ImmutableList.of("capture", home.resolve("a.capture").toString()));
    assertThat(status).isEqualTo(77);
    assertThat(err.toString()).contains("only root can read");
    assertThat(names(home)).containsExactly("bin");
  }

  @Test
  void theGuestIsAsItWas() throws IOException {
    hnvf("sim", "plug", "hn0", SIM);
    String before = Files.readString(home.resolve("sim/guest.json"));
    assertThat(hnvf("capture", SIM)).isEqualTo(0);
    assertThat(Files.readString(home.resolve("sim/guest.json"))).isEqualTo(before);
    assertThat(out.toString()).contains("drivername: mlxen0");
  }
}
