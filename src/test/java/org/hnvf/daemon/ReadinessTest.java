package org.hnvf.daemon;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.LineSource;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.PairState;
import org.hnvf.model.PairStatus;
import org.hnvf.model.PairStatuses;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that the event script goes by is there only while the daemon can be relied on. */
final class ReadinessTest {

  private final List<String> log = new ArrayList<>();
  private final Path root;
  private final NioDurableFiles files;

  ReadinessTest(@TempDir Path root) {
    this.root = root;
    this.files = new NioDurableFiles(root);
  }

  /** A source that has one line each time. */
  private static final LineSource DEVD =
      () ->
          new LineSource.Lines() {
            private boolean told;

            @Override
            public Optional<String> next() {
              Optional<String> line = told ? Optional.empty() : Optional.of("!system=X");
              told = true;
              return line;
            }

            @Override
            public String ending() {
              return "closed";
            }

            @Override
            public void close() {}
          };

  private Readiness readiness() {
    return new Readiness(files, 4711, (weight, about, text) -> log.add(weight + " " + text));
  }

  private Optional<String> file() throws SystemException {
    return files.read(Readiness.FILE);
  }

  private static PairStatus pair(int unit, PairState state, String vf, String lagg) {
    return PairStatuses.of(
        new Pair(
            new HnUnit(unit),
            new InterfaceName("hn" + unit),
            InterfaceName.of(vf),
            InterfaceName.of(lagg)),
        state);
  }

  @Test
  void itIsThereFromTheFirstLineToTheEndOfTheSocket() throws IOException, SystemException {
    Readiness readiness = readiness();
    assertThat(file()).isEmpty();
    LineSource devd = readiness.connectedBy(DEVD);
    assertThat(file()).isEmpty();
    for (int i = 0; i < 2; i++) {
      try (LineSource.Lines lines = devd.open()) {
        assertThat(file()).isEmpty();
        assertThat(lines.next()).isPresent();
        assertThat(file()).hasValue("4711\n\n");
        assertThat(lines.next()).isEmpty();
        assertThat(file()).isPresent();
      }
      assertThat(file()).isEmpty();
    }
  }

  @Test
  void itNamesWhatIsSuppressed() throws IOException, SystemException {
    Readiness readiness = readiness();
    readiness.seen(pair(0, PairState.LAGG_VF, "mlxen0", "lagg0"));
    readiness.seen(pair(1, PairState.VF_ATTACHED, "mce0", ""));
    readiness.seen(pair(2, PairState.TRANSPARENT, "mce1", ""));
    readiness.seen(pair(3, PairState.SYNTHETIC, "", ""));
    try (LineSource.Lines lines = readiness.connectedBy(DEVD).open()) {
      assertThat(lines.next()).isPresent();
      assertThat(file()).hasValue("4711\nhn0 mce0 mlxen0\n");
      readiness.seen(pair(0, PairState.SYNTHETIC, "", ""));
      assertThat(file()).hasValue("4711\nmce0\n");
      readiness.gone(new HnUnit(1));
      assertThat(file()).hasValue("4711\n\n");
    }
  }

  @Test
  void itGoesWhileALookIsStuckAndForGoodAtTheEnd() throws IOException, SystemException {
    Readiness readiness = readiness();
    try (LineSource.Lines lines = readiness.connectedBy(DEVD).open()) {
      assertThat(lines.next()).isPresent();
      readiness.live(false);
      assertThat(file()).isEmpty();
      readiness.live(true);
      assertThat(file()).isPresent();
      readiness.close();
      assertThat(file()).isEmpty();
      readiness.seen(pair(0, PairState.LAGG_VF, "mlxen0", "lagg0"));
      assertThat(file()).isEmpty();
    }
  }

  @Test
  void oneThatADeadDaemonLeftIsTakenAwayAtTheBeginningAndNotBefore() throws SystemException {
    files.write(Readiness.FILE, "1\nhn0\n");
    Readiness readiness = readiness();
    assertThat(file()).isPresent();
    readiness.begin();
    assertThat(file()).isEmpty();
  }

  @Test
  void thatItCannotBeWrittenOrTakenAwayIsToldOnce() throws IOException {
    Files.createDirectories(root.resolve("var/run/hnvf/ready/in-the-way"));
    Readiness readiness = readiness();
    try (LineSource.Lines lines = readiness.connectedBy(DEVD).open()) {
      assertThat(lines.next()).isPresent();
      for (int i = 0; i < 5; i++) {
        readiness.live(true);
      }
    }
    assertThat(log.stream().filter(line -> line.contains("may be left to a daemon")).count())
        .isEqualTo(1);
  }

  @Test
  void whatCannotBeWrittenIsNotTriedAgainAndAgain() throws IOException {
    Path run = Files.createDirectories(root.resolve("var/run"));
    Files.writeString(run.resolve("hnvf"), "in the way");
    Readiness readiness = readiness();
    try (LineSource.Lines lines = readiness.connectedBy(DEVD).open()) {
      assertThat(lines.next()).isPresent();
      for (int i = 0; i < 5; i++) {
        readiness.live(true);
      }
    }
    assertThat(log.stream().filter(line -> line.contains("one more process")).count()).isAtMost(1);
  }
}
