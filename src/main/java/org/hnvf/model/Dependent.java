package org.hnvf.model;

import java.util.Optional;

/**
 * Something that sits on the hn of a pair, over it or around it, and what hnvf does about it when
 * the configuration moves to a lagg.
 *
 * @param who what it is, by its own name: {@code bridge0}, {@code /etc/natd.conf, line 3}
 * @param verdict what hnvf does
 * @param reason what happens to it, or why it is refused
 * @param remedy what the administrator can do about it
 */
public record Dependent(String who, Verdict verdict, String reason, Optional<String> remedy) {

  /** What hnvf does about a dependent. */
  public enum Verdict {
    /** It moves with the pair's configuration, and back. */
    MOVE,
    /** It is left as it is, and the operator is told before the move what that means. */
    TELL,
    /** The VF is not used: nothing is moved, and nothing is changed. */
    REFUSE
  }

  /** One that moves. */
  public static Dependent moved(String who, String how) {
    return new Dependent(who, Verdict.MOVE, how, Optional.empty());
  }

  /** One of which the operator is told. */
  public static Dependent told(String who, String what) {
    return new Dependent(who, Verdict.TELL, what, Optional.empty());
  }

  /** One of which the operator is told, with what can be done about it. */
  public static Dependent told(String who, String what, String remedy) {
    return new Dependent(who, Verdict.TELL, what, Optional.of(remedy));
  }

  /** One for which the VF is not used. */
  public static Dependent refused(String who, String why, String remedy) {
    return new Dependent(who, Verdict.REFUSE, why, Optional.of(remedy));
  }

  /** Reason and remedy, as one text. */
  public String text() {
    return remedy.map(words -> reason + "; " + words).orElse(reason);
  }
}
