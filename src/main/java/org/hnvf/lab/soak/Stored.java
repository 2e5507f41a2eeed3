package org.hnvf.lab.soak;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.journal.PairStore;
import org.hnvf.model.BackOff;
import org.hnvf.model.HnUnit;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.SystemException;

/**
 * The state that hnvf has stored of a pair.
 *
 * @param word the operator's word
 * @param held the back-off, if it applies
 */
record Stored(OperatorWord word, Optional<BackOff> held) {

  static Stored of(PairStore store, HnUnit unit) throws SystemException {
    OperatorWord word = store.word(unit);
    return new Stored(word, word.effectiveBackOff(store.backOff(unit)));
  }

  /** Whether nothing but another configuration, or the operator, ends it. */
  boolean isByCause() {
    return held.filter(b -> b.kind() == BackOff.Kind.BY_CAUSE).isPresent();
  }

  /** Whether the VF is refused; that it is asked for again from time to time changes nothing. */
  boolean isRefused() {
    return held.filter(b -> b.kind() == BackOff.Kind.REFUSED).isPresent();
  }

  /** When one of them ends by itself. */
  Stream<Instant> ends() {
    return word instanceof OperatorWord.Pinned pinned
        ? pinned.until().stream()
        : held.filter(b -> !isRefused()).flatMap(BackOff::ends).stream();
  }
}
