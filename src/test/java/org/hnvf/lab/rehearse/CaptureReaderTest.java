package org.hnvf.lab.rehearse;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hnvf.freebsd.Ps;
import org.hnvf.freebsd.PsParser;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.UserException;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture comes from anybody: what is not exactly one is refused with line and reason. */
final class CaptureReaderTest {

  private static final int MUTATIONS = 100_000;

  private String whole = "";

  @BeforeEach
  void capture() throws HnvfException {
    whole = CaptureText.of(Scenario.azure());
  }

  private static Capture parsed(String text) throws UserException {
    return CaptureFile.parse("x.capture", text.getBytes(UTF_8));
  }

  private static void refused(String text, String message) {
    UserException refusal = assertThrows(UserException.class, () -> parsed(text));
    assertThat(refusal).hasMessageThat().contains(message);
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_DATA);
  }

  @Test
  void aCaptureIsRead() throws UserException {
    Capture capture = parsed(whole);
    assertThat(capture.system()).isEqualTo("15.0-RELEASE amd64");
    assertThat(capture.anonymised()).isFalse();
    assertThat(capture.output("netstat -rn").orElse("")).startsWith("Routing tables\n");
    assertThat(capture.output("hnvf-rc-conf").orElse("")).contains("ifconfig_hn0=SYNCDHCP\n");
    assertThat(capture.find("cat /etc/dhclient.conf").map(entry -> entry.status())).hasValue(1);
  }

  @Test
  void processesOfAnEarlierCaptureAreRootsAndOutsideJails() throws UserException {
    String earlier =
        whole
            .replace(Ps.all().line(), "ps -axww -o pid= -o command=")
            .replaceAll("(?m)^( *[0-9]+) +(?:0|65) 0 ", "$1 ");
    assertThat(earlier).containsMatch("(?m)^[0-9]+ dhclient: hn0 \\(dhclient\\)$");

    String read = parsed(earlier).output(Ps.all().line()).orElse("");

    assertThat(read).containsMatch("(?m)^[0-9]+ 0 0 dhclient: hn0 \\(dhclient\\)$");
    assertThat(PsParser.dhcpClients(PsParser.processes(read)))
        .isEqualTo(
            PsParser.dhcpClients(
                PsParser.processes(parsed(whole).output(Ps.all().line()).orElse(""))));
  }

  @Test
  void anotherVersionIsRefused() {
    refused(whole.replace("# hnvf-capture 1", "# hnvf-capture 2"), "line 1: a capture of another");
    refused("hello\n", "line 1: not a capture");
    refused("", "line 1: not a capture");
  }

  @Test
  void aTruncatedCaptureIsRefusedWhereverItEnds() {
    for (int end = 0; end < whole.length() - 1; end += 7) {
      int length = end;
      boolean atEndOfEntry =
          whole.startsWith("\n\n$ ", end - 2) || whole.startsWith("\n$ ", end - 1);
      if (!atEndOfEntry) {
        assertThrows(
            UserException.class,
            () -> parsed(whole.substring(0, length)),
            whole.substring(0, length));
      }
    }
  }

  @Test
  void controlCharactersAreRefused() {
    for (String bad : new String[] {"\u001b[2J", "\r", "\u0000", "\u202e", "\u009b", "\u007f"}) {
      refused(whole.replace("status: active", "status: " + bad), "has a control character");
    }
  }

  @Test
  void whatIsTooLongIsRefused() {
    refused(whole.replace("hn0 (dhclient)", "x".repeat(20_000)), "longer than 16384");
    refused(whole + "\n".repeat(1 << 20), "the limit is 1 MiB");
  }

  @Test
  void commandsOfNoListAndDoubledOnesAreRefused() {
    refused(whole.replace("$ netstat -rn", "$ rm -rf /"), "not a command of a capture: rm -rf /");
    refused(whole.replace("$ cat /etc/dhclient.conf", "$ cat /etc/master.passwd"), "not a command");
    refused(
        whole.replace("$ cat /etc/dhclient.conf", "$ cat /var/db/hnvf/../../etc/x"),
        "not a command");
    refused(whole + whole.substring(whole.indexOf("$ ")), "the same command as before");
  }

  @Test
  void namesAndAddressesAreChecked() {
    refused(whole.replace("\nhn0: flags", "\nhn0;x: flags"), "not the first line of an interface");
    refused(whole.replace("inet 10.0.2.15 net", "inet 10.0.2.1555 net"), "not an address");
    refused(whole.replace("default            10.0.2.2", "default            $(x)    "), "a route");
    refused(whole.replace("ifconfig_hn0=", "ifconfig-hn0="), "not NAME=VALUE");
  }

  @Test
  void theHeaderIsChecked() {
    refused(whole.replace("# created: 2026", "# created: x2026"), "line 2: not a time");
    refused(whole.replace("# names: as they are", "# names: maybe"), "line 5: names must be");
    refused(whole.replace("# system: ", "# sys: "), "line 4: expected \"# system: ...\"");
  }

  @Test
  void aFileThatIsNoneIsRefused(@TempDir Path directory) throws IOException {
    UserException none =
        assertThrows(UserException.class, () -> CaptureFile.read(directory.resolve("none")));
    assertThat(none).hasMessageThat().contains("there is no such file");
    Path huge = directory.resolve("huge");
    Files.write(huge, new byte[(1 << 20) + 1]);
    assertThat(assertThrows(UserException.class, () -> CaptureFile.read(huge)))
        .hasMessageThat()
        .contains("the limit is 1 MiB");
    Path binary = directory.resolve("binary");
    Files.write(binary, new byte[] {(byte) 0xc3, 0x28});
    assertThat(assertThrows(UserException.class, () -> CaptureFile.read(binary)))
        .hasMessageThat()
        .contains("not UTF-8");
  }

  /** A mutated capture is read or refused as bad data. */
  @Test
  void noMutationBreaksTheReader() {
    byte[] original = whole.getBytes(UTF_8);
    SplittableRandom random = new SplittableRandom(1).split();
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = mutated(original, random);
      try {
        CaptureFile.parse("x.capture", mutated);
        read++;
      } catch (UserException e) {
        assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA);
      } catch (RuntimeException e) {
        throw new AssertionError("mutation " + i + ": " + new String(mutated, UTF_8), e);
      }
    }
    // Some change no more than a digit.
    assertThat(read).isGreaterThan(MUTATIONS / 100);
    assertWithMessage("refused").that(MUTATIONS - read).isGreaterThan(MUTATIONS / 100);
  }

  static byte[] mutated(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) (' ' + random.nextInt(95));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 3 -> bytes = without(bytes, at, Math.min(bytes.length - at, random.nextInt(80)));
        default -> bytes[at] = bytes[random.nextInt(bytes.length)];
      }
    }
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at, int length) {
    byte[] rest = new byte[Math.max(1, bytes.length - length)];
    System.arraycopy(bytes, 0, rest, 0, at);
    System.arraycopy(bytes, at + length, rest, at, Math.max(0, bytes.length - at - length));
    return rest;
  }
}
