package org.hnvf.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What is being done about a pair at this moment.
 *
 * @param what the workflow, or the script, in words
 * @param since when it began
 * @param step the step that runs, where there is one
 */
public record UnderWay(String what, Instant since, Optional<Step> step) {

  /**
   * A step that runs.
   *
   * @param name what it does
   * @param number which one it is, from 1
   * @param of how many there are; 0 where the workflow is being taken back, or put right
   * @param since when it began
   */
  public record Step(String name, int number, int of, Instant since) {}
}
