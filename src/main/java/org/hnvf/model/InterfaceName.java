package org.hnvf.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a network interface that may stand in a path or an argument vector: a letter, then
 * letters, digits, {@code _} or {@code .}, 15 at most (IFNAMSIZ - 1 of net/if.h).
 *
 * <p>devd passes interface names on unchecked, hostile ones included; a name of this type has been
 * validated.
 */
public record InterfaceName(String value) implements Comparable<InterfaceName> {

  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,14}");
  private static final Pattern HN = Pattern.compile("hn(0|[1-9][0-9]{0,8})");

  /** Validates the name; a caller that passes an invalid name has a bug. */
  public InterfaceName {
    if (!ACCEPTED.matcher(value).matches()) {
      throw new IllegalArgumentException("not an interface name: " + quoted(value));
    }
  }

  /** Returns the name, or empty if it is invalid. */
  public static Optional<InterfaceName> of(String value) {
    return ACCEPTED.matcher(value).matches()
        ? Optional.of(new InterfaceName(value))
        : Optional.empty();
  }

  /**
   * Parses a name from external input.
   *
   * @throws UserException (bad data) if it is invalid
   */
  public static InterfaceName parse(String value) throws UserException {
    return of(value)
        .orElseThrow(
            () ->
                UserException.badData(
                    "not an interface name: "
                        + quoted(value)
                        + " (a letter, then letters, digits, '_' or '.', 15 at most)"));
  }

  /** The unit, where this is the name that hn(4) gives to a synthetic NIC: {@code hnN}. */
  public Optional<HnUnit> hnUnit() {
    Matcher hn = HN.matcher(value);
    return hn.matches() ? Optional.of(new HnUnit(Integer.parseInt(hn.group(1)))) : Optional.empty();
  }

  private static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    value.chars().limit(64).forEach(c -> text.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
    return text.append(value.length() > 64 ? "…\"" : "\"").toString();
  }

  @Override
  public int compareTo(InterfaceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
