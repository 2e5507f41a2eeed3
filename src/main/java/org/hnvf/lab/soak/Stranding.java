package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.Strategy;

/**
 * A guest that is not as hnvf promises after an occasion.
 *
 * @param name the occasion and the fault
 * @param occasion such as a bring-up
 * @param fault the fault, if there was one
 * @param violations what is not as promised
 * @param before what the guest had before, one line for each interface
 * @param after what it has at the end
 * @param story what happened during the occasion, line by line
 */
public record Stranding(
    String name,
    String occasion,
    Strategy strategy,
    Optional<Struck> fault,
    ImmutableList<String> violations,
    ImmutableList<String> before,
    ImmutableList<String> after,
    ImmutableList<String> story) {

  /** Longer stories are not read to their end. */
  private static final int LONGEST = 80;

  /**
   * A fault.
   *
   * @param kind what went wrong
   * @param target what was counted: commands, or changes of files
   * @param place the command, or the change of a file
   */
  public record Struck(String kind, String target, String place) {}

  /**
   * Returns that of a case that violated something.
   *
   * @param verdict of a case whose story was kept
   */
  static Stranding of(String occasion, Verdict verdict) {
    Scene scene = verdict.scene().orElseThrow();
    return new Stranding(
        verdict.drawn().name(),
        occasion,
        verdict.drawn().guest().strategy(),
        scene.struck().stream()
            .findFirst()
            .map(
                struck ->
                    new Struck(
                        struck.fault().kind().name(),
                        struck.fault().target().name(),
                        struck.where())),
        verdict.violations(),
        scene.before(),
        scene.after(),
        story(scene));
  }

  /** From the occasion on; the time before prepares it. */
  private static ImmutableList<String> story(Scene scene) {
    ImmutableList<String> lines =
        scene.lines().stream()
            .filter(line -> !line.at().minus(Exhaustive.BEGINS).isNegative())
            .filter(line -> !line.text().startsWith("devd, unheard"))
            .filter(line -> !line.text().startsWith("event: "))
            .map(line -> told(line.at().minus(Exhaustive.BEGINS), line.text()))
            .collect(ImmutableList.toImmutableList());
    int more = lines.size() - LONGEST;
    return more <= 0
        ? lines
        : ImmutableList.<String>builder()
            .addAll(lines.subList(0, LONGEST))
            .add("... " + more + " more lines")
            .build();
  }

  private static String told(Duration since, String text) {
    // A scenario event tells its own time, from another beginning.
    return Words.time(since) + text.replaceFirst("^---- *[0-9.]+ +", "---- ");
  }

  /** Whether another guest was stranded in the same way. */
  boolean isLike(ImmutableList<String> other) {
    return !Sets.intersection(Shrinker.kinds(violations), Shrinker.kinds(other)).isEmpty();
  }
}
