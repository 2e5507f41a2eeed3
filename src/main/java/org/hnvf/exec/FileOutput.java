package org.hnvf.exec;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hnvf.model.LineFilter;

/**
 * Output through temporary files, for programs of which a child may live on. Such a child inherits
 * the descriptors: SIGPIPE would kill it at its next write after hnvf closed a pipe. A deleted file
 * can still be written.
 *
 * <p>A full disk must not prevent the start of a DHCP client: if the files cannot be created, the
 * program writes to /dev/null, and the text reports it.
 */
final class FileOutput implements ProgramOutput {

  private final int cap;
  private final Optional<LineFilter> filter;
  private final File directory;
  private final File stdout;
  private final File stderr;

  private FileOutput(int cap, Optional<LineFilter> filter, File directory) {
    this.cap = cap;
    this.filter = filter;
    this.directory = directory;
    this.stdout = new File(directory, "stdout");
    this.stderr = new File(directory, "stderr");
  }

  /** Creates a directory under {@code scratch} for both files, accessible only to the caller. */
  static ProgramOutput in(Path scratch, int cap, Optional<LineFilter> filter) {
    try {
      File directory = Files.createTempDirectory(scratch, "hnvf-").toFile();
      return new FileOutput(cap, filter, directory).made();
    } catch (IOException e) {
      return new NoOutput("the output could not be stored: " + e);
    }
  }

  private FileOutput made() throws IOException {
    try {
      Files.createFile(stdout.toPath());
      Files.createFile(stderr.toPath());
      return this;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public void redirect(ProcessBuilder builder) {
    builder.redirectOutput(stdout).redirectError(stderr);
  }

  @Override
  public String stdout() {
    return read(stdout, filter).text();
  }

  @Override
  public Optional<String> missing() {
    return read(stdout, filter).missing();
  }

  @Override
  public String stderr() {
    return read(stderr, Optional.empty()).text();
  }

  private KeptOutput read(File file, Optional<LineFilter> lines) {
    KeptOutput kept = new KeptOutput(lines, cap);
    byte[] buffer = new byte[1 << 16];
    try (InputStream stream = Files.newInputStream(file.toPath())) {
      for (int read = 0; read >= 0 && !kept.isFull(); read = stream.read(buffer)) {
        kept.add(buffer, read);
      }
    } catch (IOException e) {
      kept.note("the rest of the output could not be read: " + e);
    }
    kept.end();
    return kept;
  }

  @Override
  public void close() {
    for (File file : new File[] {stdout, stderr, directory}) {
      try {
        Files.deleteIfExists(file.toPath());
      } catch (IOException e) {
        System.getLogger(FileOutput.class.getName())
            .log(Level.WARNING, "cannot delete " + file + ": " + e);
      }
    }
  }
}
