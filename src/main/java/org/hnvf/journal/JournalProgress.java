package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.UnderWay;

/** The progress of a workflow, as its journal shows while another process runs it. */
final class JournalProgress {

  /**
   * The form of a step line of {@link Journal#remark}; the number is bounded so that it cannot
   * overflow.
   */
  private static final Pattern BEGINS =
      Pattern.compile(
          "^ {2}(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) step (\\d{1,4}) begins$", Pattern.MULTILINE);

  private static final Pattern STEP = Pattern.compile("(\\d{1,4}) (\\S.*)");
  private static final Pattern BACK =
      Pattern.compile(
          "^ {2}(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) (undone from step|a new plan is made,) .*$",
          Pattern.MULTILINE);

  private JournalProgress() {}

  /** Returns when the rollback or rebuild of a workflow began; empty if there was none. */
  static Optional<Instant> backSince(JournalEntry entry, String text) {
    Matcher back = BACK.matcher(text);
    return back.find() ? since(entry.begun(), back.group(1)) : Optional.empty();
  }

  /** Returns the progress of an entry without an outcome. */
  static UnderWay of(JournalEntry entry, String text) {
    String what = entry.intent().words();
    if (backSince(entry, text).isPresent()) {
      return new UnderWay(what + ", going back", entry.begun(), Optional.empty());
    }
    ImmutableList<String> steps = steps(entry);
    Optional<UnderWay.Step> last = Optional.empty();
    Matcher begins = BEGINS.matcher(text);
    while (begins.find()) {
      int number = Integer.parseInt(begins.group(2));
      Optional<Instant> since = since(entry.begun(), begins.group(1));
      last = since.flatMap(at -> step(steps, number, at));
    }
    return new UnderWay(what, entry.begun(), last);
  }

  private static Optional<UnderWay.Step> step(
      ImmutableList<String> steps, int number, Instant since) {
    return number < 1 || number > steps.size()
        ? Optional.empty()
        : Optional.of(
            new UnderWay.Step(StepMarks.name(steps.get(number - 1)), number, steps.size(), since));
  }

  /** Returns the names of the steps with their marks, in order. */
  static ImmutableList<String> steps(JournalEntry entry) {
    return entry.steps().stream()
        .map(STEP::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(2))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the commands of each step, in the order of the steps. */
  static ImmutableList<ImmutableList<String>> commands(JournalEntry entry) {
    List<ImmutableList.Builder<String>> all = new ArrayList<>();
    for (String line : entry.steps()) {
      if (STEP.matcher(line).matches()) {
        all.add(ImmutableList.builder());
      } else if (!all.isEmpty()) {
        all.get(all.size() - 1).add(line.strip());
      }
    }
    return all.stream().map(ImmutableList.Builder::build).collect(ImmutableList.toImmutableList());
  }

  /**
   * Returns the time of a remark, which has the time of day alone; a workflow may run over
   * midnight.
   */
  static Optional<Instant> since(Instant begun, String clock) {
    try {
      Instant sameDay =
          LocalTime.parse(clock)
              .atDate(begun.atZone(ZoneOffset.UTC).toLocalDate())
              .toInstant(ZoneOffset.UTC);
      boolean nextDay = sameDay.isBefore(begun.minusSeconds(1));
      return Optional.of(nextDay ? sameDay.plus(Duration.ofDays(1)) : sameDay);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
