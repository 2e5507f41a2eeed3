package org.hnvf.model;

import java.util.Optional;

/**
 * A part of the guest that uses the hn of a pair, and how hnvf treats it when the configuration
 * moves to a lagg.
 *
 * @param who its name: {@code bridge0}, {@code /etc/natd.conf, line 3}
 * @param verdict the action of hnvf
 * @param reason the consequence of the move, or the reason of the refusal
 * @param remedy the action that the administrator can take
 */
public record Dependent(String who, Verdict verdict, String reason, Optional<String> remedy) {

  /** The action of hnvf on a dependent. */
  public enum Verdict {
    /** It moves with the pair's configuration, and back. */
    MOVE,
    /**
     * hnvf does not change it, and reports the consequence to the administrator before the move.
     */
    TELL,
    /** hnvf does not use the VF and changes nothing. */
    REFUSE
  }

  /** Creates a dependent that moves with the configuration. */
  public static Dependent moved(String who, String how) {
    return new Dependent(who, Verdict.MOVE, how, Optional.empty());
  }

  /** Creates a dependent that hnvf only reports. */
  public static Dependent told(String who, String what) {
    return new Dependent(who, Verdict.TELL, what, Optional.empty());
  }

  /** Creates a dependent that hnvf only reports, with a remedy. */
  public static Dependent told(String who, String what, String remedy) {
    return new Dependent(who, Verdict.TELL, what, Optional.of(remedy));
  }

  /** Creates a dependent that makes hnvf refuse the VF. */
  public static Dependent refused(String who, String why, String remedy) {
    return new Dependent(who, Verdict.REFUSE, why, Optional.of(remedy));
  }

  /** Returns the reason and the remedy as one text. */
  public String text() {
    return remedy.map(words -> reason + "; " + words).orElse(reason);
  }
}
