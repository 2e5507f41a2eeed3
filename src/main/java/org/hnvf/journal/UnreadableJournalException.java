package org.hnvf.journal;

/** A journal is not in the form that hnvf writes: it was edited, or is of another version. */
final class UnreadableJournalException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableJournalException(int line, String what) {
    super("line " + line + ": " + what);
  }
}
