package org.hnvf.state;

import java.util.Optional;
import org.hnvf.model.Intent;
import org.hnvf.model.Wish;

/**
 * What has been done about a pair under its lock, since it was taken.
 *
 * @param ran the intent of the last workflow
 * @param failed whether that one failed
 * @param obstacle why a workflow could not be begun
 * @param held whether the pair's VF is held down for that obstacle
 * @param delayStarted whether the VF's delay was started
 * @param scriptRan whether it was an administrator's script's turn
 * @param wishBefore the wish that an operator's word has replaced
 * @param wishSet whether the wish was set for what became of a workflow
 */
public record SoFar(
    Optional<Intent> ran,
    boolean failed,
    Optional<String> obstacle,
    boolean held,
    boolean delayStarted,
    boolean scriptRan,
    Optional<Wish> wishBefore,
    boolean wishSet) {

  /** Nothing yet. */
  public static final SoFar NOTHING =
      new SoFar(
          Optional.empty(), false, Optional.empty(), false, false, false, Optional.empty(), false);

  /** A workflow has come to its end. */
  public SoFar ran(Intent intent, boolean well) {
    return new SoFar(
        Optional.of(intent), !well, obstacle, held, delayStarted, scriptRan, wishBefore, wishSet);
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
        wishBefore,
        wishSet);
  }

  /** The VF is held down. */
  public SoFar heldDown() {
    return new SoFar(ran, failed, obstacle, true, delayStarted, scriptRan, wishBefore, wishSet);
  }

  /** The VF's delay was started. */
  public SoFar startedDelay() {
    return new SoFar(ran, failed, obstacle, held, true, scriptRan, wishBefore, wishSet);
  }

  /** It was the script's turn. */
  public SoFar ranScript() {
    return new SoFar(ran, failed, obstacle, held, delayStarted, true, wishBefore, wishSet);
  }

  /** An operator's word has replaced this wish. */
  public SoFar replacing(Wish before) {
    return new SoFar(
        ran, failed, obstacle, held, delayStarted, scriptRan, Optional.of(before), wishSet);
  }

  /** The wish was set for what became of a workflow. */
  public SoFar wishing() {
    return new SoFar(ran, failed, obstacle, held, delayStarted, scriptRan, wishBefore, true);
  }
}
