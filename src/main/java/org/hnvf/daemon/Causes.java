package org.hnvf.daemon;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hnvf.event.DevdEvent;
import org.hnvf.model.HnUnit;
import org.hnvf.service.Hint;

/** The last event of each pair since its last reconciliation, for the log. */
final class Causes {

  private final Map<HnUnit, String> heard = new HashMap<>();

  /** Records an event of a pair; the last one counts. */
  synchronized void heard(HnUnit unit, String what) {
    heard.put(unit, what);
  }

  /** Records an event unless another one was recorded. */
  synchronized void supposed(HnUnit unit, String what) {
    heard.putIfAbsent(unit, what);
  }

  /** Returns the cause of the reconciliation that starts now. */
  synchronized String take(HnUnit unit, Hint hint) {
    return Optional.ofNullable(heard.remove(unit))
        .orElse(hint.equals(Hint.DELAY_OVER) ? "the VF's delay is over" : "a look that was due");
  }

  /** Returns the event in words. */
  static String words(DevdEvent event) {
    if (event instanceof DevdEvent.VfUp up) {
      return "VF_UP of " + up.hn();
    }
    if (event instanceof DevdEvent.VfDown down) {
      return "VF_DOWN of " + down.hn();
    }
    if (event instanceof DevdEvent.LinkUp up) {
      return "LINK_UP of " + up.name();
    }
    if (event instanceof DevdEvent.LinkDown down) {
      return "LINK_DOWN of " + down.name();
    }
    if (event instanceof DevdEvent.IfAttach attach) {
      return "IFATTACH of " + attach.name();
    }
    if (event instanceof DevdEvent.IfDetach detach) {
      return "DETACH of " + detach.name();
    }
    return event instanceof DevdEvent.Renamed renamed
        ? "RENAME of " + renamed.from() + " to " + renamed.to()
        : "an event that is not acted on";
  }
}
