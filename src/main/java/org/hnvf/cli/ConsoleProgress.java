package org.hnvf.cli;

import org.hnvf.model.Action;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Step;
import org.hnvf.workflow.Progress;

/** Tells the console what is done: one line a fact. */
final class ConsoleProgress implements Progress {

  private final Console console;

  ConsoleProgress(Console console) {
    this.console = console;
  }

  @Override
  public void says(String text) {
    console.log(text);
  }

  @Override
  public void stepBegins(Step step) {
    console.log(step.name());
  }

  @Override
  public void ran(CommandResult result, boolean tolerated) {
    console.log(
        "  "
            + (result.succeeded() ? result.command().line() : result.summary())
            + (tolerated ? " (so already)" : ""));
  }

  @Override
  public void did(Action action) {
    console.log("  " + action.line());
  }

  @Override
  public void undoing(String failure) {
    console.log("failed: " + failure);
    console.log("going back");
  }

  @Override
  public void unmet(String expectation) {
    console.log("not so: " + expectation);
  }
}
