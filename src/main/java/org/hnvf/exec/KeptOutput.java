package org.hnvf.exec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.hnvf.model.LineFilter;

/**
 * What is kept of a program's standard output: the lines that its command asks for, and of these no
 * more than the cap. Both runners keep by it, so what is too much for one is for the other.
 */
public final class KeptOutput {

  private final CappedText text;
  private final Optional<LineSieve> sieve;

  /**
   * Nothing yet.
   *
   * @param filter which lines are kept; all where empty
   * @param cap how many bytes are kept at most
   */
  public KeptOutput(Optional<LineFilter> filter, int cap) {
    this.text = new CappedText(cap);
    this.sieve = filter.map(lines -> new LineSieve(lines, text, cap));
  }

  /** Takes the next bytes that the program wrote. */
  public void add(byte[] bytes, int length) {
    if (sieve.isPresent()) {
      sieve.get().add(bytes, length);
    } else {
      text.add(bytes, 0, length);
    }
  }

  /** Takes the next text that the program wrote. */
  public void add(String written) {
    byte[] bytes = written.getBytes(UTF_8);
    add(bytes, bytes.length);
  }

  /** The program wrote no more. */
  public void end() {
    sieve.ifPresent(LineSieve::end);
  }

  /** Whether nothing more can change the text. */
  boolean isFull() {
    return text.isCut();
  }

  /** Tells why the rest could not be had. */
  void note(String why) {
    text.note(why);
  }

  /** What is kept; where it is not all, a line at its end says so. */
  public String text() {
    return text.text();
  }

  /** Why the text is not all that was to be kept; empty where it is. */
  public Optional<String> missing() {
    return text.missing();
  }
}
