package org.hnvf.model;

import java.util.Arrays;
import java.util.Comparator;

/** How a workflow ended, with the words that its journal entry has for it. */
public enum Ending {
  /** All steps ran, and the guest is as planned. */
  DONE("done"),
  /** A step failed; the previous configuration was restored. */
  ROLLED_BACK("rolled back"),
  /** The host took the VF away in the workflow; the previous configuration was restored. */
  VF_TAKEN("rolled back: the host took the VF away"),
  /** The guest cannot use this VF; nothing was moved. */
  REFUSED("refused"),
  /** A step failed, and a part of the previous configuration is missing. */
  INCOMPLETE("incomplete"),
  /** A later look found the guest in order and closed the entry. */
  CLOSED("closed"),
  /** It runs, or hnvf was killed in it. Its entry has no outcome. */
  UNFINISHED("");

  private final String words;

  Ending(String words) {
    this.words = words;
  }

  /** Returns the outcome that is written to the journal. */
  public String words() {
    return words;
  }

  /** Returns the outcome that is written to the journal, with its reason. */
  public String words(String reason) {
    return words + ": " + reason;
  }

  /**
   * Returns the ending that an outcome of the journal tells. Words of no ending, which only another
   * version of hnvf writes, are a rollback.
   */
  public static Ending of(String outcome) {
    return Arrays.stream(values())
        .filter(ending -> ending != UNFINISHED && ending.begins(outcome))
        .max(Comparator.comparingInt(ending -> ending.words.length()))
        .orElse(ROLLED_BACK);
  }

  private boolean begins(String outcome) {
    return outcome.equals(words) || outcome.startsWith(words + ": ");
  }
}
