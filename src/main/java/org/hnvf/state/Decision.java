package org.hnvf.state;

import java.time.Instant;
import org.hnvf.model.Intent;
import org.hnvf.model.OperatorWord;

/** What to do about a pair now. */
public sealed interface Decision {

  /** Nothing, for this reason. */
  record Rest(String reason) implements Decision {}

  /** Nothing before this moment; look again then. */
  record Wait(Instant until, String reason) implements Decision {}

  /** The VF's delay starts now. */
  record StartDelay() implements Decision {}

  /** Plan for this intent, and run the plan if it has steps. */
  record Act(Intent intent) implements Decision {}

  /**
   * A workflow could not be begun, and the guest may be cut off: plan for this intent from what is
   * live alone, and run that.
   */
  record PutRight(Intent intent) implements Decision {}

  /** The VF is held down, since what was to be done could not be begun. */
  record HoldDown(String reason) implements Decision {}

  /** It is an administrator's script's turn. */
  record RunScript() implements Decision {}

  /** A release failed: the operator's word is replaced by this one. */
  record Replace(OperatorWord word) implements Decision {}
}
