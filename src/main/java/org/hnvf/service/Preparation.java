package org.hnvf.service;

import java.util.Optional;
import org.hnvf.guest.Prepared;
import org.hnvf.model.GuestState;
import org.hnvf.model.PairState;
import org.hnvf.model.SystemException;

/**
 * Keeps the snapshot that was read during a VF's delay, so that less is read when the VF is up and
 * each process prolongs the cut. It is used once, and only while it is known to be valid.
 */
final class Preparation {

  private final PatientReader reader;
  private Optional<Prepared> kept = Optional.empty();

  Preparation(PatientReader reader) {
    this.reader = reader;
  }

  /**
   * Returns a snapshot of the guest.
   *
   * @param counts whether the time matters; if not, everything is read
   */
  synchronized GuestState read(boolean counts) throws SystemException {
    Optional<GuestState> refreshed = counts ? refreshed() : Optional.empty();
    kept = Optional.empty();
    return refreshed.isPresent() ? refreshed.get() : reader.snapshot();
  }

  private Optional<GuestState> refreshed() {
    try {
      return kept.isPresent() ? reader.once().refreshed(kept.get()) : Optional.empty();
    } catch (SystemException e) {
      // The complete reading is tried instead, with repetition, and reports the fault.
      return Optional.empty();
    }
  }

  /** Keeps the snapshot of a reconciliation after which a VF waits for its delay. */
  synchronized void keep(GuestState seen, Report report) {
    boolean waits =
        report.lookAgain().isPresent()
            && report.status().filter(s -> s.state() == PairState.VF_ATTACHED).isPresent();
    kept = waits ? reader.once().prepared(seen) : Optional.empty();
  }
}
