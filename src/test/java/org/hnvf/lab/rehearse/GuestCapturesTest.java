package org.hnvf.lab.rehearse;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.cli.ProductGuests;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;
import org.hnvf.lab.soak.CopyTrials;
import org.hnvf.lab.soak.FaultReport;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guests as people have them. Beside each capture in {@code src/test/resources/guests} there is the
 * answer of {@code hnvf rehearse --quick} to it, with its exit status. Run with {@code
 * -Dhnvf.guests=write} to write the answers anew.
 */
final class GuestCapturesTest {

  private static final Path DIRECTORY = Path.of("src", "test", "resources", "guests");
  private static final String CAPTURE = ".capture";
  private static final String EXPECTED = ".expected";
  private static final int SOME_FAULTS = 60;
  private static final int MANY_FAULTS = 1_000;
  private static final Pattern SOURCE =
      Pattern.compile("# source: (?:https?://\\S+|no public source: .+|recorded: .+)");

  @TempDir private Path directory = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static Stream<String> guests() throws IOException {
    return names(CAPTURE).stream();
  }

  private static List<String> names(String ending) throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    }
  }

  private int rehearse(String guest, String... options) {
    return LabVerbs.commandLine(
            new PrintWriter(out),
            new PrintWriter(err),
            new SimulatedGuests(new ProductGuests(), directory))
        .run(
            ImmutableList.<String>builder()
                .add("rehearse", "--from", DIRECTORY.resolve(guest + CAPTURE).toString())
                .add(options)
                .build());
  }

  @ParameterizedTest
  @MethodSource("guests")
  void theAnswerIsTheExpectedOne(String guest) throws IOException {
    int status = rehearse(guest, "--quick");
    String answer =
        withoutHere("exit status " + status + "\n" + out + err)
            .replace(DIRECTORY + "/" + guest, guest);
    Path expected = DIRECTORY.resolve(guest + EXPECTED);
    if ("write".equals(System.getProperty("hnvf.guests"))) {
      Files.writeString(expected, answer);
    }
    assertWithMessage("run with -Dhnvf.guests=write")
        .that(answer)
        .isEqualTo(Files.readString(expected, UTF_8));
  }

  /** Returns the answer without the column of milliseconds of this machine. */
  private static String withoutHere(String answer) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    int to = 0;
    for (String line : Splitter.on('\n').split(answer)) {
      if (line.startsWith("OCCASION") || line.length() < to) {
        from = Math.max(0, line.indexOf("HERE"));
        to = from == 0 ? 0 : line.indexOf("ADDRESSES");
      }
      if (!line.startsWith("HERE is")) {
        text.append(line, 0, from).append(line.substring(to)).append('\n');
      }
    }
    return text.substring(0, text.length() - 1);
  }

  @ParameterizedTest
  @MethodSource("guests")
  void theSourceOfTheSituationIsNamed(String guest) throws IOException {
    List<String> lines = Files.readAllLines(DIRECTORY.resolve(guest + CAPTURE), UTF_8);
    assertThat(lines.stream().filter(line -> SOURCE.matcher(line).matches()).count()).isEqualTo(1);
  }

  @Test
  void thereIsNoAnswerWithoutItsGuest() throws IOException {
    assertThat(names(EXPECTED)).isEqualTo(names(CAPTURE));
    assertThat(names(CAPTURE).size()).isAtLeast(12);
  }

  /** All faults of a guest take minutes: {@code hnvf rehearse} without an option tries them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "two-nics-with-fibs",
        "renamed-hn",
        "host-address-gateway-elsewhere",
        "vm-bhyve-bridge",
        "pf-with-groups",
        "recorded-after-stock-script"
      })
  void someOfItsSingleFaultsStrandNothing(String guest) throws HnvfException {
    CopyTrials trials =
        new GuestCopy(new CapturedGuest(CaptureFile.read(DIRECTORY.resolve(guest + CAPTURE))))
            .trials(new HnUnit(0));
    AtomicInteger tried = new AtomicInteger();
    FaultReport report =
        trials.faults(trials.play()).run(2, () -> tried.get() >= SOME_FAULTS, tried::set);
    assertWithMessage(report.toString()).that(report.stranded()).isEmpty();
    assertThat(report.tried()).isAtLeast(SOME_FAULTS);
    assertThat(report.of()).isAtLeast(MANY_FAULTS);
  }
}
