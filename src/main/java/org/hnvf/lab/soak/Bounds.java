package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hnvf.model.Command;
import org.hnvf.sim.Reachability;

/**
 * How long a guest may be cut off, and for what: the one place for these numbers. An outage may
 * last as long as the causes that fall into it allow together; without a cause an outage is a
 * violation.
 */
final class Bounds {

  /**
   * A workflow in which nothing fails: its few commands, of about 70 ms each here, and the second
   * after which ARP repeats a request that was lost.
   */
  static final Duration WORK = Duration.ofMillis(1_600);

  /**
   * A fault, beside the time limit of the command that it hits: the undo, up to 1.4 s of looks at
   * what should then be true, the rebuild, and looks again.
   */
  static final Duration FAULT = Duration.ofMillis(2_500);

  /**
   * A VLAN that a rollback moves back to hn, before a missing address is restored by the rebuild:
   * two commands of 70 ms.
   */
  static final Duration VLAN = Duration.ofMillis(140);

  /** From the death of hnvf until a new one has recovered the pair. */
  static final Duration RECOVERY = Duration.ofSeconds(3);

  /** From an event that comes at once until hnvf, which may be at something else, acts on it. */
  static final Duration TOLD = Duration.ofSeconds(1);

  /** From the next look at a pair until something that others did is put right. */
  static final Duration REPAIR = Duration.ofSeconds(8);

  /** A VF that is brought up without a link: how long hnvf waits for one. */
  static final Duration NO_CARRIER = Duration.ofSeconds(4);

  /** The host moves the data path: one packet at most. */
  static final Duration SWITCH = Duration.ofMillis(100);

  /**
   * How long a command that never ends may be waited for: dhclient(8) gives up by itself after 77
   * s, all others end at once.
   */
  static Duration hang(Command command) {
    boolean dhclient = command.program().endsWith("dhclient");
    return Duration.ofSeconds(dhclient ? 100 : command.program().startsWith("/") ? 60 : 15);
  }

  /**
   * A VF that loses its link when hnvf has just seen that traffic passes: dhclient(8) waits 11 s
   * for a link, rtsol(8) 10 s for a router, and only then is it looked at again.
   */
  static final Duration UNANSWERED = Duration.ofSeconds(11);

  private final List<Cause> causes = new ArrayList<>();

  /** Something that may cut a guest off, from one instant to another, and for how long. */
  record Cause(String what, Instant from, Instant to, Duration allows) {}

  /** An outage that nothing explains. */
  record Breach(Reachability.Outage outage, Duration allowed, ImmutableList<String> causes) {}

  void cause(String what, Instant from, Instant to, Duration allows) {
    causes.add(new Cause(what, from, to, allows));
  }

  /** Those that last longer than their causes allow. */
  ImmutableList<Breach> breaches(List<Reachability.Outage> outages) {
    ImmutableList.Builder<Breach> breaches = ImmutableList.builder();
    for (Reachability.Outage outage : outages) {
      Duration allowed = Duration.ZERO;
      List<String> names = new ArrayList<>();
      for (Cause cause : causes) {
        if (!cause.from().isAfter(outage.end()) && !cause.to().isBefore(outage.start())) {
          allowed = allowed.plus(cause.allows());
          names.add(cause.what());
        }
      }
      if (outage.length().compareTo(allowed) > 0) {
        breaches.add(new Breach(outage, allowed, ImmutableList.copyOf(names)));
      }
    }
    return breaches.build();
  }
}
