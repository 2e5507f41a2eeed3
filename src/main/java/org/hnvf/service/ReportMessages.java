package org.hnvf.service;

import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Plan;

/** The messages for a pair that has reached the target of an intent. */
final class ReportMessages {

  private ReportMessages() {}

  /** Returns the message for an event of a pair on which another process works. */
  static String locked(HnUnit unit) {
    return "hn"
        + unit
        + " is locked by another hnvf process, which checks it again when it has finished";
  }

  /** Returns the message if no step was necessary. */
  static String already(InterfaceName hn, Intent intent) {
    return switch (intent) {
      case USE_LAGG, TIDY -> "the configuration is in order";
      case HOLD_VF_DOWN -> hn + " carries the traffic, and a VF that comes is held down";
      case PREPARE -> "the lagg stands over " + hn;
      case RELEASE -> hn + " holds its own configuration";
    };
  }

  /** Returns the message if the plan was run and the host still sends to hn. */
  static String beforeSwitch(Plan plan) {
    return plan.pair().vf().map(InterfaceName::value).orElse("the VF")
        + " is up in "
        + plan.pair().lagg().map(InterfaceName::value).orElse("its lagg")
        + "; "
        + plan.pair().hn()
        + " carries the traffic until the host switches the data path";
  }

  /** Returns the message if the plan was run. */
  static String done(Plan plan) {
    return switch (plan.intent()) {
      case USE_LAGG ->
          plan.pair().vf().map(vf -> vf + " carries the traffic of ").orElse("repaired ")
              + plan.pair().lagg().map(InterfaceName::value).orElse(plan.pair().hn().value());
      case TIDY -> "repaired " + plan.pair().hn();
      case PREPARE ->
          plan.pair().lagg().map(InterfaceName::value).orElse("the lagg")
              + " holds the configuration over "
              + plan.pair().hn()
              + " alone; the VF joins it when its delay is over";
      case HOLD_VF_DOWN -> plan.pair().hn() + " carries the traffic; the VF is down";
      case RELEASE -> plan.pair().hn() + " holds its own configuration again";
    };
  }
}
