package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.hnvf.journal.History;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnUnit;
import org.hnvf.model.SystemException;
import org.hnvf.override.HookScripts;
import org.hnvf.override.OverrideScript;
import org.hnvf.override.OwnerPolicy;

/**
 * Runs the hooks of a guest, one at a time for each pair. An outcome that comes while a hook of its
 * pair runs replaces an earlier one that waits.
 */
public final class HookRunner implements Hooks {

  /** The number of lines of a hook's output in the log, and their length. */
  private static final int LINES = 20;

  private static final int LENGTH = 200;

  /** The number of workflows in which an outcome is looked for; newer ones may have come. */
  private static final int WORKFLOWS = 5;

  private record Due(HookOccasion occasion, Duration limit) {}

  private final Machine machine;
  private final HookScripts scripts;
  private final Executor executor;
  private final HookLog log;

  /** Guards the two following fields. */
  private final Object pairs = new Object();

  private final Map<HnUnit, Due> waiting = new HashMap<>();
  private final Set<HnUnit> busy = new HashSet<>();

  /**
   * Creates it.
   *
   * @param executor runs the hooks; it must have threads that no workflow needs
   */
  public HookRunner(Machine machine, OwnerPolicy owner, Executor executor, HookLog log) {
    this.machine = machine;
    this.scripts = new HookScripts(machine.root(), machine.prefix(), owner);
    this.executor = executor;
    this.log = log;
  }

  @Override
  public void after(HookOccasion occasion, Duration limit) {
    HnUnit unit = occasion.unit();
    synchronized (pairs) {
      waiting.put(unit, new Due(occasion, limit));
      if (!busy.add(unit)) {
        return;
      }
    }
    try {
      executor.execute(() -> serve(unit));
    } catch (RejectedExecutionException e) {
      synchronized (pairs) {
        waiting.remove(unit);
        busy.remove(unit);
      }
      log.fault(unit, "the hooks were not run: the daemon stops, or too many hooks run");
    }
  }

  private void serve(HnUnit unit) {
    for (Optional<Due> due = next(unit); due.isPresent(); due = next(unit)) {
      try {
        run(due.get());
      } catch (SystemException e) {
        log.fault(unit, "the hooks were not run: " + e.getMessage());
      } catch (RuntimeException e) {
        log.fault(unit, "the hooks were not run; this is a bug of hnvf: " + e);
      }
    }
  }

  private Optional<Due> next(HnUnit unit) {
    synchronized (pairs) {
      Optional<Due> due = Optional.ofNullable(waiting.remove(unit));
      if (due.isEmpty()) {
        busy.remove(unit);
      }
      return due;
    }
  }

  private void run(Due due) throws SystemException {
    HnUnit unit = due.occasion().unit();
    ImmutableList<OverrideScript> hooks = scripts.find();
    if (hooks.isEmpty()) {
      return;
    }
    ImmutableMap<String, String> environment =
        due.occasion().environment(new History(machine.files()).read(unit, WORKFLOWS));
    Duration left = due.limit();
    for (OverrideScript hook : hooks) {
      if (hook instanceof OverrideScript.Refused refused) {
        log.fault(unit, "the hook " + refused.path() + " was not run: " + refused.reason());
      } else if (left.isNegative() || left.isZero()) {
        log.fault(
            unit,
            "the hook " + hook.path() + " was not run: the hooks before it took all of the time");
      } else {
        left = left.minus(run((OverrideScript.Accepted) hook, left, environment, unit));
      }
    }
  }

  /** Runs a hook and returns the time that it took. */
  private Duration run(
      OverrideScript.Accepted hook,
      Duration left,
      ImmutableMap<String, String> environment,
      HnUnit unit) {
    log.fact(unit, "the hook " + hook.path() + " begins");
    CommandResult result = machine.runner().run(scripts.command(hook, left, environment));
    ImmutableList<String> lines = result.shownLines();
    lines.stream().limit(LINES).forEach(line -> log.fact(unit, "  " + cut(line)));
    if (lines.size() > LINES) {
      log.fact(unit, "  the rest of its output, " + (lines.size() - LINES) + " lines, is left out");
    }
    if (!result.succeeded()) {
      log.fault(unit, "the hook " + cut(result.summary()));
    }
    return result.elapsed();
  }

  private static String cut(String line) {
    return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…";
  }
}
