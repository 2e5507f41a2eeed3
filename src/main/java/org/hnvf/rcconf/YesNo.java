package org.hnvf.rcconf;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;

/** The words for yes and no, in any case ({@code checkyesno} of rc.subr(8)). */
final class YesNo {

  private static final ImmutableSet<String> YES = ImmutableSet.of("yes", "true", "on", "1");
  private static final ImmutableSet<String> NO = ImmutableSet.of("no", "false", "off", "0");

  private YesNo() {}

  static Optional<Boolean> of(String value) {
    String lower = Ascii.toLowerCase(value);
    if (YES.contains(lower)) {
      return Optional.of(true);
    }
    return NO.contains(lower) ? Optional.of(false) : Optional.empty();
  }
}
