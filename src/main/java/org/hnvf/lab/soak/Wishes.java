package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Wish;

/**
 * What the operator last said of each unit, as far as hnvf answered that it is done: no timer, no
 * event and no restart may change that.
 */
final class Wishes {

  private final List<Optional<Wish>> said = new ArrayList<>();

  Wishes(int units) {
    for (int i = 0; i < units; i++) {
      said.add(Optional.of(new Wish.Auto()));
    }
  }

  /** A verb is being given; until it is answered nobody knows. */
  void unknown(int unit) {
    said.set(unit, Optional.empty());
  }

  /** A verb was answered with success. */
  void said(Happening.ByOperator operator, Instant now) {
    Wish wish =
        switch (operator.verb()) {
          case FAILOVER -> new Wish.Pinned(operator.time().map(now::plus));
          case FAILBACK -> new Wish.Auto();
          case RELEASE -> new Wish.Released();
        };
    said.set(operator.unit(), Optional.of(wish));
  }

  /** What is not as the operator said. */
  ImmutableList<String> violated(int unit, Wish stored, Instant now) {
    Optional<Wish> should = said.get(unit).map(wish -> effective(wish, now));
    boolean held =
        stored instanceof Wish.Held && should.map(Wish.Auto.class::isInstance).orElse(true);
    boolean same =
        should.isEmpty()
            || held
            || should.get().getClass().equals(effective(stored, now).getClass());
    return same
        ? ImmutableList.of()
        : ImmutableList.of(
            "hn" + unit + " is wished " + stored + ", the operator said " + should.get());
  }

  /** What a wish means now: one that has ended means nothing. */
  Wish effective(Wish wish, Instant now) {
    boolean over =
        wish instanceof Wish.Pinned pinned
            && pinned.until().map(until -> !now.isBefore(until)).orElse(false);
    return over ? new Wish.Auto() : wish;
  }
}
