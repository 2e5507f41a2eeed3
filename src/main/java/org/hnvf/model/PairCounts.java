package org.hnvf.model;

import com.google.common.collect.ImmutableList;

/**
 * The numbers of all that the history of a pair has, and of all that was deleted from it because of
 * its limits.
 *
 * @param workflows its workflows
 * @param vf how often its VF came and went
 * @param problems the parts that could not be read and are not counted, a line each
 */
public record PairCounts(WorkflowCounts workflows, VfCounts vf, ImmutableList<String> problems) {

  /** The numbers of a pair without a history. */
  public static final PairCounts NONE =
      new PairCounts(WorkflowCounts.NONE, new VfCounts(0, 0), ImmutableList.of());
}
