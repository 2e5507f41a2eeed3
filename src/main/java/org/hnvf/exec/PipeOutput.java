package org.hnvf.exec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.hnvf.model.LineFilter;

/**
 * Output through pipes, for programs that end with all that they start.
 *
 * <p>Nothing here ever waits for a pipe: only what is there is read. So a child that lives on and
 * keeps the pipe open holds nobody, and leaves no thread behind that waits for it. What the program
 * itself wrote is complete all the same: it is in the pipe before the program has ended.
 */
final class PipeOutput implements ProgramOutput {

  /**
   * What one call takes at most, so that a program which never stops writing meets its limit. It is
   * no less than a pipe holds, so that one call takes all that an ended program wrote.
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

  /** The program has ended, and its pipes are about to be closed: takes what is still in them. */
  @Override
  public synchronized void stop() {
    drain(stdoutPipe, stdout, true);
    drain(stderrPipe, stderr, true);
    stdoutPipe = InputStream.nullInputStream();
    stderrPipe = InputStream.nullInputStream();
    stdout.end();
  }

  /**
   * Reads what is there. A child that lives on may write for ever; so, once the program has ended,
   * the reading ends with the room for it, or with what a pipe can hold of the program's own.
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

  /** The pipes are closed by commons-exec. */
  @Override
  public void close() {}
}
