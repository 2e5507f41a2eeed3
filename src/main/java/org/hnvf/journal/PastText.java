package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.PastWorkflow;

/**
 * Reads a workflow of the history from its journal: the plan, and the times of its steps. A time is
 * never before the one in front of it: after the clock was set back, time stands still.
 */
final class PastText {

  /** A remark about a step, or, without a number, the beginning of the rollback or rebuild. */
  private static final Pattern REMARK =
      Pattern.compile(
          "^ {2}(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) "
              + "(?:step (\\d{1,4}) (begins|is done|fails: (.*))"
              + "|(?:undone from step|a new plan is made,) .*)$",
          Pattern.MULTILINE);

  private final JournalEntry entry;
  private final ImmutableList<PlannedStep> plan;
  private final List<PastWorkflow.Step> steps = new ArrayList<>();
  private Optional<Instant> backSince = Optional.empty();
  private Instant latest;

  private PastText(JournalEntry entry) {
    this.entry = entry;
    this.plan = PlannedStep.of(entry);
    this.latest = entry.begun();
  }

  /**
   * Returns the workflow of a journal.
   *
   * @throws UnreadableJournalException if the text is not valid
   */
  static PastWorkflow parse(String text) throws UnreadableJournalException {
    JournalText.Parsed parsed = JournalText.parsed(text);
    PastText past = new PastText(parsed.entry());
    Matcher remark = REMARK.matcher(text);
    while (remark.find()) {
      past.take(remark);
    }
    return past.workflow(parsed.ended());
  }

  private PastWorkflow workflow(Optional<Instant> ended) {
    return new PastWorkflow(
        entry.unit(),
        entry.cause(),
        entry.intent(),
        entry.begun(),
        ended.map(this::notBeforeTheLast),
        plan.size(),
        ImmutableList.copyOf(steps),
        backSince,
        entry.outcome());
  }

  private void take(Matcher remark) {
    Optional<Integer> number = Optional.ofNullable(remark.group(2)).map(Integer::valueOf);
    if (number.filter(n -> n < 1 || n > plan.size()).isPresent()) {
      return;
    }
    JournalProgress.since(entry.begun(), remark.group(1))
        .map(this::notBeforeTheLast)
        .ifPresent(at -> take(remark, number, at));
  }

  private void take(Matcher remark, Optional<Integer> number, Instant at) {
    if (number.isEmpty()) {
      backSince = backSince.or(() -> Optional.of(at));
    } else if (remark.group(3).equals("begins")) {
      steps.add(begun(number.get(), plan.get(number.get() - 1), at));
    } else if (!steps.isEmpty() && steps.get(steps.size() - 1).number() == number.get()) {
      PastWorkflow.Step step = steps.remove(steps.size() - 1);
      steps.add(ended(step, at, Optional.ofNullable(remark.group(4))));
    }
  }

  private Instant notBeforeTheLast(Instant at) {
    latest = at.isBefore(latest) ? latest : at;
    return latest;
  }

  private static PastWorkflow.Step begun(int number, PlannedStep planned, Instant at) {
    return new PastWorkflow.Step(
        number,
        planned.name(),
        StepMarks.isCutOff(planned.marked()),
        StepMarks.awaitsTraffic(planned.marked()),
        at,
        Optional.empty(),
        Optional.empty(),
        planned.commands());
  }

  private static PastWorkflow.Step ended(
      PastWorkflow.Step step, Instant at, Optional<String> failure) {
    return new PastWorkflow.Step(
        step.number(),
        step.name(),
        step.cutOff(),
        step.awaitsTraffic(),
        step.begun(),
        Optional.of(at),
        failure,
        step.commands());
  }
}
