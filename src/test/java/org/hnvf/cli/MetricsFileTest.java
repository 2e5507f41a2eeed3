package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.hnvf.daemon.FactLog;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.SystemTimer;
import org.hnvf.exec.Timer;
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

  /** A clock that only a sleep moves. */
  private static final class Clock implements Timer {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void sleep(Duration duration) {
      now = now.plus(duration);
    }
  }

  private final Clock clock = new Clock();
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

  /** Runs the daemon's thread in virtual time. */
  private List<Duration> waits(int times, BooleanSupplier atRest) {
    List<Duration> waits = new ArrayList<>();
    new MetricsThread(
            metrics,
            most -> {
              if (waits.size() == times) {
                throw new InterruptedException();
              }
              waits.add(most);
              clock.sleep(most);
            },
            atRest,
            clock)
        .run();
    assertThat(Thread.interrupted()).isTrue();
    return waits;
  }

  @Test
  void withoutAChangeItIsWrittenEachMinute() throws IOException {
    begin();
    List<Boolean> there = new ArrayList<>();
    List<Duration> waits =
        waits(
            3,
            () -> {
              there.add(file.toFile().delete());
              return true;
            });
    assertThat(waits)
        .containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
    assertThat(there).containsExactly(false, true, true).inOrder();
    assertThat(Files.exists(file)).isTrue();
  }

  @Test
  void itIsNotWrittenWhileALookRunsButAfterTenSecondsItIs() throws IOException {
    begin();
    Instant begun = clock.now();
    List<Duration> waits =
        waits(
            1,
            () -> {
              assertThat(Files.exists(file)).isFalse();
              return false;
            });
    assertThat(waits).hasSize(1);
    assertThat(Duration.between(begun, clock.now())).isEqualTo(Duration.ofSeconds(70));
    assertThat(Files.exists(file)).isTrue();
  }

  @Test
  void itIsWrittenWhenTheLookHasEnded() throws IOException {
    begin();
    Instant rest = clock.now().plusSeconds(60).plusMillis(250);
    List<Duration> waits = waits(1, () -> !clock.now().isBefore(rest));
    assertThat(waits).hasSize(1);
    assertThat(Duration.between(rest, clock.now())).isEqualTo(Duration.ofMillis(50));
    assertThat(Files.exists(file)).isTrue();
  }

  @Test
  void aFullDiskIsToldOnceAndThePreviousFileStays() throws IOException {
    Configuration small =
        Configuration.unix().toBuilder()
            .setAttributeViews("basic", "posix", "owner")
            .setBlockSize(512)
            .setMaxSize(64 * 1024)
            .build();
    try (FileSystem disk = Jimfs.newFileSystem(small)) {
      Path place = Files.createDirectory(disk.getPath("/textfile"));
      Path prom = disk.getPath(NAME);
      MetricsFile onDisk =
          new MetricsFile(
              disk.getPath("/"),
              clock,
              new Counts(new NioDurableFiles(disk.getPath("/"))),
              FactLog.lines(log::add));
      onDisk.settings(settings(Optional.of(NAME)));
      onDisk.seen(status(PairState.LAGG_VF));
      onDisk.write();
      String before = Files.readString(prom);

      Path big = fill(disk);
      onDisk.seen(status(PairState.SYNTHETIC));
      onDisk.write();
      onDisk.write();
      assertThat(Files.readString(prom)).isEqualTo(before);
      assertThat(log).hasSize(1);
      assertThat(log.get(0)).startsWith("daemon: cannot write the metrics to " + NAME);
      try (Stream<Path> names = Files.list(place)) {
        assertThat(names.toList()).containsExactly(prom);
      }

      Files.delete(big);
      onDisk.write();
      assertThat(Files.readString(prom)).contains("state=\"SYNTHETIC\"} 1\n");
      assertThat(log).hasSize(2);
    }
  }

  private static Path fill(FileSystem disk) throws IOException {
    Path big = disk.getPath("/big");
    try (OutputStream out = Files.newOutputStream(big)) {
      while (true) {
        out.write(new byte[512]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageThat().contains("space");
      return big;
    }
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
