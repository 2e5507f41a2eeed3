package org.hnvf.lab.compare;

import java.time.Duration;
import java.util.Locale;

/** How two numbers are held against each other: as a part of the first. */
final class Ratio {

  private Ratio() {}

  /** {@code 1/12.8}: the second is that part of the first; empty where there is no first. */
  static String of(double whole, double part) {
    if (whole == 0 || part == 0) {
      return whole == part ? "=" : whole == 0 ? "" : "0";
    }
    return part <= whole
        ? String.format(Locale.ROOT, "1/%.1f", whole / part)
        : String.format(Locale.ROOT, "%.1f", part / whole);
  }

  static String of(Duration whole, Duration part) {
    return of((double) whole.toNanos(), (double) part.toNanos());
  }

  /** Returns the ratio; an address that was lost for good has no length. */
  static String of(Cut whole, Cut part) {
    if (whole.lost() || part.lost()) {
      return whole.lost() == part.lost() ? "=" : part.lost() ? "lost" : "kept";
    }
    return of(whole.longest(), part.longest());
  }
}
