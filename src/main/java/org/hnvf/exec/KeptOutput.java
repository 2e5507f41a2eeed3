package org.hnvf.exec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.hnvf.model.LineFilter;

/**
 * The kept part of a program's standard output: the lines that the command's filter selects, up to
 * the cap. Both runners use this class, so both truncate the same output.
 */
public final class KeptOutput {

  private final CappedText text;
  private final Optional<LineSieve> sieve;

  /**
   * Creates an empty output.
   *
   * @param filter which lines are kept; all where empty
   * @param cap the largest number of bytes kept
   */
  public KeptOutput(Optional<LineFilter> filter, int cap) {
    this.text = new CappedText(cap);
    this.sieve = filter.map(lines -> new LineSieve(lines, text, cap));
  }

  /** Adds the next bytes of the program's output. */
  public void add(byte[] bytes, int length) {
    if (sieve.isPresent()) {
      sieve.get().add(bytes, length);
    } else {
      text.add(bytes, 0, length);
    }
  }

  /** Adds the next text of the program's output. */
  public void add(String written) {
    byte[] bytes = written.getBytes(UTF_8);
    add(bytes, bytes.length);
  }

  /** Marks the end of the output. */
  public void end() {
    sieve.ifPresent(LineSieve::end);
  }

  /** Returns whether further output is dropped. */
  boolean isFull() {
    return text.isCut();
  }

  /** Records why the rest could not be read. */
  void note(String why) {
    text.note(why);
  }

  /** Returns the kept text; if it is incomplete, its last line reports that. */
  public String text() {
    return text.text();
  }

  /** Returns the reason why the text is incomplete; empty if it is complete. */
  public Optional<String> missing() {
    return text.missing();
  }
}
