package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.daemon.FactLog;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.SystemTimer;
import org.hnvf.journal.Counts;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LogFormat;
import org.hnvf.model.Pair;
import org.hnvf.model.PairState;
import org.hnvf.model.PairStatus;
import org.hnvf.model.PairStatuses;
import org.hnvf.model.Reporting;
import org.hnvf.model.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the daemon's metrics, and what happens where it cannot be written. */
final class MetricsFileTest {

  private static final String NAME = "/textfile/hnvf.prom";

  private final Path root;
  private final Path file;
  private final List<String> log = new ArrayList<>();
  private final MetricsFile metrics;

  MetricsFileTest(@TempDir Path root) {
    this.root = root;
    this.file = root.resolve(NAME.substring(1));
    this.metrics =
        new MetricsFile(
            root,
            new SystemTimer(),
            new Counts(new NioDurableFiles(root)),
            FactLog.lines(log::add));
  }

  private static Settings settings(Optional<String> name) {
    Settings like = Settings.DEFAULTS;
    return new Settings(
        like.strategy(),
        like.lookEvery(),
        like.scriptTimeLimit(),
        like.hookTimeLimit(),
        like.holdFirst(),
        like.holdLongest(),
        like.logLevel(),
        like.moving(),
        new Reporting(LogFormat.TEXT, name));
  }

  private static PairStatus status(PairState state) {
    return PairStatuses.of(
        new Pair(
            new HnUnit(0), new InterfaceName("hn0"), InterfaceName.of("mlxen0"), Optional.empty()),
        state);
  }

  private void begin() throws IOException {
    Files.createDirectories(file.resolveSibling("x"));
    metrics.settings(settings(Optional.of(NAME)));
    metrics.seen(status(PairState.TRANSPARENT));
  }

  @Test
  void itIsWrittenWholeAndOthersMayReadIt() throws IOException {
    begin();
    metrics.write();
    PrometheusText.check(Files.readString(file));
    assertThat(Files.readString(file)).contains("{pair=\"hn0\",state=\"TRANSPARENT\"} 1\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");

    metrics.seen(status(PairState.VF_UP_NO_LAGG));
    metrics.write();
    assertThat(Files.readString(file)).contains("state=\"VF_UP_NO_LAGG\"} 1\n");
    metrics.gone(new HnUnit(0));
    metrics.seen(status(PairState.SYNTHETIC));
    metrics.write();
    assertThat(Files.readString(file)).contains("state=\"SYNTHETIC\"} 1\n");
    assertThat(file.resolveSibling("").toFile().list()).asList().containsExactly("hnvf.prom", "x");
    assertThat(log).isEmpty();
  }

  /** Without a look the file must not look alive. */
  @Test
  void theTimeOfTheLastLookStandsStill() throws IOException {
    begin();
    metrics.write();
    String first = Files.readString(file);
    metrics.write();
    assertThat(Files.readString(file)).isEqualTo(first);
  }

  @Test
  void withoutTheKeyNothingIsWritten() throws IOException {
    begin();
    metrics.settings(settings(Optional.empty()));
    metrics.write();
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void aDirectoryThatIsMissingIsToldOnceAndNotMade() throws IOException {
    metrics.settings(settings(Optional.of(NAME)));
    metrics.seen(status(PairState.LAGG_VF));
    metrics.write();
    metrics.write();
    assertThat(log).hasSize(1);
    assertThat(log.get(0)).startsWith("daemon: cannot write the metrics to " + file);
    assertThat(Files.exists(file.resolveSibling(""))).isFalse();

    Files.createDirectory(file.resolveSibling(""));
    metrics.write();
    assertThat(Files.exists(file)).isTrue();
    assertThat(log).hasSize(2);
    assertThat(log.get(1)).contains("the metrics are written again");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    begin();
    Path target = Files.writeString(root.resolve("target"), "precious");
    Files.createSymbolicLink(file.resolveSibling(".hnvf.prom.tmp"), target);
    metrics.write();
    assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue();

    Files.delete(file);
    Files.createSymbolicLink(file, target);
    metrics.write();
    assertThat(Files.isSymbolicLink(file)).isTrue();
    assertThat(Files.readString(target)).isEqualTo("precious");
    assertThat(log).hasSize(1);
    assertThat(log.get(0)).contains("not a regular file");
  }

  @Test
  void aTemporaryFileThatCannotBeReplacedIsToldAndThePreviousFileStays() throws IOException {
    begin();
    metrics.write();
    String before = Files.readString(file);
    Files.createDirectories(file.resolveSibling(".hnvf.prom.tmp").resolve("full"));
    metrics.seen(status(PairState.LAGG_VF));
    metrics.write();
    metrics.write();
    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(log).hasSize(1);
  }
}
