package org.hnvf.exec;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The common parts of the tests that start real processes. */
final class RealProcesses {

  private RealProcesses() {}

  /** The process id that a script wrote into a file, as soon as the whole line is there. */
  static long pidIn(Path file) {
    return Long.parseLong(lineIn(file));
  }

  /** The line that a script wrote into a file, as soon as the whole of it is there. */
  static String lineIn(Path file) {
    return await()
        .atMost(Duration.ofMinutes(10))
        .until(() -> Files.exists(file) ? Files.readString(file) : "", text -> text.endsWith("\n"))
        .strip();
  }

  /** Waits until a process has gone, or is a zombie that a lazy init(8) has not fetched yet. */
  static void awaitEnd(long pid) {
    await().atMost(Duration.ofMinutes(10)).until(() -> !isRunning(pid));
  }

  static boolean isRunning(long pid) throws IOException {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !isZombie(pid);
  }

  private static boolean isZombie(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    return Files.exists(status) && Files.readString(status).contains("State:\tZ");
  }

  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }
}
