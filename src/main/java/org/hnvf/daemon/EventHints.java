package org.hnvf.daemon;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.event.DevdEvent;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.service.Hint;

/** Converts an event of devd to a hint for its mailbox. */
final class EventHints {

  private final HintQueue queue;
  private final Causes causes;
  private final ManagedPairs managed;

  EventHints(HintQueue queue, Causes causes, ManagedPairs managed) {
    this.queue = queue;
    this.causes = causes;
    this.managed = managed;
  }

  /**
   * The prefixes of interfaces that software creates; scripts/event has the same list. They come
   * and go with every jail and virtual machine, and belong to no pair. lagg is not in the list.
   */
  static final ImmutableSet<String> SOFTWARE =
      ImmutableSet.of(
          "bridge", "carp", "enc", "epair", "gif", "gre", "ipfw", "ipsec", "lo", "ng", "ngeth",
          "ovpn", "pflog", "pfsync", "ppp", "stf", "tap", "tun", "usbus", "vlan", "vmnet", "vnet",
          "vxlan", "wg", "wlan");

  private static final Pattern LAGG = Pattern.compile("lagg[0-9]+");

  private static final CharMatcher DIGIT = CharMatcher.inRange('0', '9');

  /** Queues the hint; returns whether no reconciliation that it waits for is hung. */
  boolean heard(DevdEvent event, Instant now) {
    Hint hint = Hint.of(event);
    if (event instanceof DevdEvent.VfUp up) {
      return heard(up.hn(), event, hint, now);
    }
    if (event instanceof DevdEvent.VfDown down) {
      return heard(down.hn(), event, hint, now);
    }
    // An unknown interface has just attached, which is an event of its own.
    if (event instanceof DevdEvent.LinkUp up
        && (up.name().hnUnit().isPresent() || managed.knows(up.name()))) {
      return heard(up.name(), event, hint, now);
    }
    // The link of an hn goes down whenever its VF takes over.
    if (event instanceof DevdEvent.LinkDown down
        && down.name().hnUnit().isEmpty()
        && managed.knows(down.name())) {
      return heard(down.name(), event, hint, now);
    }
    if (event instanceof DevdEvent.IfAttach attach && mayBeVf(attach.name())) {
      queue.hint(attach.name(), hint);
      return queue.isLive(now);
    }
    if ((event instanceof DevdEvent.IfDetach detach && !isSoftware(detach.name()))
        || (event instanceof DevdEvent.Renamed renamed && !isSoftware(renamed.from()))) {
      queue.everything();
      return queue.isLive(now);
    }
    return true;
  }

  /**
   * Queues the hint of an interface. An hn usually has its driver's name, and then nothing needs to
   * be read to know its unit.
   */
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

  private static boolean mayBeVf(InterfaceName name) {
    return !isSoftware(name) && !LAGG.matcher(name.value()).matches();
  }

  private static boolean isSoftware(InterfaceName name) {
    int digit = DIGIT.indexIn(name.value());
    return SOFTWARE.contains(digit < 0 ? name.value() : name.value().substring(0, digit));
  }
}
