package org.hnvf.model;

import com.google.common.collect.ImmutableList;

/**
 * A word of flags as ifconfig(8) prints it: {@code 8843<UP,BROADCAST>}. Unknown names are kept.
 *
 * @param bits the number in front, hexadecimal in the text
 * @param names the names in the brackets, in their order
 */
public record FlagWord(long bits, ImmutableList<String> names) {

  /** No flag at all. */
  public static final FlagWord NONE = new FlagWord(0, ImmutableList.of());

  /** Whether the flag of this name is set. */
  public boolean has(String name) {
    return names.contains(name);
  }

  @Override
  public String toString() {
    return Long.toHexString(bits) + "<" + String.join(",", names) + ">";
  }
}
