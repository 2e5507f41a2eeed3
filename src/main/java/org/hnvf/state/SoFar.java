package org.hnvf.state;

import java.util.Optional;
import org.hnvf.model.Intent;
import org.hnvf.model.OperatorWord;

/**
 * The actions of the current reconciliation so far.
 *
 * @param ran the intent of the last workflow
 * @param failed whether that workflow failed
 * @param obstacle the reason why a workflow could not start
 * @param held whether a back-off was stored in this reconciliation
 * @param delayStarted whether the VF's delay was started
 * @param scriptRan whether the override script's turn is over
 * @param wordBefore the operator's word before the current verb
 * @param wordReplaced whether the operator's word was replaced after a failed release
 */
public record SoFar(
    Optional<Intent> ran,
    boolean failed,
    Optional<String> obstacle,
    boolean held,
    boolean delayStarted,
    boolean scriptRan,
    Optional<OperatorWord> wordBefore,
    boolean wordReplaced) {

  /** No action yet. */
  public static final SoFar NOTHING =
      new SoFar(
          Optional.empty(), false, Optional.empty(), false, false, false, Optional.empty(), false);

  /** Returns a copy after a workflow has ended. */
  public SoFar ran(Intent intent, boolean well) {
    return new SoFar(
        Optional.of(intent),
        !well,
        obstacle,
        held,
        delayStarted,
        scriptRan,
        wordBefore,
        wordReplaced);
  }

  /**
   * Returns a copy after a workflow or the VF's delay could not start.
   *
   * @param reason the reason
   */
  public SoFar stoppedBy(String reason) {
    return new SoFar(
        Optional.empty(),
        true,
        Optional.of(reason),
        held,
        delayStarted,
        scriptRan,
        wordBefore,
        wordReplaced);
  }

  /** Returns a copy after a back-off was stored, so that the VF is not used. */
  public SoFar heldDown() {
    return new SoFar(
        ran, failed, obstacle, true, delayStarted, scriptRan, wordBefore, wordReplaced);
  }

  /** Returns a copy after the VF's delay was started. */
  public SoFar startedDelay() {
    return new SoFar(ran, failed, obstacle, held, true, scriptRan, wordBefore, wordReplaced);
  }

  /** Returns a copy after the override script's turn. */
  public SoFar ranScript() {
    return new SoFar(ran, failed, obstacle, held, delayStarted, true, wordBefore, wordReplaced);
  }

  /** Returns a copy with the operator's previous word. */
  public SoFar withPreviousWord(OperatorWord before) {
    return new SoFar(
        ran, failed, obstacle, held, delayStarted, scriptRan, Optional.of(before), wordReplaced);
  }

  /** Returns a copy after the operator's word was replaced, because a release failed. */
  public SoFar replacedWord() {
    return new SoFar(ran, failed, obstacle, held, delayStarted, scriptRan, wordBefore, true);
  }
}
