package org.hnvf.exec;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The lines of both output streams of a long-running program. */
final class ProgramLines implements LineSource.Lines {

  private static final int LONGEST = 4096;
  private static final Duration KILL_GRACE = Duration.ofSeconds(2);

  private final Process process;
  private final BoundedLines lines;
  private volatile boolean closed;
  private String last = "";

  private ProgramLines(Process process) {
    this.process = process;
    this.lines = new BoundedLines(process.getInputStream(), LONGEST);
  }

  /** Starts the program, with /dev/null as its input. */
  static ProgramLines start(ProcessBuilder builder) throws IOException {
    return new ProgramLines(
        builder
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectErrorStream(true)
            .start());
  }

  @Override
  public Optional<String> next() throws IOException {
    try {
      Optional<String> line = lines.next();
      line.ifPresent(text -> last = text);
      return line;
    } catch (IOException e) {
      if (closed) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public String ending() {
    try {
      String how =
          process.waitFor(KILL_GRACE.toMillis(), TimeUnit.MILLISECONDS)
              ? "exit " + process.exitValue()
              : "its output was closed";
      return last.isEmpty() ? how : how + ", after \"" + last + "\"";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  @Override
  public void close() {
    closed = true;
    // Do not wait for processes that cannot be killed: they hold only a pipe of this process.
    var unused = ProcessTree.kill(process.toHandle(), KILL_GRACE);
  }
}
