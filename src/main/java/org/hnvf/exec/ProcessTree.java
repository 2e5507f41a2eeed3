package org.hnvf.exec;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** A process and everything that it started and that still belongs to it. */
final class ProcessTree {

  private static final Duration PAUSE = Duration.ofMillis(5);

  private ProcessTree() {}

  /**
   * Kills the process and all its descendants, and waits until they are gone, but not for longer
   * than {@code grace}.
   *
   * <p>The parent goes first: a shell whose child is killed under it would go on with the next line
   * of its script. The descendants are listed while it lives; what is killed afterwards was listed
   * before, so it does not matter that the system has given it another parent by then. Each one's
   * children are listed once more just before it is killed, for those that came in between.
   *
   * <p>A daemon that left the tree before, its parent ended and its new parent init(8), is none of
   * it, and lives.
   *
   * @return the ids of those that have not gone
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

  /** A zombie, which only waits for its parent to look at it, has no program any more. */
  private static boolean lives(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
