package org.hnvf.service;

import java.util.Optional;
import org.hnvf.guest.Prepared;
import org.hnvf.model.GuestState;
import org.hnvf.model.PairState;
import org.hnvf.model.SystemException;

/**
 * What was seen of the guest while the delay of a VF ran, so that less is to be read when the VF is
 * up: then every process counts. It is used once, and only while it can be seen to hold.
 */
final class Preparation {

  private final PatientReader reader;
  private Optional<Prepared> kept = Optional.empty();

  Preparation(PatientReader reader) {
    this.reader = reader;
  }

  /**
   * What the guest shows now.
   *
   * @param counts whether time does: if not, all is read
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
      // The whole reading is tried instead, with patience, and says what is wrong.
      return Optional.empty();
    }
  }

  /** A look has ended; what it saw is kept where it leaves a VF waiting for its delay. */
  synchronized void keep(GuestState seen, Report report) {
    boolean waits =
        report.lookAgain().isPresent()
            && report.status().filter(s -> s.state() == PairState.VF_ATTACHED).isPresent();
    kept = waits ? reader.once().prepared(seen) : Optional.empty();
  }
}
