package org.hnvf.control;

import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.InterfaceName;

/** A request to a daemon. The words are those of the command line. */
public sealed interface Request {

  /**
   * {@code event LINE}: answered with {@code ok} as soon as the event is queued.
   *
   * @param line the line of devd(8), not parsed yet
   */
  record Event(String line) implements Request {}

  /** {@code status [--verbose] [--color] [HN]}. */
  record Status(Optional<InterfaceName> hn, boolean json, boolean verbose, boolean colour)
      implements Request {}

  /** {@code plan HN [--verb VERB]}. */
  record Plan(InterfaceName hn, PlannedVerb verb, boolean json) implements Request {}

  /** {@code failover HN [--for TIME]}. */
  record Failover(InterfaceName hn, Optional<Duration> duration, boolean json) implements Request {}

  /** {@code failback HN}. */
  record Failback(InterfaceName hn, boolean json) implements Request {}

  /** {@code release HN}. */
  record Release(InterfaceName hn, boolean json) implements Request {}

  /** {@code vf-up HN}. */
  record VfUp(InterfaceName hn, boolean json) implements Request {}

  /** {@code vf-down HN}. */
  record VfDown(InterfaceName hn, boolean json) implements Request {}

  /** {@code attach VF}. */
  record Attach(InterfaceName vf, boolean json) implements Request {}

  /** {@code reload}: reads the configuration file again and reconciles everything. */
  record Reload() implements Request {}

  /** {@code ping}: asks whether the daemon answers. */
  record Ping() implements Request {}
}
