package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.HnUnit;
import org.hnvf.model.SystemException;
import org.hnvf.model.WorkflowCounts;

/**
 * The numbers of the workflows whose journals were deleted from the history, so that a counter does
 * not go down. A pair deletes journals of all pairs, and has a file of its own for their numbers:
 * {@code /var/db/hnvf/hnN.dropped}, which only the holder of its lock writes.
 */
final class Dropped {

  private static final Pattern NAME = Pattern.compile("hn\\d{1,10}\\.dropped");

  private final DurableFiles files;

  Dropped(DurableFiles files) {
    this.files = files;
  }

  /**
   * Deletes journals that are counted. The numbers are written first: after a power failure in
   * between, a workflow counts twice rather than not at all. On a full disk the journals must go
   * before there is room for the numbers. If the journals cannot be deleted, the previous numbers
   * are written again.
   *
   * <p>No decision depends on the numbers, so a workflow does not fail if they cannot be written.
   *
   * @param by the pair whose lock the caller holds
   * @param counts the numbers of the journals
   * @param journals deletes them
   * @throws SystemException if they cannot be deleted
   */
  void delete(HnUnit by, Map<HnUnit, WorkflowCounts> counts, Deletion journals)
      throws SystemException {
    if (counts.isEmpty()) {
      journals.run();
      return;
    }
    String path = PairStore.DIRECTORY + "/hn" + by + ".dropped";
    Optional<String> before = readable(path);
    String after = sum(before.orElse(""), counts);
    boolean written = before.isPresent() && canWrite(path, after);
    try {
      journals.run();
    } catch (SystemException e) {
      boolean unused = written && canWrite(path, before.orElse(""));
      throw e;
    }
    boolean unused = written || (before.isPresent() && canWrite(path, after));
  }

  /** Deletes files. */
  @FunctionalInterface
  interface Deletion {
    void run() throws SystemException;
  }

  private static String sum(String text, Map<HnUnit, WorkflowCounts> counts) {
    Map<HnUnit, WorkflowCounts> all = CountsText.parse(text);
    counts.forEach((unit, more) -> all.merge(unit, more, WorkflowCounts::plus));
    return CountsText.format(all);
  }

  /** Returns the text; empty if the file is there and must not be used or replaced. */
  private Optional<String> readable(String path) {
    try {
      return Optional.of(PrivateText.read(files, path).orElse(""));
    } catch (SystemException e) {
      return Optional.empty();
    }
  }

  private boolean canWrite(String path, String text) {
    try {
      files.write(path, text);
      return true;
    } catch (SystemException e) {
      return false;
    }
  }

  /**
   * Returns the numbers of a pair.
   *
   * @param problems receives a line for each file that cannot be read
   */
  WorkflowCounts of(HnUnit unit, ImmutableList.Builder<String> problems) throws SystemException {
    WorkflowCounts sum = WorkflowCounts.NONE;
    for (String name : files.list(PairStore.DIRECTORY)) {
      if (NAME.matcher(name).matches()) {
        try {
          sum =
              sum.plus(
                  CountsText.parse(
                          PrivateText.read(files, PairStore.DIRECTORY + "/" + name).orElse(""))
                      .getOrDefault(unit, WorkflowCounts.NONE));
        } catch (SystemException e) {
          problems.add(String.valueOf(e.getMessage()));
        }
      }
    }
    return sum;
  }
}
