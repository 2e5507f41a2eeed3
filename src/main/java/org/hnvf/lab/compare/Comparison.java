package org.hnvf.lab.compare;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.RcConfShell;

/**
 * The stock scripts and hnvf on guests that are alike, in virtual time.
 *
 * @param results of each contender, kind, number of NICs, start and occasion
 */
public record Comparison(ImmutableList<Result> results) {

  private static final ImmutableList<Occasion> STORY =
      ImmutableList.of(
          Occasion.BRING_UP,
          Occasion.REVOKED,
          Occasion.BACK,
          Occasion.FAILOVER,
          Occasion.FAILBACK,
          Occasion.RELEASE);

  /** The numbers of NICs that are compared. */
  static final ImmutableList<Integer> NICS = ImmutableList.of(1, 8);

  /** Runs everything there is to be compared. */
  public static Comparison run(RcConfShell shell) throws HnvfException {
    ImmutableList.Builder<Result> results = ImmutableList.builder();
    for (Start start : Start.values()) {
      for (Kind kind : Kind.values()) {
        for (int nics : NICS) {
          for (Contender contender : Contender.values()) {
            results.addAll(of(contender, kind, nics, start, shell));
          }
        }
      }
    }
    return new Comparison(results.build());
  }

  /** All occasions of one contender on guests of one kind. */
  static ImmutableList<Result> of(
      Contender contender, Kind kind, int nics, Start start, RcConfShell shell)
      throws HnvfException {
    ImmutableList<Occasion> story =
        contender == Contender.STOCK
            ? STORY.stream().filter(Occasion::stockToo).collect(ImmutableList.toImmutableList())
            : STORY;
    ImmutableList.Builder<Result> results = ImmutableList.builder();
    results.addAll(new Trial(contender, kind, nics, start, shell).live(story));
    if (nics == 1) {
      // With more, what hnvf needs depends on how many of it run at once, which is not simulated.
      results.addAll(
          new Trial(contender, kind, nics, start, shell)
              .live(ImmutableList.of(Occasion.UP_BY_OTHERS)));
    }
    if (nics == 1 && start == Start.DIRECTLY) {
      results.addAll(
          new Trial(contender, kind, nics, start, shell)
              .live(ImmutableList.of(Occasion.UP_DURING_DELAY)));
    }
    return results.build();
  }

  /** Returns the goals, and whether each is reached. */
  public ImmutableList<Goal> goals() {
    return Goals.of(this);
  }

  Optional<Result> search(
      Contender contender, Kind kind, int nics, Start start, Occasion occasion) {
    return results.stream()
        .filter(r -> r.contender() == contender && r.kind() == kind && r.nics() == nics)
        .filter(r -> r.start() == start && r.occasion() == occasion)
        .findFirst();
  }

  Result find(Contender contender, Kind kind, int nics, Start start, Occasion occasion) {
    return search(contender, kind, nics, start, occasion).orElseThrow();
  }
}
