package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.Map;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.HnUnit;
import org.hnvf.model.PairCounts;
import org.hnvf.model.SystemException;
import org.hnvf.model.VfCounts;
import org.hnvf.model.WorkflowCounts;

/**
 * Reads the numbers of the history. Each finished journal is read once, because it does not change.
 * One thread may use an instance.
 */
public final class Counts {

  private final History history;
  private final Dropped dropped;
  private final Sightings sightings;
  private final Map<String, WorkflowCounts> known = new HashMap<>();

  /** Creates a reader of the guest of {@code files}. */
  public Counts(DurableFiles files) {
    this.history = new History(files);
    this.dropped = new Dropped(files);
    this.sightings = new Sightings(files);
  }

  /** Returns the numbers of a pair. A part that cannot be read is not counted, and is named. */
  public PairCounts of(HnUnit unit) {
    ImmutableList.Builder<String> problems = ImmutableList.builder();
    WorkflowCounts workflows = WorkflowCounts.NONE;
    VfCounts vf = PairCounts.NONE.vf();
    try {
      workflows = dropped.of(unit, problems).plus(inHistory(unit, problems));
      vf = sightings.counts(unit);
    } catch (SystemException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return new PairCounts(workflows, vf, problems.build());
  }

  private WorkflowCounts inHistory(HnUnit unit, ImmutableList.Builder<String> problems)
      throws SystemException {
    ImmutableSet<String> names = ImmutableSet.copyOf(history.namesOf(unit));
    known.keySet().removeIf(name -> History.isOf(name, unit) && !names.contains(name));
    WorkflowCounts sum = WorkflowCounts.NONE;
    for (String name : names) {
      if (!known.containsKey(name)) {
        history
            .workflow(History.DIRECTORY + "/" + name, unit, problems)
            .ifPresent(past -> known.put(name, WorkflowCounts.of(past)));
      }
      sum = sum.plus(known.getOrDefault(name, WorkflowCounts.NONE));
    }
    return sum;
  }
}
