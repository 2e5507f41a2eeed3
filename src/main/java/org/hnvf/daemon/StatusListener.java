package org.hnvf.daemon;

import org.hnvf.model.HnUnit;
import org.hnvf.model.PairStatus;

/**
 * Receives the status of each pair after a look. It may be used by many threads, and returns at
 * once.
 */
public interface StatusListener {

  /** A listener that does nothing. */
  StatusListener NONE =
      new StatusListener() {
        @Override
        public void seen(PairStatus status) {}

        @Override
        public void gone(HnUnit unit) {}
      };

  /** A look has ended; this is the pair's status. */
  void seen(PairStatus status);

  /** The pair is gone. */
  void gone(HnUnit unit);
}
