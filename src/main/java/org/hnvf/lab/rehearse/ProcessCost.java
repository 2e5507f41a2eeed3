package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.Timer;
import org.hnvf.model.Command;

/** Measures the time of a process that does nothing on this machine. */
final class ProcessCost {

  /** The first starts are slower: nothing of the program is in memory yet. */
  private static final int UNCOUNTED = 3;

  static final int COUNTED = 11;

  /** A shell, as in the costs of the simulated guest. */
  private static final Command NOTHING = Command.reading(Duration.ofSeconds(10), "sh", "-c", ":");

  private ProcessCost() {}

  /**
   * Returns the median of some starts; empty if one of them fails.
   *
   * @param host runs the processes on this machine
   */
  static Optional<Duration> measured(CommandRunner host, Timer clock) {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < UNCOUNTED + COUNTED; i++) {
      var began = clock.now();
      if (!host.run(NOTHING).succeeded()) {
        return Optional.empty();
      }
      times.add(Duration.between(began, clock.now()));
    }
    ImmutableList<Duration> counted =
        times.stream().skip(UNCOUNTED).sorted().collect(ImmutableList.toImmutableList());
    return Optional.of(counted.get(COUNTED / 2));
  }
}
