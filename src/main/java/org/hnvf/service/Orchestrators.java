package org.hnvf.service;

import org.hnvf.model.Settings;

/** Creates orchestrators whose messages name their subject. */
@FunctionalInterface
public interface Orchestrators {
  /**
   * Creates an orchestrator.
   *
   * @param about the prefix of its messages, such as {@code hn0}
   */
  Orchestrator of(Settings settings, String about);
}
