package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.hnvf.model.HnvfException;

/**
 * Makes a case that fails as small as it can be made: fewer faults, fewer events, fewer NICs,
 * reliable events, a simpler guest, as long as a promise of the same kind is still violated. It
 * tries in a fixed order and keeps what still fails, so the same case becomes the same one.
 */
final class Shrinker {

  private final Trial trial;
  private final int mostRuns;
  private int runs;

  /** Runs a case; what it violates. */
  @FunctionalInterface
  interface Trial {
    ImmutableList<String> violated(Case smaller) throws HnvfException;
  }

  /**
   * The result.
   *
   * @param drawn the smallest failing case
   * @param runs the number of cases that were run for it
   */
  record Shrunk(Case drawn, int runs) {}

  /**
   * A shrinker.
   *
   * @param mostRuns after so many runs what was found is taken
   */
  Shrinker(Trial trial, int mostRuns) {
    this.trial = trial;
    this.mostRuns = mostRuns;
  }

  /** Shrinks a case that violates these. */
  Shrunk shrink(Case failing, ImmutableList<String> violations) throws HnvfException {
    ImmutableSet<String> kinds = kinds(violations);
    Case best = failing;
    Case before;
    do {
      before = best;
      best = fewerStrikes(best, kinds);
      best = fewerHappenings(best, kinds);
      for (UnaryOperator<Case> simpler : simplifications()) {
        best = better(best, simpler.apply(best), kinds);
      }
    } while (!best.equals(before) && runs < mostRuns);
    return new Shrunk(best, runs);
  }

  private Case fewerStrikes(Case drawn, ImmutableSet<String> kinds) throws HnvfException {
    Case best = drawn;
    for (int size = Math.max(1, drawn.faults().size() / 2); size > 0; size /= 2) {
      for (int from = best.faults().size() - size; from >= 0; from -= size) {
        best = better(best, best.with(best.script(), without(best.faults(), from, size)), kinds);
      }
    }
    return best;
  }

  /** Latest first: what comes before an event often makes it possible. */
  private Case fewerHappenings(Case drawn, ImmutableSet<String> kinds) throws HnvfException {
    Case best = drawn;
    for (int size = Math.max(1, drawn.script().size() / 2); size > 0; size /= 2) {
      for (int from = best.script().size() - size; from >= 0; from -= size) {
        best = better(best, best.with(without(best.script(), from, size), best.faults()), kinds);
      }
    }
    return best;
  }

  private static <T> ImmutableList<T> without(ImmutableList<T> all, int from, int size) {
    return IntStream.range(0, all.size())
        .filter(i -> i < from || i >= from + size)
        .mapToObj(all::get)
        .collect(ImmutableList.toImmutableList());
  }

  private Case better(Case best, Case smaller, ImmutableSet<String> kinds) throws HnvfException {
    if (smaller.equals(best) || runs >= mostRuns) {
      return best;
    }
    runs++;
    boolean fails = !Sets.intersection(kinds, kinds(trial.violated(smaller))).isEmpty();
    return fails ? smaller : best;
  }

  /** Without what differs from guest to guest: names, addresses and times. */
  static ImmutableSet<String> kinds(ImmutableList<String> violations) {
    return violations.stream()
        .map(text -> text.lines().findFirst().orElse(""))
        .map(text -> text.replaceAll("[a-z]*[0-9][0-9a-f:./]*", "#"))
        .collect(ImmutableSet.toImmutableSet());
  }

  private static ImmutableList<UnaryOperator<Case>> simplifications() {
    List<UnaryOperator<Case>> all = new ArrayList<>();
    for (int nics = 1; nics < 8; nics++) {
      int most = nics;
      all.add(drawn -> withNics(drawn, most));
    }
    all.add(drawn -> drawn.delivered(drawn.name(), drawn.delivery().of(0, 0, 0)));
    all.add(
        drawn ->
            drawn.delivered(
                drawn.name(),
                drawn.delivery().of(drawn.delivery().lost(), 0, drawn.delivery().late())));
    all.add(
        drawn ->
            drawn.delivered(
                drawn.name(),
                drawn.delivery().of(0, drawn.delivery().doubled(), drawn.delivery().late())));
    all.add(
        drawn ->
            drawn.delivered(
                drawn.name(),
                drawn.delivery().of(drawn.delivery().lost(), drawn.delivery().doubled(), 0)));
    for (SimplerGuest.Change change : SimplerGuest.CHANGES) {
      all.add(drawn -> drawn.on(SimplerGuest.of(drawn.guest(), change)));
    }
    return ImmutableList.copyOf(all);
  }

  /** A case with fewer NICs, where nothing happens to the others. */
  private static Case withNics(Case drawn, int nics) {
    boolean enough = drawn.script().stream().allMatch(scenarioEvent -> scenarioEvent.unit() < nics);
    return enough && nics < drawn.guest().nics()
        ? drawn.on(SimplerGuest.of(drawn.guest(), guest -> guest.nics = nics))
        : drawn;
  }
}
