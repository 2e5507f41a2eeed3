package org.hnvf.lab;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hnvf.exec.Timer;
import org.hnvf.model.Action;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Step;
import org.hnvf.workflow.Progress;

/** Tells a story as it happens: one line a fact, with the time since it began. */
final class Narrator implements Progress {

  private final Timer timer;
  private final Instant began;
  private final Consumer<StoryLine> audience;
  private final List<StoryLine> lines = new ArrayList<>();
  private Runnable before = () -> {};

  Narrator(Timer timer, Consumer<StoryLine> audience) {
    this.timer = timer;
    this.began = timer.now();
    this.audience = audience;
  }

  /** Runs this before each line, so that other sources print their lines first. */
  void before(Runnable others) {
    before = others;
  }

  void tell(String who, String text) {
    before.run();
    tell(timer.now(), who, text);
  }

  void tell(Instant at, String who, String text) {
    StoryLine line = new StoryLine(Duration.between(began, at), who, text);
    lines.add(line);
    audience.accept(line);
  }

  ImmutableList<StoryLine> lines() {
    return ImmutableList.copyOf(lines);
  }

  @Override
  public void says(String text) {
    tell("hnvf", text);
  }

  @Override
  public void stepBegins(Step step) {
    tell("hnvf", step.name() + (step.critical() ? "   [cut off]" : ""));
  }

  @Override
  public void ran(CommandResult result, boolean tolerated) {
    Command command = result.command();
    tell(
        "hnvf",
        "    "
            + (result.succeeded() ? command.line() : result.summary())
            + (tolerated ? " (so already)" : ""));
  }

  @Override
  public void did(Action action) {
    tell("hnvf", "    " + action.line());
  }

  @Override
  public void undoing(String failure) {
    tell("hnvf", "failed: " + failure);
  }

  @Override
  public void unmet(String expectation) {
    tell("hnvf", "not so: " + expectation);
  }
}
