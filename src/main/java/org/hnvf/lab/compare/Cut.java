package org.hnvf.lab.compare;

import java.time.Duration;

/**
 * For how long packets went unanswered on one occasion.
 *
 * @param view to which address, and from where
 * @param longest the longest gap: from the first packet lost to the first one answered
 * @param total all gaps together
 * @param lost whether it was still unanswered at the end
 */
public record Cut(String view, Duration longest, Duration total, boolean lost) {

  /** Of two guests, or two NICs, the worse. */
  Cut or(Cut other) {
    boolean worse = other.lost || (!lost && other.longest.compareTo(longest) > 0);
    return worse ? other : this;
  }
}
