package org.hnvf.cli;

import java.time.Duration;
import org.hnvf.model.HnvfException;
import org.hnvf.report.EscapeSequences;

/** Shows a text again and again until the process is interrupted. */
final class StatusWatch {

  private static final Duration INTERVAL = Duration.ofSeconds(2);

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
        console.answer(EscapeSequences.CLEAR_SCREEN + text);
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
