package org.hnvf.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A file that grows until this is closed, beyond every reader's limit. */
final class GrowingFile implements AutoCloseable {

  private static final byte[] LINE =
      "# another line of what is not over yet\n".repeat(200).getBytes(UTF_8);
  private static final long PAUSE_MILLIS = 1;

  private final Path file;
  private final Thread writer = new Thread(this::write, "growing-file");
  private final AtomicReference<IOException> failure = new AtomicReference<>();
  private volatile boolean over;

  GrowingFile(Path file) {
    this.file = file;
    writer.start();
  }

  private void write() {
    try (OutputStream stream =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (!over) {
        stream.write(LINE);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      failure.set(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until it holds so many bytes; it goes on growing. */
  void awaitSize(long bytes) throws IOException, InterruptedException {
    while (failure().isEmpty() && (!Files.exists(file) || Files.size(file) < bytes)) {
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Why it does not grow any more. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure.get());
  }

  @Override
  public void close() {
    over = true;
    Uninterruptibles.joinUninterruptibly(writer);
  }
}
