package org.hnvf.exec;

import java.io.IOException;
import java.util.Optional;

/** A long-running program or a socket that writes lines. */
@FunctionalInterface
public interface LineSource {

  /**
   * Starts to read.
   *
   * @throws java.nio.file.NoSuchFileException if the program does not exist
   * @throws IOException if it cannot be started now
   */
  Lines open() throws IOException;

  /** The lines, until the source ends. */
  interface Lines extends AutoCloseable {

    /**
     * Waits for the next line; the end of a very long line is dropped.
     *
     * @return the line; empty at the end, or if this object was closed
     * @throws IOException if reading fails
     */
    Optional<String> next() throws IOException;

    /** Returns the reason for the end, as text; valid after the end. */
    String ending();

    /** Ends the source and all its processes; any thread may call it. */
    @Override
    void close();
  }
}
