package org.hnvf.exec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * The first bytes of a stream, as text. Malformed UTF-8 is replaced and causes no error. A last
 * line of the text names the parts that were dropped or could not be read.
 */
final class CappedText {

  private final int cap;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean cut;
  private String note = "";

  CappedText(int cap) {
    this.cap = cap;
  }

  /** Appends these bytes, up to the cap. */
  void add(byte[] bytes, int length) {
    add(bytes, 0, length);
  }

  /** Appends this range of the bytes, up to the cap. */
  void add(byte[] bytes, int from, int length) {
    int room = Math.min(length, cap - kept.size());
    kept.write(bytes, from, room);
    cut |= room < length;
  }

  /** Returns whether the text is complete, so that further bytes are dropped. */
  boolean isCut() {
    return cut;
  }

  /** Adds a note about the stream. */
  void note(String text) {
    note = text;
  }

  /** Returns the reason why the text is incomplete; empty if it is complete. */
  Optional<String> missing() {
    return cut ? Optional.of(cutAt()) : Optional.of(note).filter(text -> !text.isEmpty());
  }

  private String cutAt() {
    return "output cut after " + cap + " bytes";
  }

  String text() {
    String text = kept.toString(UTF_8);
    String cutText = cut ? withLine(text, cutAt()) : text;
    return note.isEmpty() ? cutText : withLine(cutText, note);
  }

  /** Returns the text with one more line. */
  static String withLine(String text, String line) {
    String separator = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    return text + separator + "[hnvf: " + line + "]\n";
  }
}
