package org.hnvf.journal;

/** A journal is not as hnvf writes it: somebody edited it, or it is of another version. */
final class UnreadableJournalException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableJournalException(int line, String what) {
    super("line " + line + ": " + what);
  }
}
