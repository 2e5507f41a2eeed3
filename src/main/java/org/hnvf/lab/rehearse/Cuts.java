package org.hnvf.lab.rehearse;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.hnvf.lab.soak.Played;
import org.hnvf.report.Table;
import org.hnvf.sim.SimulatedGuest;

/** Shows how long each address did not answer. */
final class Cuts {

  static final double NANOS_OF_A_MILLISECOND = 1e6;

  private Cuts() {}

  static String text(Rehearsal.Outcome outcome) {
    Optional<Duration> process = outcome.process();
    Table table =
        process.isPresent()
            ? new Table("OCCASION", "STRATEGY", "ADDRESS", "PROCESSES", "CUT", "HERE")
            : new Table("OCCASION", "STRATEGY", "ADDRESS", "PROCESSES", "CUT");
    for (Played each : outcome.played()) {
      for (Played.AddressCut cut : each.cuts()) {
        row(table, each, cut, process);
      }
    }
    return "How long each address did not answer. CUT is in the virtual time of the simulated"
        + " guest, in which an empty process takes "
        + SimulatedGuest.emptyProcess().toMillis()
        + " ms.\n"
        + process.map(Cuts::measured).orElse("")
        + table;
  }

  private static void row(
      Table table, Played played, Played.AddressCut cut, Optional<Duration> process) {
    String occasion = played.occasion();
    String strategy = played.strategy().text();
    String processes = Integer.toString(cut.processes());
    String virtual = cut.lost() ? "lost" : cut.millis() + " ms";
    if (process.isEmpty()) {
      table.row(occasion, strategy, cut.address(), processes, virtual);
    } else {
      String here = cut.lost() ? "lost" : here(cut, process.get()) + " ms";
      table.row(occasion, strategy, cut.address(), processes, virtual, here);
    }
  }

  private static String measured(Duration process) {
    return String.format(
        Locale.ROOT,
        "HERE is the same with %.1f ms, the median of %d starts of sh on this machine.%n",
        process.toNanos() / NANOS_OF_A_MILLISECOND,
        ProcessCost.COUNTED);
  }

  /**
   * Returns the milliseconds of a cut with processes that take another time. The rest of it, such
   * as the boot or the wait for a link, stays.
   */
  static long here(Played.AddressCut cut, Duration process) {
    Duration others =
        Duration.ofMillis(cut.millis())
            .minus(SimulatedGuest.emptyProcess().multipliedBy(cut.processes()));
    Duration rest = others.isNegative() ? Duration.ZERO : others;
    return cut.millis() == 0 ? 0 : rest.plus(process.multipliedBy(cut.processes())).toMillis();
  }
}
