package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.PastWorkflow;

/** Reads a workflow of the history from its journal: the plan, and the times of its steps. */
final class PastText {

  private static final Pattern REMARK =
      Pattern.compile(
          "^ {2}(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) step (\\d{1,4}) (begins|is done|fails: (.*))$",
          Pattern.MULTILINE);

  private PastText() {}

  /**
   * Returns the workflow of a journal.
   *
   * @throws UnreadableJournalException if the text is not valid
   */
  static PastWorkflow parse(String text) throws UnreadableJournalException {
    JournalText.Parsed parsed = JournalText.parsed(text);
    JournalEntry entry = parsed.entry();
    ImmutableList<String> plan = JournalProgress.steps(entry);
    ImmutableList<ImmutableList<String>> commands = JournalProgress.commands(entry);
    List<PastWorkflow.Step> steps = new ArrayList<>();
    Matcher remark = REMARK.matcher(text);
    while (remark.find()) {
      int number = Integer.parseInt(remark.group(2));
      Optional<Instant> at = JournalProgress.since(entry.begun(), remark.group(1));
      if (at.isEmpty() || number < 1 || number > plan.size()) {
        continue;
      }
      if (remark.group(3).equals("begins")) {
        steps.add(begun(number, plan.get(number - 1), commands.get(number - 1), at.get()));
      } else if (!steps.isEmpty() && steps.get(steps.size() - 1).number() == number) {
        PastWorkflow.Step step = steps.remove(steps.size() - 1);
        steps.add(ended(step, at.get(), Optional.ofNullable(remark.group(4))));
      }
    }
    return new PastWorkflow(
        entry.unit(),
        entry.cause(),
        entry.intent(),
        entry.begun(),
        parsed.ended(),
        plan.size(),
        ImmutableList.copyOf(steps),
        JournalProgress.backSince(entry, text),
        entry.outcome());
  }

  private static PastWorkflow.Step begun(
      int number, String marked, ImmutableList<String> commands, Instant at) {
    return new PastWorkflow.Step(
        number,
        StepMarks.name(marked),
        StepMarks.isCutOff(marked),
        StepMarks.awaitsTraffic(marked),
        at,
        Optional.empty(),
        Optional.empty(),
        commands);
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
