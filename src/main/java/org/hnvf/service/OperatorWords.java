package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.exec.Timer;
import org.hnvf.journal.PairStore;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HalfDoneScript;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.SystemException;
import org.hnvf.state.PairReport;

/** Stores the operator's word of a pair. {@code failback} also ends the back-off. */
final class OperatorWords {

  private final Timer timer;
  private final PairStore store;

  OperatorWords(Timer timer, PairStore store) {
    this.timer = timer;
    this.store = store;
  }

  /** Stores the operator's word before any step. */
  Turn take(Look look, Request request) throws HnvfException {
    Look now = request.endsDelay() ? look.withDelay(timer.now()) : look;
    if (request.word() == Request.Word.RELEASE || request.word() == Request.Word.FAILBACK) {
      // The lagg of an unfinished script counts as the pair's, so that these verbs destroy it.
      now = look.halfDone().flatMap(HalfDoneScript::lagg).map(now::withOrphan).orElse(now);
    }
    if (request.word() == Request.Word.NONE) {
      return Turn.first(now);
    }
    OperatorWord word =
        switch (request.word()) {
          case FAILOVER -> new OperatorWord.Pinned(request.pin().map(timer.now()::plus));
          case RELEASE -> new OperatorWord.Released();
          case FAILBACK, NONE -> new OperatorWord.Auto();
        };
    now = store(now, word);
    if (word instanceof OperatorWord.Auto) {
      now = withoutBackOff(now);
    }
    return Turn.first(now.withWord(word)).withPreviousWord(look.word());
  }

  /** Ends the back-off. */
  Look withoutBackOff(Look look) throws SystemException {
    store.endBackOff(look.pair().unit());
    return look.withBackOff(Optional.empty());
  }

  /**
   * Stores the operator's word. If it cannot be written, PINNED and RELEASED apply while this
   * process lives, because they keep the VF down. AUTO fails: the stored word would apply again.
   */
  Look store(Look look, OperatorWord word) throws SystemException {
    HnUnit unit = look.pair().unit();
    try {
      store.word(unit, word);
    } catch (SystemException e) {
      if (word instanceof OperatorWord.Auto) {
        throw e;
      }
      store.keepUnstored(unit, word, String.valueOf(e.getMessage()));
    }
    return look.withUnstored(store.unstored(unit));
  }

  /** Adds the note that the operator's word is not stored, with its own exit status. */
  static Report noted(Request request, Report told, Look last) {
    Optional<String> why = last.unstored().filter(w -> request.word() != Request.Word.NONE);
    if (why.isEmpty()) {
      return told;
    }
    Report noted = told.noting(ImmutableList.of(PairReport.notStored(why.get())));
    return told.exitStatus() == ExitCode.OK.status()
        ? noted.exiting(ExitCode.UNSTORED.status())
        : noted;
  }
}
