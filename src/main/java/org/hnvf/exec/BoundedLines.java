package org.hnvf.exec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the lines of a stream and drops the part of a line that exceeds a limit. */
final class BoundedLines {

  private final InputStream stream;
  private final int limit;

  /**
   * Creates a reader of a stream.
   *
   * @param limit the number of bytes kept of a line
   */
  BoundedLines(InputStream stream, int limit) {
    this.stream = new BufferedInputStream(stream);
    this.limit = limit;
  }

  /** The next line, without its end; empty at the end of the stream. */
  Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean some = false;
    for (int b = stream.read(); b >= 0; b = stream.read()) {
      if (b == '\n') {
        return Optional.of(line.toString(UTF_8));
      }
      some = true;
      if (line.size() < limit) {
        line.write(b);
      }
    }
    return some ? Optional.of(line.toString(UTF_8)) : Optional.empty();
  }
}
