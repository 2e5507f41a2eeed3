package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Locale;

/**
 * The result of a soak.
 *
 * @param cases the number of cases
 * @param millis the run time on this machine
 * @param commands the number of commands that hnvf ran
 * @param counts how often each fault struck, each plan ran, and so on
 * @param failures the cases that failed
 */
public record SoakReport(
    long cases,
    long millis,
    long commands,
    ImmutableMap<String, Long> counts,
    ImmutableList<Failure> failures) {

  /**
   * A case that failed.
   *
   * @param name its name
   * @param violations what is not as promised
   * @param story what was drawn and what happened
   * @param shrinkingRuns how many cases were run to make it as small as it is told; 0 where it is
   *     told as it was drawn
   * @param replay the command that replays it
   */
  public record Failure(
      String name,
      ImmutableList<String> violations,
      ImmutableList<String> story,
      int shrinkingRuns,
      String replay) {}

  /** Cases a second. */
  public double perSecond() {
    return millis == 0 ? 0 : cases * 1000.0 / millis;
  }

  /** In few lines, for a person. */
  public String text() {
    StringBuilder text = new StringBuilder();
    counts.forEach((what, n) -> text.append(String.format(Locale.ROOT, "%9d  %s%n", n, what)));
    text.append(
        String.format(
            Locale.ROOT,
            "%d cases in %.1f s (%.0f a second), %d commands, %d failed%n",
            cases,
            millis / 1000.0,
            perSecond(),
            commands,
            failures.size()));
    return text.toString();
  }

  static Failure failure(Verdict verdict, CopiedGuests copies, int shrinkingRuns) {
    return new Failure(
        verdict.drawn().name(),
        verdict.violations(),
        lines(verdict),
        shrinkingRuns,
        verdict.drawn().name().startsWith("seed ")
            ? "hnvf sim soak --from " + verdict.drawn().seed() + " --seeds 1" + copies.source()
            : "hnvf sim soak --exhaustive");
  }

  static ImmutableList<String> lines(Verdict verdict) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.addAll(verdict.drawn().lines());
    lines.addAll(verdict.story());
    verdict.violations().forEach(violation -> lines.add("VIOLATED: " + violation));
    return lines.build();
  }
}
