package org.hnvf.cli;

import java.time.Duration;
import org.hnvf.model.HnvfException;

/** Shows a text again and again until the process is interrupted. */
final class StatusWatch {

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /** Cursor to the first line and column, and nothing below it (ECMA-48: CUP, ED). */
  private static final String IN_PLACE = "\u001b[H\u001b[J";

  private StatusWatch() {}

  /** Makes the text. */
  @FunctionalInterface
  interface Source {
    /** Returns the present text. */
    String text() throws HnvfException;
  }

  /**
   * Shows the text: in place on a terminal, and elsewhere after each change.
   *
   * @throws HnvfException if the first text cannot be made; a later failure is shown in its place
   */
  static void show(Console console, Source source) throws HnvfException {
    String shown = "";
    String text = source.text();
    while (!Thread.currentThread().isInterrupted()) {
      if (console.isTerminal()) {
        console.answer(IN_PLACE + text);
      } else if (!text.equals(shown)) {
        console.answer((shown.isEmpty() ? "" : "\n") + text);
      }
      shown = text;
      try {
        Thread.sleep(INTERVAL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      text = textOrFault(source);
    }
  }

  private static String textOrFault(Source source) {
    try {
      return source.text();
    } catch (HnvfException e) {
      return e.getMessage() + "\n";
    }
  }
}
