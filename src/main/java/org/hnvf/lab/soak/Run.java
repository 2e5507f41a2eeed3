package org.hnvf.lab.soak;

import com.google.common.base.Throwables;
import java.util.Optional;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.RcConfShell;

/** Lets one case happen, and holds the promises against what comes of it. */
final class Run {

  private final Harness harness;
  private final boolean keep;
  private int commands;
  private int fileChanges;

  private Run(Harness harness, boolean keep) {
    this.harness = harness;
    this.keep = keep;
  }

  /**
   * Lets it happen.
   *
   * @param keep whether the story is to be told
   */
  static Verdict of(Case drawn, RcConfShell shell, boolean keep) throws HnvfException {
    Run run = new Run(new Harness(drawn, shell, keep), keep);
    try {
      run.happen();
    } catch (RuntimeException e) {
      // A bug, ours or the simulated guest's: it must be told with the case that shows it.
      run.harness.stage().violated("a bug: " + Throwables.getStackTraceAsString(e));
    }
    return run.verdict();
  }

  private void happen() throws HnvfException {
    Stage stage = harness.stage();
    harness.runUntil(stage.began.plus(stage.drawn.length()));
    commands = harness.injector().commands();
    fileChanges = harness.injector().fileChanges();
    Judge judge = new Judge(harness);
    judge.settle();
    judge.judge();
  }

  private Verdict verdict() throws HnvfException {
    Stage stage = harness.stage();
    harness
        .injector()
        .struck()
        .forEach(struck -> stage.timeline.count("fault " + struck.fault().kind()));
    return new Verdict(
        stage.drawn,
        stage.timeline.lines(),
        stage.violations(),
        stage.timeline.counts(),
        commands,
        fileChanges,
        keep ? Optional.of(Scene.of(harness)) : Optional.empty());
  }
}
