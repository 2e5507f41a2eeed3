package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * The result of single faults on copies of one guest.
 *
 * @param tried how many were tried
 * @param of how many there are
 * @param stranded the first after which the guest is not as hnvf promises
 */
public record FaultReport(int tried, int of, Optional<Stranding> stranded) {

  /**
   * A guest that was stranded.
   *
   * @param name the occasion and the fault
   * @param violations what is not as promised
   * @param story what happened, line by line
   */
  public record Stranding(
      String name, ImmutableList<String> violations, ImmutableList<String> story) {}

  /** Whether all were tried. */
  public boolean isWhole() {
    return tried == of;
  }
}
