package org.hnvf.cli;

import java.time.Duration;
import java.util.function.Consumer;
import org.hnvf.model.Action;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Pair;
import org.hnvf.model.Step;
import org.hnvf.report.EscapeSequences;
import org.hnvf.workflow.Progress;

/** Logs the progress of workflows: one line a fact. */
public final class LogProgress implements Progress {

  private final Consumer<String> log;
  private final Consumer<String> terminal;

  /** Whether an override script runs, whose output is logged. */
  private boolean inScript;

  /**
   * Creates it.
   *
   * @param log receives lines
   * @param terminal receives text that is shown unchanged, on a terminal only
   */
  public LogProgress(Consumer<String> log, Consumer<String> terminal) {
    this.log = log;
    this.terminal = terminal;
  }

  /** A delay counts down. */
  @Override
  public void waits(Duration left) {
    terminal.accept(
        left.isZero()
            ? EscapeSequences.CLEAR_LINE
            : EscapeSequences.CLEAR_LINE + left.plusMillis(999).toSeconds() + " s left");
  }

  @Override
  public void says(String text) {
    log.accept(text);
  }

  @Override
  public void stepBegins(Step step) {
    log.accept(step.name());
  }

  @Override
  public void ran(CommandResult result, boolean tolerated) {
    log.accept(
        "  "
            + (result.succeeded() ? result.command().line() : result.summary())
            + (tolerated ? " (so already)" : ""));
    if (inScript) {
      result.shownLines().forEach(line -> log.accept("    " + line));
    }
  }

  @Override
  public void scriptBegins(Pair pair, String path) {
    inScript = true;
  }

  @Override
  public void scriptEnded() {
    inScript = false;
  }

  @Override
  public void did(Action action) {
    log.accept("  " + action.line());
  }

  @Override
  public void undoing(String failure) {
    log.accept("failed: " + failure);
    log.accept("going back");
  }

  @Override
  public void unmet(String expectation) {
    log.accept("not so: " + expectation);
  }
}
