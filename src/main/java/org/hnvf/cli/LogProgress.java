package org.hnvf.cli;

import java.util.function.Consumer;
import org.hnvf.model.Action;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Step;
import org.hnvf.workflow.Progress;

/** Logs the progress of workflows: one line a fact. */
final class LogProgress implements Progress {

  private final Consumer<String> log;

  LogProgress(Consumer<String> log) {
    this.log = log;
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
