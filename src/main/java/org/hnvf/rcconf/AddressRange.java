package org.hnvf.rcconf;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.hnvf.model.UserException;

/**
 * Address ranges, {@code 10.0.0.10-14/24} and {@code 2001:db8::10-1f/64}, in an alias
 * (ifalias_expand_addr of network.subr, rc.conf(5)).
 */
final class AddressRange {

  /** The largest number of addresses from ranges, whatever {@code netif_ipexpand_max} says. */
  static final int MOST = 65_536;

  private static final long DEFAULT_LIMIT = 2048;

  // A value may contain a carriage return, which a dot matches only with DOTALL.
  private static final Pattern INET = Pattern.compile(".*[0-9]-[0-9].*:.*", Pattern.DOTALL);
  private static final Pattern INET6 =
      Pattern.compile(".*[0-9a-zA-Z]-[0-9a-zA-Z].*:.*", Pattern.DOTALL);
  private static final Pattern NOT_INET6 = Pattern.compile(".*--.*:.*", Pattern.DOTALL);

  private final long limit;
  private final Complaints complaints;
  private int made;

  AddressRange(RcVariables variables, Complaints complaints) {
    String given = variables.text("netif_ipexpand_max");
    this.limit = given.matches("[0-9]{1,9}") ? Long.parseLong(given) : DEFAULT_LIMIT;
    this.complaints = complaints;
  }

  /**
   * Expands the ranges of an alias.
   *
   * @param alias the words of the alias: its family, an address, and further words
   * @return the aliases; the alias itself if its address is no range, no alias if the range is not
   *     valid
   * @throws UserException if there are more than {@link #MOST} addresses
   */
  ImmutableList<ImmutableList<String>> expand(ImmutableList<String> alias) throws UserException {
    String family = alias.get(0);
    String address = alias.get(1);
    ImmutableList<String> rest = alias.subList(2, alias.size());
    return switch (family) {
      case "inet" -> inet(address, rest);
      case "inet6" -> inet6(address, rest);
      default -> ImmutableList.of(); // FreeBSD has no ranges of link-layer addresses
    };
  }

  private ImmutableList<ImmutableList<String>> inet(String address, List<String> rest)
      throws UserException {
    String extra = Words.join(rest);
    String all = address + ":" + extra;
    if (all.contains("--")) {
      return ImmutableList.of();
    }
    if (!INET.matcher(all).matches()) {
      String host = extra.contains("netmask") ? withoutLength(address) : address;
      return ImmutableList.of(made("inet", host, rest));
    }
    ImmutableList.Builder<ImmutableList<String>> aliases = ImmutableList.builder();
    for (String one : inetRange(address)) {
      aliases.addAll(inet(one, rest));
    }
    return aliases.build();
  }

  /** The first address of a range has the given prefix length, all others have /32. */
  private ImmutableList<String> inetRange(String address) throws UserException {
    int slash = address.indexOf('/');
    String host = slash < 0 ? address : address.substring(0, slash);
    String length = slash < 0 ? "32" : address.substring(address.lastIndexOf('/') + 1);
    // [ -le ] ignores a blank such as a carriage return after the number.
    ImmutableList<String> parts = ImmutableList.copyOf(host.stripTrailing().split("\\.", -1));
    int at = 0;
    while (at < parts.size() && !parts.get(at).matches("[0-9].*-[0-9].*")) {
      at++;
    }
    if (at == parts.size() || !parts.get(at).matches("[0-9]{1,9}-[0-9]{1,9}")) {
      return ImmutableList.of();
    }
    String range = parts.get(at);
    String head = String.join(".", parts.subList(0, at)) + (at > 0 ? "." : "");
    String tail =
        (at + 1 < parts.size() ? "." : "") + String.join(".", parts.subList(at + 1, parts.size()));
    String first = range.substring(0, range.indexOf('-'));
    long high = Long.parseLong(range.substring(range.indexOf('-') + 1));
    OptionalLong low = counted(first);
    if (Long.parseLong(first) > high || low.isEmpty()) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<String> addresses = ImmutableList.builder();
    addresses.add(head + first + tail + (length.isEmpty() ? "" : "/" + length));
    long last = last(address, low.getAsLong(), high);
    for (long n = low.getAsLong() + 1; n <= last; n++) {
      addresses.add(head + n + tail + "/32");
    }
    return addresses.build();
  }

