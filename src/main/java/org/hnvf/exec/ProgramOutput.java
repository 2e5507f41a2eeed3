package org.hnvf.exec;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.commons.exec.ExecuteStreamHandler;

/**
 * The destination of one program's output, and the kept text. Two threads use it: the one that
 * waits for the program, and the one in which commons-exec runs it. The default methods are for
 * output that does not pass through this process.
 */
interface ProgramOutput extends ExecuteStreamHandler, AutoCloseable {

  /** Sets the output of the program before its start. */
  void redirect(ProcessBuilder builder);

  /** Returns the kept standard output. */
  String stdout();

  /** Returns the reason why standard output is incomplete; empty if it is complete. */
  Optional<String> missing();

  /** Returns the standard error. */
  String stderr();

  /** Reads the available output without blocking, and returns whether there was any. */
  default boolean pump() {
    return false;
  }

  /** Does nothing: the program reads from /dev/null. */
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
