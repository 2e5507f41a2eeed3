package org.hnvf.exec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * The first bytes of a stream, as text. Malformed UTF-8 is replaced, never a fault. What is left
 * out, or could not be had, is told at the end of the text, in a line of its own.
 */
final class CappedText {

  private final int cap;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean cut;
  private String note = "";

  CappedText(int cap) {
    this.cap = cap;
  }

  /** Keeps these bytes, as far as there is room. */
  void add(byte[] bytes, int length) {
    add(bytes, 0, length);
  }

  /** Keeps this part of the bytes, as far as there is room. */
  void add(byte[] bytes, int from, int length) {
    int room = Math.min(length, cap - kept.size());
    kept.write(bytes, from, room);
    cut |= room < length;
  }

  /** Whether nothing more can change the text. */
  boolean isCut() {
    return cut;
  }

  /** Tells something about the stream that is not in it. */
  void note(String text) {
    note = text;
  }

  /** Why the text is not that of the whole stream; empty where it is. */
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

  /** The text, and under it a line of ours. */
  static String withLine(String text, String line) {
    String separator = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    return text + separator + "[hnvf: " + line + "]\n";
  }
}
