package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * The result of a check: a condition that it found.
 *
 * @param text the fact
 * @param remedy the action of the administrator, where a command alone is not enough
 * @param commands the commands that fix it, in their order
 */
record Found(String text, Optional<String> remedy, ImmutableList<String> commands) {

  static Found of(String text, String... commands) {
    return new Found(text, Optional.empty(), ImmutableList.copyOf(commands));
  }

  Found remedy(String words) {
    return new Found(text, Optional.of(words), commands);
  }
}
