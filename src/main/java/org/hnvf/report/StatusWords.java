package org.hnvf.report;

import org.hnvf.model.BackOff;
import org.hnvf.model.BackOff.Kind;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.model.PairStatus;
import org.hnvf.model.UnderWay;

/** The sentences of a pair's status. */
final class StatusWords {

  private static final String NOTHING = "nothing until an event comes";

  /**
   * The pause of a refusal is over: hnvf does not use the VF unless the check finds no obstacle.
   */
  private static final String RECHECK = "the next check reads the configuration again";

  private StatusWords() {}

  /** Returns the state in words. */
  static String state(PairStatus status) {
    InterfaceName hn = status.pair().hn();
    String vf = "the VF " + status.pair().vf().map(InterfaceName::value).orElse("");
    String lagg = status.pair().lagg().map(InterfaceName::value).orElse("the lagg");
    boolean attached = status.pair().vf().isPresent();
    return switch (status.state()) {
      case TRANSPARENT -> "the kernel does the failover, hnvf changes nothing";
      case SYNTHETIC -> hn + " carries its own configuration; there is no VF";
      case VF_ATTACHED -> hn + " carries the traffic; " + vf + " is attached and down";
      case VF_UP_NO_LAGG -> vf + " is up without a lagg: the guest is cut off";
      case LAGG_VF -> vf + " carries the traffic of " + lagg;
      case LAGG_SYNTHETIC ->
          hn
              + " carries the traffic of "
              + lagg
              + "; "
              + (attached ? vf + " is not used" : "there is no VF");
      case INCONSISTENT -> "not as hnvf leaves a pair";
    };
  }

  /** Returns the VF, the path that the host uses, and how often a VF came and went. */
  static String vf(PairStatus status, StatusContext context) {
    StringBuilder text = new StringBuilder(status.pair().vf().map(Object::toString).orElse("none"));
    context
        .history()
        .flatMap(past -> past.vfSince())
        .filter(at -> status.pair().vf().isPresent())
        .ifPresent(at -> text.append(" since ").append(context.past(at)));
    if (status.pair().vf().isPresent()) {
      text.append(
          status
              .receivingVf()
              .map(rx -> "; the host sends to " + rx)
              .orElse("; the host sends to " + status.pair().hn()));
    }
    context
        .history()
        .filter(past -> past.timesVfCame() > 0)
        .ifPresent(
            past ->
                text.append("; a VF came ")
                    .append(times(past.timesVfCame()))
                    .append(", went ")
                    .append(times(past.timesVfWent())));
    return text.toString();
  }

  private static String times(int number) {
    return number == 1 ? "once" : number + " times";
  }

  /** Returns the next change, and the event or time that brings it. */
  static String next(PairStatus status, StatusContext context) {
    if (status.word() instanceof OperatorWord.Pinned pinned) {
      return "the VF stays down until failback"
          + pinned.until().map(end -> ", or until " + context.future(end)).orElse("");
    }
    if (status.word() instanceof OperatorWord.Released) {
      return "nothing until failback";
    }
    if (status.delayEnds().isPresent()) {
      return "the VF is brought up at " + context.future(status.delayEnds().get());
    }
    if (status.backOff().isPresent() && !status.tryIsDue()) {
      return afterPause(status, status.backOff().get(), context);
    }
    boolean refused = status.held().filter(held -> held.kind() == Kind.REFUSED).isPresent();
    return switch (status.state()) {
      case TRANSPARENT, SYNTHETIC, LAGG_VF -> NOTHING;
      case LAGG_SYNTHETIC ->
          status.pair().vf().isEmpty() ? NOTHING : refused ? RECHECK : "the next check uses the VF";
      case VF_ATTACHED -> refused ? RECHECK : "the next check brings the VF up";
      case VF_UP_NO_LAGG, INCONSISTENT -> "the next check repairs it";
    };
  }

  private static String afterPause(PairStatus status, BackOff held, StatusContext context) {
    String end = context.future(held.nextTry());
    boolean idle = status.pair().vf().isEmpty() && status.state() != PairState.INCONSISTENT;
    return switch (held.kind()) {
      case BY_CAUSE -> "nothing until the configuration changes, or failback";
      case REFUSED ->
          idle
              ? NOTHING
              : "the configuration is checked again at "
                  + end
                  + ", when it changes, or with failback";
      case PASSING ->
          idle ? "a VF that comes is not used before " + end : "the next try is at " + end;
      case TOO_OFTEN -> "the VF is used again at " + end;
    };
  }

  /** Returns the operator's word. */
  static String word(OperatorWord word) {
    if (word instanceof OperatorWord.Pinned pinned) {
      return "PINNED" + pinned.until().map(until -> " until " + Ago.time(until)).orElse("");
    }
    return word instanceof OperatorWord.Released ? "RELEASED" : "AUTO";
  }

  /**
   * Returns the text of a back-off: each kind has its own words. One whose pause is over still
   * shows the number of failures in a row.
   */
  static String backOff(BackOff held, boolean over) {
    return switch (held.kind()) {
      case REFUSED -> "REFUSED: " + held.cause();
      case BY_CAUSE ->
          "HELD by cause (attempt "
              + held.attempts()
              + "), until the configuration changes or failback: "
              + held.cause();
      case PASSING ->
          (over ? "over" : "HELD until " + Ago.time(held.nextTry()))
              + " (attempt "
              + held.attempts()
              + "): "
              + held.cause();
      case TOO_OFTEN ->
          held.description() + (over ? ", which is over" : ", until " + Ago.time(held.nextTry()));
    };
  }

  /** Returns the workflow that runs, and its step. */
  static String underWay(UnderWay now) {
    return now.what()
        + " is under way since "
        + now.since()
        + now.step().map(step -> ": " + step(step)).orElse("");
  }

  private static String step(UnderWay.Step step) {
    String place = step.of() > 0 ? "step " + step.number() + " of " + step.of() + ", " : "";
    return place + step.name() + ", since " + step.since();
  }
}
