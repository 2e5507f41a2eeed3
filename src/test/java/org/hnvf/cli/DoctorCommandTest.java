package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;
import org.hnvf.report.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hnvf doctor}, through the front door. */
final class DoctorCommandTest {

  private final Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  DoctorCommandTest(@TempDir Path home) {
    this.home = home;
  }

  private Path root() {
    return home.resolve("sim/root");
  }

  private int hnvf(String... words) {
    out.getBuffer().setLength(0);
    return LabVerbs.commandLine(
            new PrintWriter(out),
            new PrintWriter(err),
            new SimulatedGuests(new ProductGuests(), home))
        .run(
            Stream.of(words)
                .map(word -> word.equals("--sim=") ? word + home.resolve("sim") : word)
                .toList());
  }

  private void file(String path, String text) throws IOException {
    Path file = root().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, UTF_8);
  }

  @Test
  void aGuestWithoutAFault() {
    assertThat(hnvf("doctor", "--sim=")).isEqualTo(0);
    assertThat(out.toString()).startsWith("  Mode: non-transparent: hnvf does the failover\n");
    assertThat(out.toString()).contains("\nNot known:\n");
    assertThat(out.toString()).containsMatch("\n\\d+ checks, no finding, \\d+ not known\n$");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aWarningIs78AndAFaultIs69() throws IOException {
    assertThat(hnvf("sim", "reset", "--sim=")).isEqualTo(0);
    file("etc/natd.conf", "interface hn0\n");
    assertThat(hnvf("doctor", "--sim=")).isEqualTo(78);
    assertThat(out.toString()).contains("\nWARNING  names-hn\n");

    file("var/db/hnvf/x", "");
    Files.setPosixFilePermissions(
        root().resolve("var/db/hnvf"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(hnvf("doctor", "--sim=")).isEqualTo(69);
    assertThat(out.toString()).contains("\nFAULT  state-dir\n");
    assertThat(out.toString().indexOf("FAULT")).isLessThan(out.toString().indexOf("WARNING"));
  }

  @Test
  void theSameAsData() throws IOException {
    assertThat(hnvf("sim", "reset", "--sim=")).isEqualTo(0);
    file("etc/natd.conf", "interface hn0\n");
    assertThat(hnvf("doctor", "--json", "--sim=")).isEqualTo(78);
    Map<?, ?> data = new Json().read(out.toString(), Map.class);
    assertThat(data.keySet()).containsExactly("mode", "checks", "findings", "notKnown").inOrder();
    Map<?, ?> finding = (Map<?, ?>) ((List<?>) requireNonNull(data.get("findings"))).get(0);
    assertThat(finding.get("check")).isEqualTo("names-hn");
    assertThat(finding.get("severity")).isEqualTo("WARNING");
    assertThat(finding.get("commands")).isEqualTo(ImmutableList.of("vi +1 /etc/natd.conf"));
    assertThat(finding.keySet())
        .containsExactly("check", "severity", "finding", "why", "remedy", "commands")
        .inOrder();
  }

  /** The daemon is asked with a limit; the rest does not need it. */
  @Test
  void aHungDaemonIsAFindingAndNoHindrance() throws IOException {
    assertThat(hnvf("sim", "reset", "--sim=")).isEqualTo(0);
    Path socket = root().resolve("var/run/hnvf/hnvf.sock");
    Files.createDirectories(socket.getParent());
    try (ServerSocketChannel hung = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      hung.bind(UnixDomainSocketAddress.of(socket));
      assertThat(hnvf("doctor", "--sim=")).isEqualTo(69);
    }
    assertThat(out.toString()).contains("\nFAULT  daemon-hung\n");
    assertThat(out.toString()).contains("service hnvf restart\n");
  }

  @Test
  void aRefusedSettingsFileIsAFinding() throws IOException {
    assertThat(hnvf("sim", "reset", "--sim=")).isEqualTo(0);
    file("usr/local/etc/hnvf/hnvf.json", "{ \"look_evry\": 5 }");
    assertThat(hnvf("doctor", "--sim=")).isEqualTo(78);
    assertThat(out.toString()).contains("\nWARNING  settings\n");
    assertThat(out.toString()).contains("look_evry");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void badWordsAreRefused() {
    assertThat(hnvf("doctor", "--sim=", "hn0")).isEqualTo(64);
    assertThat(hnvf("doctor", "--sim=", "--verbose")).isEqualTo(64);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void theGuestIsAsItWas() throws IOException {
    assertThat(hnvf("sim", "plug", "hn0", "--sim=")).isEqualTo(0);
    String before = Files.readString(home.resolve("sim/guest.json"));
    assertThat(hnvf("doctor", "--sim=")).isEqualTo(0);
    assertThat(Files.readString(home.resolve("sim/guest.json"))).isEqualTo(before);
  }

  @Test
  void everyLineFitsOnATerminal() throws IOException {
    assertThat(hnvf("sim", "reset", "--sim=")).isEqualTo(0);
    file("etc/natd.conf", "interface hn0\n");
    hnvf("doctor", "--sim=");
    for (String line : out.toString().lines().toList()) {
      assertWithMessage(line).that(line.length()).isAtMost(80);
    }
  }
}
