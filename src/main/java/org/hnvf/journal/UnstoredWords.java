package org.hnvf.journal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hnvf.model.HnUnit;
import org.hnvf.model.OperatorWord;

/**
 * What an operator has said and could not be stored. It comes before what is stored, and lives no
 * longer than this process: all that look at the same guest in it share one of these.
 */
public final class UnstoredWords {

  private final Map<HnUnit, Unstored> words = new ConcurrentHashMap<>();

  /**
   * A word.
   *
   * @param word what was said
   * @param why why it could not be stored
   */
  record Unstored(OperatorWord word, String why) {}

  Optional<Unstored> of(HnUnit unit) {
    return Optional.ofNullable(words.get(unit));
  }

  void keep(HnUnit unit, Unstored word) {
    words.put(unit, word);
  }

  void forget(HnUnit unit) {
    words.remove(unit);
  }
}
