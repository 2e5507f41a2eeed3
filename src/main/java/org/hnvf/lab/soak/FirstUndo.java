package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.ExitCode;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Plan;
import org.hnvf.service.Report;
import org.hnvf.sim.HistoryEntry;

/**
 * The first undo of a bring-up takes the VF down: that alone brings the traffic back to hn,
 * whatever becomes of the rest.
 */
final class FirstUndo {

  private FirstUndo() {}

  /**
   * What is not so.
   *
   * @param report what came of the work
   * @param struck what went wrong in it
   * @param history the commands in it
   */
  static ImmutableList<String> violated(
      Report report, List<Trouble.Struck> struck, List<HistoryEntry> history) {
    Optional<InterfaceName> vf =
        report.plan().filter(p -> p.intent() == Intent.BOND).map(Plan::pair).flatMap(p -> p.vf());
    boolean failed =
        report.exitStatus() == ExitCode.SYSTEM.status()
            && struck.size() == 1
            && !report.failures().isEmpty()
            && report.failures().get(0).contains("`" + struck.get(0).where() + "`");
    if (vf.isEmpty() || !failed) {
      return ImmutableList.of();
    }
    Trouble.Struck fault = struck.get(0);
    ImmutableList<String> changes =
        history.stream()
            .filter(entry -> !entry.started().isBefore(fault.at()))
            .map(entry -> entry.result().command())
            .filter(command -> command.effect() == Command.Effect.CHANGES)
            .map(Command::line)
            .collect(ImmutableList.toImmutableList());
    boolean begins = fault.begun() && !changes.isEmpty() && changes.get(0).equals(fault.where());
    Optional<String> next = changes.stream().skip(begins ? 1 : 0).findFirst();
    return next.filter(("ifconfig " + vf.get() + " down")::equals).isPresent()
        ? ImmutableList.of()
        : ImmutableList.of(
            "after a failure the first that was run is "
                + next.orElse("nothing")
                + ", not ifconfig "
                + vf.get()
                + " down");
  }
}
