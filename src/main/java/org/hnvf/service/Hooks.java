package org.hnvf.service;

import java.time.Duration;

/** Receives the outcomes of workflows, each after the lock of its pair was released. */
@FunctionalInterface
public interface Hooks {

  /** Runs nothing. */
  Hooks NONE = (occasion, limit) -> {};

  /**
   * Runs the hooks after an outcome, or makes another thread run them. It throws nothing.
   *
   * @param occasion the outcome
   * @param limit the time for all hooks after this outcome
   */
  void after(HookOccasion occasion, Duration limit);
}
