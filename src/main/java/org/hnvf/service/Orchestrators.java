package org.hnvf.service;

import org.hnvf.model.Settings;

/** Puts an orchestrator together, whose progress is told as being about something. */
@FunctionalInterface
public interface Orchestrators {
  /**
   * An orchestrator.
   *
   * @param about what to put before what is told, such as {@code hn0}
   */
  Orchestrator of(Settings settings, String about);
}
