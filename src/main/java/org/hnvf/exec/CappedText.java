package org.hnvf.exec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

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
    int room = Math.min(length, cap - kept.size());
    kept.write(bytes, 0, room);
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

  String text() {
    String text = kept.toString(UTF_8);
    String cutText = cut ? withLine(text, "output cut after " + cap + " bytes") : text;
    return note.isEmpty() ? cutText : withLine(cutText, note);
  }

  /** The text, and under it a line of ours. */
  static String withLine(String text, String line) {
    String separator = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    return text + separator + "[hnvf: " + line + "]\n";
  }
}
