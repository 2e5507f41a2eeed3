package org.hnvf.state;

import java.time.Instant;
import org.hnvf.model.Intent;

/** What to do about a pair now. */
public sealed interface Decision {

  /** Nothing, for this reason. */
  record Rest(String reason) implements Decision {}

  /** A VF has been found that is down: its delay starts now. */
  record StartDelay() implements Decision {}

  /** Nothing before this moment; look again then. */
  record Wait(Instant until, String reason) implements Decision {}

  /** Plan for this intent, and run the plan if it has steps. */
  record Act(Intent intent) implements Decision {}
}
