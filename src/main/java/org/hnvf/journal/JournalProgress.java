package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
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

  private static final Pattern BACK =
      Pattern.compile(
          "^ {2}\\d\\d:\\d\\d:\\d\\d\\.\\d{3} (undone from step|a new plan is made,) .*$",
          Pattern.MULTILINE);

  /**
   * A workflow lasts for minutes. A time of day that is earlier by more than this is of the next
   * day.
   */
  private static final Duration HALF_A_DAY = Duration.ofHours(12);

  /** A time of day that is later by more than this is of the day before: the clock was set back. */
  private static final Duration NEARLY_A_DAY = Duration.ofHours(23);

  private JournalProgress() {}

  /** Returns the progress of an entry without an outcome. */
  static UnderWay of(JournalEntry entry, String text) {
    String what = entry.intent().words();
    if (BACK.matcher(text).find()) {
      return new UnderWay(what + ", going back", entry.begun(), Optional.empty());
    }
    ImmutableList<PlannedStep> steps = PlannedStep.of(entry);
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
      ImmutableList<PlannedStep> steps, int number, Instant since) {
    return number < 1 || number > steps.size()
        ? Optional.empty()
        : Optional.of(new UnderWay.Step(steps.get(number - 1).name(), number, steps.size(), since));
  }

  /**
   * Returns the time of a remark, which has the time of day alone; a workflow may run over
   * midnight. It is never before the beginning, although the clock may have been set back since.
   */
  static Optional<Instant> since(Instant begun, String clock) {
    try {
      Instant sameDay =
          LocalTime.parse(clock)
              .atDate(begun.atZone(ZoneOffset.UTC).toLocalDate())
              .toInstant(ZoneOffset.UTC);
      Duration after = Duration.between(begun, sameDay);
      if (after.compareTo(HALF_A_DAY.negated()) < 0) {
        return Optional.of(sameDay.plus(Duration.ofDays(1)));
      }
      boolean setBack = after.isNegative() || after.compareTo(NEARLY_A_DAY) > 0;
      return Optional.of(setBack ? begun : sameDay);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
