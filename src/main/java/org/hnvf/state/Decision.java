package org.hnvf.state;

import java.time.Instant;
import org.hnvf.model.Intent;
import org.hnvf.model.OperatorWord;

/** The next action for a pair. */
public sealed interface Decision {

  /**
   * No action.
   *
   * @param reason the reason, for the operator
   */
  record Rest(String reason) implements Decision {}

  /** No action until this instant; then the pair is reconciled again. */
  record Wait(Instant until, String reason) implements Decision {}

  /** Starts the VF's delay. */
  record StartDelay() implements Decision {}

  /** Makes a plan for this intent, and runs it if it has steps. */
  record Act(Intent intent) implements Decision {}

  /**
   * A workflow could not start, and the guest may be cut off: makes a plan for this intent from the
   * live configuration alone, and runs it.
   */
  record PutRight(Intent intent) implements Decision {}

  /** Keeps the VF down, because a workflow could not start. */
  record HoldDown(String reason) implements Decision {}

  /** Runs the administrator's override script. */
  record RunScript() implements Decision {}

  /** Replaces the operator's word after a failed release. */
  record Replace(OperatorWord word) implements Decision {}
}
