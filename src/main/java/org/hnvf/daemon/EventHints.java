package org.hnvf.daemon;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.event.DevdEvent;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.service.Hint;

/** Makes a hint of an event of devd, for the mailbox that it belongs to. */
final class EventHints {

  private final HintQueue queue;
  private final Causes causes;

  EventHints(HintQueue queue, Causes causes) {
    this.queue = queue;
    this.causes = causes;
  }

  /** Queues the hint; whether no look that it waits for is stuck. */
  boolean heard(DevdEvent event, Instant now) {
    Hint hint = Hint.of(event);
    if (event instanceof DevdEvent.VfUp up) {
      return heard(up.hn(), event, hint, now);
    }
    if (event instanceof DevdEvent.VfDown down) {
      return heard(down.hn(), event, hint, now);
    }
    if (event instanceof DevdEvent.LinkUp up) {
      return heard(up.name(), event, hint, now);
    }
    if (event instanceof DevdEvent.LinkDown down) {
      return heard(down.name(), event, hint, now);
    }
    boolean live = queue.isLive(now);
    if (event instanceof DevdEvent.IfAttach attach) {
      queue.hint(attach.name(), hint);
      return live;
    }
    if (event instanceof DevdEvent.IfDetach || event instanceof DevdEvent.Renamed) {
      queue.everything();
      return live;
    }
    return true;
  }

  /** An hn has its driver's name nearly always: then nothing needs to be read to know its unit. */
  private boolean heard(InterfaceName name, DevdEvent event, Hint hint, Instant now) {
    Optional<HnUnit> unit = name.hnUnit();
    if (unit.isPresent()) {
      causes.heard(unit.get(), Causes.words(event));
      queue.hint(unit.get(), hint);
      return queue.isLive(unit.get(), now);
    }
    queue.hint(name, hint);
    return queue.isLive(now);
  }
}
