package org.hnvf.workflow;

import java.util.Optional;
import org.hnvf.journal.JournalEntry;
import org.hnvf.model.GuestState;
import org.hnvf.model.Intent;
import org.hnvf.model.Pair;

/**
 * What to do about a workflow that was cut short: hnvf was killed in it. It is finished where the
 * VF is still there and wanted, and else undone; after a reboot there is nothing left of it.
 */
public sealed interface Recovery {

  /** How often the same workflow is begun again before it is undone: something kills us there. */
  int FORWARD = 1;

  /**
   * Nothing is left to be done.
   *
   * @param reason why, for the journal
   */
  record Closed(String reason) implements Recovery {}

  /**
   * The pair is to be brought there.
   *
   * @param intent where
   * @param reason why, for the operator
   */
  record Resumed(Intent intent, String reason) implements Recovery {}

  /**
   * Decides.
   *
   * @param entry what the dead hnvf wrote down
   * @param guest what the guest shows
   * @param pair the pair, with the lagg that the entry knows of
   * @param vfWanted whether the VF is to be used now, as far as the operator and a hold-down go
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
   * Whether the guest was booted since. {@code kern.boottime} also moves when the clock is set, so
   * another one counts only where it is not earlier than the entry.
   */
  private static boolean rebooted(JournalEntry entry, GuestState guest) {
    return guest
        .bootTime()
        .map(boot -> !entry.boot().equals(Optional.of(boot)) && !boot.isBefore(entry.begun()))
        .orElse(false);
  }
}
