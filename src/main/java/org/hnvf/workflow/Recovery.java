package org.hnvf.workflow;

import java.util.Optional;
import org.hnvf.journal.JournalEntry;
import org.hnvf.model.GuestState;
import org.hnvf.model.Intent;
import org.hnvf.model.Pair;

/**
 * The decision on a workflow that was interrupted because hnvf was killed. It is finished if the VF
 * is still attached and wanted, and rolled back otherwise; after a reboot nothing of it is left.
 */
public sealed interface Recovery {

  /**
   * The number of times that the same workflow is restarted before it is rolled back, because hnvf
   * may be killed in it again.
   */
  int FORWARD = 1;

  /**
   * The journal can be closed.
   *
   * @param reason the reason, for the journal
   */
  record Closed(String reason) implements Recovery {}

  /**
   * The pair must be brought to the target of an intent.
   *
   * @param intent the target
   * @param reason the reason, for the administrator
   */
  record Resumed(Intent intent, String reason) implements Recovery {}

  /**
   * Decides how to recover.
   *
   * @param entry the journal entry of the killed process
   * @param guest the snapshot of the guest
   * @param pair the pair, with the lagg of the entry
   * @param vfWanted whether the operator's word and the back-off allow the VF
   */
  static Recovery of(JournalEntry entry, GuestState guest, Pair pair, boolean vfWanted) {
    if (rebooted(entry, guest)) {
      return new Closed("the guest was booted since; rc(8) has configured it");
    }
    boolean laggStands = pair.lagg().isPresent() && guest.laggOf(pair.hn()).isPresent();
    if (entry.intent() == Intent.PREPARE) {
      return laggStands
          ? new Resumed(Intent.TIDY, "finishing the interrupted workflow, the lagg stands")
          : new Resumed(
              Intent.RELEASE,
              "rolling back the interrupted workflow, " + pair.hn() + " has no lagg");
    }
    if (entry.intent() != Intent.USE_LAGG) {
      return laggStands || !entry.laggStood()
          ? new Resumed(entry.intent(), "finishing the interrupted workflow: " + entry.intent())
          : new Resumed(Intent.RELEASE, "rebuilding " + pair.hn() + ", which has no lagg any more");
    }
    if (pair.vf().isPresent() && vfWanted && entry.attempt() <= FORWARD) {
      return laggStands || pair.lagg().isEmpty()
          ? new Resumed(
              Intent.USE_LAGG, "finishing the interrupted workflow, the VF is still there")
          : new Resumed(
              Intent.RELEASE,
              "rolling back the interrupted workflow, " + pair.hn() + " has no lagg");
    }
    return entry.laggStood() && laggStands
        ? new Resumed(Intent.HOLD_VF_DOWN, "rolling back the interrupted workflow, the lagg stays")
        : new Resumed(Intent.RELEASE, "rolling back the interrupted workflow");
  }

  /**
   * Returns whether the guest was rebooted since. {@code kern.boottime} also changes when the clock
   * is set, so a different value counts only if it is not earlier than the entry.
   */
  private static boolean rebooted(JournalEntry entry, GuestState guest) {
    return guest
        .bootTime()
        .map(boot -> !entry.boot().equals(Optional.of(boot)) && !boot.isBefore(entry.begun()))
        .orElse(false);
  }
}
