package org.hnvf.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The workflow or script that runs for a pair now.
 *
 * @param what the description of the workflow or script
 * @param since when it began
 * @param step the step that runs, where there is one
 */
public record UnderWay(String what, Instant since, Optional<Step> step) {

  /**
   * A step that runs.
   *
   * @param name its name
   * @param number its number, from 1
   * @param of the number of steps; 0 while the workflow is rolled back or repaired
   * @param since when it began
   */
  public record Step(String name, int number, int of, Instant since) {}
}
