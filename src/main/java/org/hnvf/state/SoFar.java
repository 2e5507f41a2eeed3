package org.hnvf.state;

import java.util.Optional;
import org.hnvf.model.Intent;
import org.hnvf.model.OperatorWord;

/**
 * What has been done about a pair under its lock, since it was taken.
 *
 * @param ran the intent of the last workflow
 * @param failed whether that one failed
 * @param obstacle why a workflow could not be begun
 * @param held whether the pair's VF is held down for that obstacle
 * @param delayStarted whether the VF's delay was started
 * @param scriptRan whether it was an administrator's script's turn
 * @param wordBefore what the operator had said before the verb that is being done
 * @param wordReplaced whether the operator's word was replaced, since a release failed
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

  /** Nothing yet. */
  public static final SoFar NOTHING =
      new SoFar(
          Optional.empty(), false, Optional.empty(), false, false, false, Optional.empty(), false);

  /** A workflow has come to its end. */
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

  /** A workflow, or the VF's delay, could not be begun, for this reason. */
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

  /** The VF is held down. */
  public SoFar heldDown() {
    return new SoFar(
        ran, failed, obstacle, true, delayStarted, scriptRan, wordBefore, wordReplaced);
  }

  /** The VF's delay was started. */
  public SoFar startedDelay() {
    return new SoFar(ran, failed, obstacle, held, true, scriptRan, wordBefore, wordReplaced);
  }

  /** It was the script's turn. */
  public SoFar ranScript() {
    return new SoFar(ran, failed, obstacle, held, delayStarted, true, wordBefore, wordReplaced);
  }

  /** The operator had said this before. */
  public SoFar after(OperatorWord before) {
    return new SoFar(
        ran, failed, obstacle, held, delayStarted, scriptRan, Optional.of(before), wordReplaced);
  }

  /** The operator's word was replaced, since a release failed. */
  public SoFar replacedWord() {
    return new SoFar(ran, failed, obstacle, held, delayStarted, scriptRan, wordBefore, true);
  }
}
