package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon notices changes by others on the guest at once. */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RouteMonitorIT {

  /** Far less than until the next look, which is an hour away. */
  private static final Duration SOON = Duration.ofMinutes(5);

  private final Installation hnvf;
  private final Process daemon;

  RouteMonitorIT(@TempDir Path scratch) throws IOException, InterruptedException {
    this.hnvf = new Installation(scratch);
    Path directory = hnvf.directory().resolve("root/usr/local/etc/hnvf");
    Files.createDirectories(directory);
    Path file = Files.writeString(directory.resolve("hnvf.json"), "{\"look_every\": \"1h\"}");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    this.daemon = hnvf.startDaemon();
  }

  @AfterEach
  void end() throws IOException {
    hnvf.end();
  }

  private boolean hasDefaultRoute() throws IOException, InterruptedException {
    return hnvf.run(hnvf.program("route").toString(), "-n", "get", "default").status() == 0;
  }

  private boolean isListening() {
    String monitor = hnvf.program("route") + " -n monitor";
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").contains(monitor));
  }

  @Test
  void aDefaultRouteThatIsTakenAwayIsBackAtOnce() throws IOException, InterruptedException {
    hnvf.host("plug", "hn0");
    hnvf.awaitState("LAGG_VF");
    hnvf.awaitReachable(true);
    assertThat(isListening()).isTrue();

    for (int i = 0; i < 2; i++) {
      String unused = hnvf.guest("route", "-n", "delete", "default");
      Installation.patiently().atMost(SOON).until(this::hasDefaultRoute);
    }
    hnvf.awaitReachable(true);
    assertThat(hnvf.log()).contains("hn0: the kernel reports: delete route 0.0.0.0/0 gw 10.0.2.2");

    hnvf.signal("TERM", daemon);
    assertThat(daemon.waitFor()).isEqualTo(0);
    assertThat(isListening()).isFalse();
  }
}
