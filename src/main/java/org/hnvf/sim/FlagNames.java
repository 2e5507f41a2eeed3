package org.hnvf.sim;

import java.util.StringJoiner;

/** A word of flags as printf(9)'s %b shows it: {@code 8843<UP,BROADCAST>}. */
final class FlagNames {
  private final StringJoiner names = new StringJoiner(",", "<", ">");
  private int bits;

  void add(boolean set, int bit, String name) {
    if (set) {
      bits |= bit;
      names.add(name);
    }
  }

  String text() {
    return Integer.toHexString(bits) + names;
  }
}
