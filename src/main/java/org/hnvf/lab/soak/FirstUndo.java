package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Plan;
import org.hnvf.sim.HistoryEntry;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.workflow.Outcome;
import org.hnvf.workflow.Progress;

/**
 * The first undo of a bring-up takes the VF down: that alone brings the traffic back to hn,
 * whatever becomes of the rest. It listens to the workflows of one process.
 */
final class FirstUndo implements Progress {

  private final SimulatedGuest guest;
  private final Timeline timeline;
  private final Cuts cuts;
  private final List<Undo> undos = new ArrayList<>();
  private Optional<Plan> running = Optional.empty();

  /**
   * A bring-up that is undone.
   *
   * @param next the number of the next command
   */
  private record Undo(InterfaceName vf, String failure, int next) {}

  FirstUndo(SimulatedGuest guest, Timeline timeline, Cuts cuts) {
    this.cuts = cuts;
    this.guest = guest;
    this.timeline = timeline;
  }

  @Override
  public void planBegins(Plan plan) {
    running = Optional.of(plan);
    timeline.count("plan " + plan.intent());
  }

  @Override
  public void undoing(String failure) {
    running
        .filter(plan -> plan.intent() == Intent.USE_LAGG)
        .flatMap(plan -> plan.pair().vf())
        .ifPresent(vf -> undos.add(new Undo(vf, failure, guest.commandsSoFar())));
  }

  @Override
  public void planEnded(Outcome outcome) {
    running.ifPresent(plan -> cuts.ended(plan, outcome));
  }

  /**
   * Returns the violations of the last workflow.
   *
   * @param struck the faults in it
   * @param history the commands in it
   */
  ImmutableList<String> violated(List<FaultInjector.Struck> struck, List<HistoryEntry> history) {
    ImmutableList<String> violated =
        undos.stream()
            .filter(undo -> struck.size() == 1)
            .filter(undo -> undo.failure().contains("`" + struck.get(0).where() + "`"))
            .flatMap(undo -> violated(undo, history).stream())
            .collect(ImmutableList.toImmutableList());
    undos.clear();
    return violated;
  }

  private static Optional<String> violated(Undo undo, List<HistoryEntry> history) {
    String first =
        history.stream()
            .filter(entry -> entry.number() >= undo.next())
            .map(entry -> entry.result().command())
            .filter(command -> command.effect() == Command.Effect.CHANGES)
            .map(Command::line)
            .findFirst()
            .orElse("nothing");
    String down = "ifconfig " + undo.vf() + " down";
    return first.equals(down)
        ? Optional.empty()
        : Optional.of("after a failure the first that was run is " + first + ", not " + down);
  }
}
