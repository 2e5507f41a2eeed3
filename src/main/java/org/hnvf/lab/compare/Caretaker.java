package org.hnvf.lab.compare;

import org.hnvf.model.HnvfException;

/** Somebody who looks after a guest, and lets happen what happens. */
interface Caretaker {

  /** It happens to all NICs at once, and is worked on to its end. */
  void live(Occasion occasion) throws HnvfException, InterruptedException;
}
