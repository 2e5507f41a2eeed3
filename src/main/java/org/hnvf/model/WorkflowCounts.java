package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of the workflows of a pair.
 *
 * @param endings the number of workflows with each outcome; an absent one is 0
 * @param cutOffs the number of workflows whose cut-off is at most the bound of the same index and
 *     above the previous one; the last number has no bound
 * @param cutOff all cut-offs together
 */
public record WorkflowCounts(
    ImmutableMap<Ending, Long> endings, ImmutableList<Long> cutOffs, Duration cutOff) {

  /** The bounds of the groups of cut-offs, in order. */
  public static final ImmutableList<Duration> BOUNDS =
      ImmutableList.of(
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1));

  /** No workflow. */
  public static final WorkflowCounts NONE =
      new WorkflowCounts(
          ImmutableMap.of(),
          ImmutableList.copyOf(Collections.nCopies(BOUNDS.size() + 1, 0L)),
          Duration.ZERO);

  /** Returns the numbers of one workflow; none if it has not ended. */
  public static WorkflowCounts of(PastWorkflow past) {
    if (past.ending() == Ending.UNFINISHED) {
      return NONE;
    }
    List<Long> groups = new ArrayList<>(NONE.cutOffs);
    Optional<Duration> cut = past.cutOff();
    cut.ifPresent(time -> groups.set(group(time), 1L));
    return new WorkflowCounts(
        ImmutableMap.of(past.ending(), 1L),
        ImmutableList.copyOf(groups),
        cut.orElse(Duration.ZERO));
  }

  private static int group(Duration cut) {
    int group = 0;
    while (group < BOUNDS.size() && cut.compareTo(BOUNDS.get(group)) > 0) {
      group++;
    }
    return group;
  }

  /** Returns the sum. */
  public WorkflowCounts plus(WorkflowCounts other) {
    Map<Ending, Long> sum = new EnumMap<>(Ending.class);
    sum.putAll(endings);
    other.endings.forEach((ending, number) -> sum.merge(ending, number, Long::sum));
    ImmutableList.Builder<Long> groups = ImmutableList.builder();
    for (int i = 0; i < cutOffs.size(); i++) {
      groups.add(cutOffs.get(i) + other.cutOffs.get(i));
    }
    return new WorkflowCounts(ImmutableMap.copyOf(sum), groups.build(), cutOff.plus(other.cutOff));
  }
}
