package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.OperatorWord;

/**
 * What the operator last said of each unit, as far as hnvf answered that it is done: no timer, no
 * event and no restart may change that.
 */
final class OperatorWords {

  private final List<Optional<OperatorWord>> said = new ArrayList<>();

  OperatorWords(int units) {
    for (int i = 0; i < units; i++) {
      said.add(Optional.of(new OperatorWord.Auto()));
    }
  }

  /** A verb is being given; until it is answered nobody knows. */
  void unknown(int unit) {
    said.set(unit, Optional.empty());
  }

  /** A verb was answered with success. */
  void said(ScenarioEvent.ByOperator operator, Instant now) {
    OperatorWord word =
        switch (operator.verb()) {
          case FAILOVER -> new OperatorWord.Pinned(operator.time().map(now::plus));
          case FAILBACK -> new OperatorWord.Auto();
          case RELEASE -> new OperatorWord.Released();
        };
    said.set(operator.unit(), Optional.of(word));
  }

  /** What is not as the operator said. */
  ImmutableList<String> violated(int unit, OperatorWord stored, Instant now) {
    Optional<OperatorWord> should = said.get(unit).map(word -> effective(word, now));
    boolean same =
        should.isEmpty() || should.get().getClass().equals(effective(stored, now).getClass());
    return same
        ? ImmutableList.of()
        : ImmutableList.of(
            "hn" + unit + "'s stored word is " + stored + ", the operator said " + should.get());
  }

  /** What the word means now: a pin whose time is over is AUTO. */
  private static OperatorWord effective(OperatorWord word, Instant now) {
    return word instanceof OperatorWord.Pinned pinned && pinned.isOver(now)
        ? new OperatorWord.Auto()
        : word;
  }
}
