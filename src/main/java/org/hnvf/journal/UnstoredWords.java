package org.hnvf.journal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hnvf.model.HnUnit;
import org.hnvf.model.OperatorWord;

/**
 * Words of the operator that could not be stored. They take precedence over the stored ones and
 * last as long as this process; all orchestrators of the process share one instance.
 */
public final class UnstoredWords {

  private final Map<HnUnit, Unstored> words = new ConcurrentHashMap<>();

  /**
   * An unstored word.
   *
   * @param word the word
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
