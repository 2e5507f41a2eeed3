package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.OperatorWord;

/**
 * The operator's last word for each unit that hnvf acknowledged: no timer, event or restart may
 * change it.
 */
final class OperatorWords {

  private final List<Optional<OperatorWord>> said = new ArrayList<>();

  OperatorWords(int units) {
    for (int i = 0; i < units; i++) {
      said.add(Optional.of(new OperatorWord.Auto()));
    }
  }

  /** Marks the word as unknown until the verb is answered. */
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

  /** Returns the deviations from the operator's word. */
  ImmutableList<String> violated(int unit, OperatorWord stored, Instant now) {
    Optional<OperatorWord> should = said.get(unit).map(word -> effective(word, now));
    boolean same =
        should.isEmpty() || should.get().getClass().equals(effective(stored, now).getClass());
    return same
        ? ImmutableList.of()
        : ImmutableList.of(
            "hn" + unit + "'s stored word is " + stored + ", the operator said " + should.get());
  }

  /** Returns the current meaning of the word: a pin whose time is over is AUTO. */
  private static OperatorWord effective(OperatorWord word, Instant now) {
    return word instanceof OperatorWord.Pinned pinned && pinned.isOver(now)
        ? new OperatorWord.Auto()
        : word;
  }
}