  /**
   * Returns the start of the count of sh, which reads a number with a leading zero as octal; empty
   * if it is not a number.
   */
  private static OptionalLong counted(String number) {
    boolean octal = number.length() > 1 && number.startsWith("0");
    return octal && !number.matches("[0-7]+")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(number, octal ? 8 : 10));
  }

  private ImmutableList<ImmutableList<String>> inet6(String address, List<String> rest)
      throws UserException {
    String extra = Words.join(rest);
    String all = address + ":" + extra;
    if (NOT_INET6.matcher(all).matches()) {
      return ImmutableList.of();
    }
    if (!INET6.matcher(all).matches()) {
      String host = extra.contains("prefixlen") ? withoutLength(address) : address;
      return ImmutableList.of(made("inet6", host, rest));
    }
    ImmutableList.Builder<ImmutableList<String>> aliases = ImmutableList.builder();
    for (String one : inet6Range(address)) {
      aliases.addAll(inet6(one, rest));
    }
    return aliases.build();
  }

  /** All addresses of a range have the given prefix length, or /64. */
  private ImmutableList<String> inet6Range(String address) throws UserException {
    int slash = address.indexOf('/');
    String host = slash < 0 ? address : address.substring(0, slash);
    String length = slash < 0 ? "64" : address.substring(address.lastIndexOf('/') + 1);
    if (host.matches(".*:.*\\..*\\..*\\..*") || host.indexOf('-') != host.lastIndexOf('-')) {
      // FreeBSD expands an IPv4-mapped range to IPv4 aliases, which its IPv6 part then drops.
      return ImmutableList.of();
    }
    String left = host.substring(0, Math.max(host.indexOf('-'), 0));
    String right = host.substring(host.indexOf('-') + 1);
    String low = left.substring(left.lastIndexOf(':') + 1);
    // Without a colon FreeBSD removes nothing, and 1-2::5 begins with 1:0001::5.
    String head = left.contains(":") ? left.substring(0, left.lastIndexOf(':')) : left;
    int colon = right.indexOf(':');
    String high = colon < 0 ? right : right.substring(0, colon);
    String tail =
        colon < 0 || right.substring(colon + 1).equals(high) ? "" : right.substring(colon);
    if (!low.matches("[0-9a-fA-F]{1,8}") || !high.matches("[0-9a-fA-F]{1,8}")) {
      return ImmutableList.of();
    }
    long from = Long.parseLong(low, 16);
    long to = Long.parseLong(high, 16);
    ImmutableList.Builder<String> addresses = ImmutableList.builder();
    long last = last(address, from, to);
    for (long n = from; n <= last; n++) {
      addresses.add(
          String.format("%s:%04x%s%s", head, n, tail, length.isEmpty() ? "" : "/" + length));
    }
    return addresses.build();
  }

  /** Returns the last address of a range: one more than the limit, as FreeBSD counts. */
  private long last(String address, long low, long high) throws UserException {
    long last = Math.min(high, low + limit + 1);
    if (last - low >= MOST) {
      throw tooMany(address);
    }
    if (last == low + limit + 1) {
      complaints.add(
          "the range "
              + Printable.of(address)
              + " is larger than netif_ipexpand_max ("
              + limit
              + "); only its first "
              + (last - low + 1)
              + " addresses are used");
    }
    return last;
  }

  private static String withoutLength(String address) {
    return address.replaceFirst("/[0-9][^/]*$", "");
  }

  private static UserException tooMany(String address) {
    return UserException.configuration(
        "rc.conf: with the range of "
            + Printable.of(address)
            + " there are more than "
            + MOST
            + " aliases; make it smaller, or lower netif_ipexpand_max");
  }

  private ImmutableList<String> made(String family, String address, List<String> rest)
      throws UserException {
    if (++made > MOST) {
      throw tooMany(address);
    }
    return ImmutableList.<String>builder().add(family, address).addAll(rest).build();
  }
}
