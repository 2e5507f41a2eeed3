package org.hnvf.lab.soak;

import java.util.Optional;

/**
 * The result of single faults on copies of one guest.
 *
 * @param tried how many were tried
 * @param of how many there are
 * @param stranded the first after which the guest is not as hnvf promises
 */
public record FaultReport(int tried, int of, Optional<Stranding> stranded) {

  /** Whether all were tried. */
  public boolean isWhole() {
    return tried == of;
  }
}
