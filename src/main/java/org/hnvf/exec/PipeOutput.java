package org.hnvf.exec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.hnvf.model.LineFilter;

/**
 * Output through pipes, for programs that leave no child process running.
 *
 * <p>The class never blocks on a pipe: it reads only the available bytes. So a child that lives on
 * and keeps the pipe open blocks neither the caller nor a thread. The program's own output is still
 * complete, because it is in the pipe before the program ends.
 */
final class PipeOutput implements ProgramOutput {

  /**
   * The largest number of bytes read in one call, so that the deadline is also checked for a
   * program that writes endlessly. It is not smaller than a pipe's capacity, so that one call reads
   * all output of an ended program.
   */
  private static final int GULP = 1 << 20;

  private final byte[] buffer = new byte[1 << 16];
  private final KeptOutput stdout;
  private final KeptOutput stderr;
  private InputStream stdoutPipe = InputStream.nullInputStream();
  private InputStream stderrPipe = InputStream.nullInputStream();

  PipeOutput(int cap, Optional<LineFilter> filter) {
    stdout = new KeptOutput(filter, cap);
    stderr = new KeptOutput(Optional.empty(), cap);
  }

  @Override
  public void redirect(ProcessBuilder builder) {
    builder
        .redirectOutput(ProcessBuilder.Redirect.PIPE)
        .redirectError(ProcessBuilder.Redirect.PIPE);
  }

  @Override
  public synchronized void setProcessOutputStream(InputStream stream) {
    stdoutPipe = stream;
  }

  @Override
  public synchronized void setProcessErrorStream(InputStream stream) {
    stderrPipe = stream;
  }

  @Override
  public void start() {}

  @Override
  public synchronized boolean pump() {
    boolean some = drain(stdoutPipe, stdout, false);
    return drain(stderrPipe, stderr, false) || some;
  }

  /** Reads the remaining output after the program has ended, before its pipes are closed. */
  @Override
  public synchronized void stop() {
    drain(stdoutPipe, stdout, true);
    drain(stderrPipe, stderr, true);
    stdoutPipe = InputStream.nullInputStream();
    stderrPipe = InputStream.nullInputStream();
    stdout.end();
  }

  /**
   * Reads the available bytes. A child that lives on may write for ever; so after the program's end
   * the method stops at the cap, or after as many bytes as a pipe can hold.
   */
  private boolean drain(InputStream pipe, KeptOutput text, boolean ended) {
    int taken = 0;
    try {
      int there = pipe.available();
      while (there > 0 && taken < GULP && !(ended && text.isFull())) {
        int read = pipe.read(buffer, 0, Math.min(there, buffer.length));
        if (read < 0) {
          break;
        }
        text.add(buffer, read);
        taken += read;
        there = pipe.available();
      }
    } catch (IOException e) {
      text.note("the rest of the output could not be read: " + e);
    }
    return taken > 0;
  }

  @Override
  public synchronized String stdout() {
    return stdout.text();
  }

  @Override
  public synchronized Optional<String> missing() {
    return stdout.missing();
  }

  @Override
  public synchronized String stderr() {
    return stderr.text();
  }

  /** Does nothing: commons-exec closes the pipes. */
  @Override
  public void close() {}
}
