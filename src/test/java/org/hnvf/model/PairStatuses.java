package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/** Statuses of pairs for tests. */
public final class PairStatuses {

  private PairStatuses() {}

  /** Returns a pair of which only its state is known, under AUTO. */
  public static PairStatus of(Pair pair, PairState state) {
    return new PairStatus(
        pair,
        state,
        ImmutableList.of(),
        Optional.empty(),
        Optional.empty(),
        ImmutableList.of(),
        Optional.empty(),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        new OperatorWord.Auto(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }
}
