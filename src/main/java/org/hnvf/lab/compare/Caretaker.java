package org.hnvf.lab.compare;

import org.hnvf.model.HnvfException;

/** Looks after a guest while events happen. */
interface Caretaker {

  /** It happens to all NICs at once, and is worked on to its end. */
  void live(Occasion occasion) throws HnvfException, InterruptedException;
}
