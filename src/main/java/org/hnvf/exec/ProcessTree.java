package org.hnvf.exec;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** A process and its descendants. */
final class ProcessTree {

  private static final Duration PAUSE = Duration.ofMillis(5);

  private ProcessTree() {}

  /**
   * Kills the process and all its descendants, and waits at most {@code grace} until they have
   * ended.
   *
   * <p>The parent is killed first: a shell whose child is killed would continue with the next line
   * of its script. The descendants are listed while the parent lives, because the system gives them
   * another parent afterwards. The children of each process are listed again just before it is
   * killed, to include those started in the meantime.
   *
   * <p>A daemon whose parent ended earlier and whose new parent is init(8) is not in the tree and
   * lives on.
   *
   * @return the ids of the processes that have not ended
   */
  static ImmutableList<Long> kill(ProcessHandle root, Duration grace) {
    Set<ProcessHandle> known = new LinkedHashSet<>();
    known.add(root);
    root.descendants().forEach(known::add);
    ImmutableList<ProcessHandle> living = ImmutableList.copyOf(known);
    for (long left = grace.dividedBy(PAUSE); left > 0 && !living.isEmpty(); left--) {
      for (ProcessHandle process : living) {
        killWithNewChildren(process, known);
      }
      living = living(known);
      if (!living.isEmpty()) {
        Uninterruptibles.sleepUninterruptibly(PAUSE);
        living = living(known);
      }
    }
    return living.stream().map(ProcessHandle::pid).collect(toImmutableList());
  }

  private static void killWithNewChildren(ProcessHandle process, Set<ProcessHandle> known) {
    ImmutableList<ProcessHandle> children =
        process.children().filter(child -> !known.contains(child)).collect(toImmutableList());
    known.addAll(children);
    process.destroyForcibly();
    for (ProcessHandle child : children) {
      killWithNewChildren(child, known);
    }
  }

  private static ImmutableList<ProcessHandle> living(Set<ProcessHandle> processes) {
    return processes.stream().filter(ProcessTree::lives).collect(toImmutableList());
  }

  /** Returns whether the process runs; a zombie does not. */
  private static boolean lives(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
