package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.hnvf.lab.soak.Stranding;
import org.hnvf.model.HnvfException;

/**
 * Finds the fewest things of a capture that still strand the guest: leaves out many at a time, then
 * fewer, at last one at a time, and keeps each smaller capture that still does.
 */
final class CaptureShrinker {

  private final Trial trial;
  private final BooleanSupplier enough;
  private int tried;

  /** Builds the guest of a smaller capture and tries the same on it. */
  @FunctionalInterface
  interface Trial {

    /**
     * Returns the stranding; empty if that guest is not stranded, or if there can be no such guest.
     */
    Optional<Stranding> of(Capture smaller) throws HnvfException;
  }

  /**
   * A shrinker.
   *
   * @param enough whether to take what was found so far
   */
  CaptureShrinker(Trial trial, BooleanSupplier enough) {
    this.trial = trial;
    this.enough = enough;
  }

  /**
   * Shrinks.
   *
   * @param all what can be left out
   */
  Shrunk shrink(Capture capture, ImmutableList<Omission> all, Stranding first)
      throws HnvfException {
    Stranding best = first;
    List<Omission> kept = new ArrayList<>(all);
    boolean whole = true;
    for (int size = kept.size(); size > 0 && whole; size /= 2) {
      for (int from = kept.size() - size; from >= 0; from -= size) {
        if (enough.getAsBoolean()) {
          whole = false;
          break;
        }
        List<Omission> fewer = new ArrayList<>(kept);
        fewer.subList(from, from + size).clear();
        tried++;
        Optional<Stranding> still = trial.of(without(capture, all, fewer));
        if (still.isPresent()) {
          best = still.get();
          kept = fewer;
        }
      }
    }
    List<Omission> needed = kept;
    return new Shrunk(
        best,
        names(all.stream().filter(each -> !needed.contains(each)).toList()),
        names(needed),
        tried,
        whole);
  }

  private static Capture without(
      Capture capture, ImmutableList<Omission> all, List<Omission> kept) {
    Capture smaller = capture;
    for (Omission each : all) {
      if (!kept.contains(each)) {
        smaller = each.edit().of(smaller);
      }
    }
    return smaller;
  }

  private static ImmutableList<String> names(List<Omission> omissions) {
    return omissions.stream().map(Omission::what).collect(ImmutableList.toImmutableList());
  }
}
