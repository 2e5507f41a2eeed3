package org.hnvf.exec;

import java.io.IOException;
import java.util.Optional;

/** A program or a socket that stays, and tells something line by line. */
@FunctionalInterface
public interface LineSource {

  /**
   * Begins to listen.
   *
   * @throws java.nio.file.NoSuchFileException where there is no such program here at all
   * @throws IOException where it cannot be begun now
   */
  Lines open() throws IOException;

  /** What is told, until it ends. */
  interface Lines extends AutoCloseable {

    /**
     * Waits for the next line. Of a very long one only the beginning is kept.
     *
     * @return the line; empty where no more will come, or this was closed meanwhile
     * @throws IOException where it cannot be read any more
     */
    Optional<String> next() throws IOException;

    /** Why no more comes, in some words; for after the end. */
    String ending();

    /** Ends it, from whatever thread, with all that was started for it. */
    @Override
    void close();
  }
}
