package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hnvf.lab.soak.Played;
import org.hnvf.report.Table;
import org.hnvf.sim.SimulatedGuest;

/** Shows how long each address did not answer; addresses with equal times share a row. */
final class Cuts {

  static final double NANOS_OF_A_MILLISECOND = 1e6;

  private static final int MOST_ADDRESSES = 3;

  private Cuts() {}

  static String text(Rehearsal.Outcome outcome) {
    Optional<Duration> process = outcome.process();
    Table table =
        process.isPresent()
            ? new Table("OCCASION", "STRATEGY", "PROCESSES", "CUT", "HERE", "ADDRESSES")
            : new Table("OCCASION", "STRATEGY", "PROCESSES", "CUT", "ADDRESSES");
    for (Played each : outcome.played()) {
      Map<ImmutableList<String>, List<String>> rows = new LinkedHashMap<>();
      for (Played.AddressCut cut : each.cuts()) {
        rows.computeIfAbsent(cells(each, cut, process), row -> new ArrayList<>())
            .add(cut.address());
      }
      rows.forEach((row, addresses) -> table.row(withAddresses(row, addresses)));
    }
    return "How long each address did not answer. CUT is in the virtual time of the simulated"
        + " guest, in which an empty process takes "
        + SimulatedGuest.emptyProcess().toMillis()
        + " ms.\n"
        + process.map(Cuts::measured).orElse("")
        + table;
  }

  private static ImmutableList<String> cells(
      Played played, Played.AddressCut cut, Optional<Duration> process) {
    ImmutableList.Builder<String> cells = ImmutableList.builder();
    cells.add(played.occasion(), played.strategy().text(), Integer.toString(cut.processes()));
    cells.add(cut.lost() ? "lost" : cut.millis() + " ms");
    process.ifPresent(time -> cells.add(cut.lost() ? "lost" : here(cut, time) + " ms"));
    return cells.build();
  }

  private static String[] withAddresses(ImmutableList<String> row, List<String> addresses) {
    return ImmutableList.<String>builder()
        .addAll(row)
        .add(few(addresses))
        .build()
        .toArray(String[]::new);
  }

  private static String few(List<String> addresses) {
    int more = addresses.size() - MOST_ADDRESSES;
    return more > 1
        ? String.join(", ", addresses.subList(0, MOST_ADDRESSES)) + " and " + more + " more"
        : String.join(", ", addresses);
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
