package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableSet;

/**
 * A copied guest, and what is tried on it.
 *
 * @param refused the units whose configuration hnvf refuses to move, so that their VF is never used
 * @param refusedAfterBoot the same after the guest has booted, when what was done by hand is gone
 * @param configured what rc.conf gives it; what of that is not there hnvf may add
 */
record Copy(
    CopiedGuest guest,
    ImmutableSet<Integer> refused,
    ImmutableSet<Integer> refusedAfterBoot,
    Baseline configured) {

  @Override
  public String toString() {
    String copy = "a copy of " + guest.name();
    return refused.isEmpty() ? copy : copy + ", with refused VFs of the units " + refused;
  }
}
