package org.hnvf.exec;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.commons.exec.ExecuteStreamHandler;

/**
 * Where the output of one program goes, and what came of it. Used by two threads: the one that
 * waits for the program, and the one in which commons-exec runs it. What is not overridden is for
 * output that does not pass through this process.
 */
interface ProgramOutput extends ExecuteStreamHandler, AutoCloseable {

  /** Says, before the start, where the program is to write. */
  void redirect(ProcessBuilder builder);

  /** What the program wrote to standard output, as far as it was to be kept. */
  String stdout();

  /** Why standard output is not all that was to be kept; empty where it is. */
  Optional<String> missing();

  /** What the program wrote to standard error. */
  String stderr();

  /** Takes what has been written so far, without waiting for more; whether there was something. */
  default boolean pump() {
    return false;
  }

  /** The program reads from /dev/null. There is nothing to feed it. */
  @Override
  default void setProcessInputStream(OutputStream stream) {}

  @Override
  default void setProcessOutputStream(InputStream stream) {}

  @Override
  default void setProcessErrorStream(InputStream stream) {}

  @Override
  default void start() {}

  @Override
  default void stop() {}

  @Override
  default void close() {}
}
