package org.hnvf.freebsd;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.InterfaceName;

/**
 * A lease file of dhclient(8), one block for each lease, the newest last, one statement per line.
 */
public final class LeaseFile {

  private static final Pattern EXPIRE =
      Pattern.compile("(?:[0-6] )?([0-9]{4}/[0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2})");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private LeaseFile() {}

  /** Returns the leases in the order of the file. An unclosed block is skipped. */
  public static ImmutableList<Lease> parse(String text) {
    ImmutableList.Builder<Lease> leases = ImmutableList.builder();
    Optional<List<String>> open = Optional.empty();
    for (String line : text.split("\n", -1)) {
      String statement = line.strip();
      if (statement.equals("lease {")) {
        open = Optional.of(new ArrayList<>());
      } else if (statement.equals("}")) {
        open.map(LeaseFile::lease).ifPresent(leases::add);
        open = Optional.empty();
      } else if (!statement.isEmpty()) {
        open.ifPresent(statements -> statements.add(withoutSemicolon(statement)));
      }
    }
    return leases.build();
  }

  /**
   * Returns the text with another interface name. Without this change, dhclient on the other
   * interface would ignore the lease and start with DHCPDISCOVER.
   */
  public static String withInterface(String text, InterfaceName from, InterfaceName to) {
    return Pattern.compile(
            "^([ \\t]*interface \")" + Pattern.quote(from.value()) + "(\";[ \\t]*)$",
            Pattern.MULTILINE)
        .matcher(text)
        .replaceAll("$1" + Matcher.quoteReplacement(to.value()) + "$2");
  }

  private static String withoutSemicolon(String statement) {
    return statement.endsWith(";") ? statement.substring(0, statement.length() - 1) : statement;
  }

  private static Lease lease(List<String> statements) {
    return new Lease(
        take(statements, "interface ", LeaseFile::quoted),
        take(statements, "fixed-address ", Addresses::parse),
        take(statements, "option subnet-mask ", Addresses::parse),
        take(statements, "option routers ", LeaseFile::addresses).orElse(ImmutableList.of()),
        take(statements, "expire ", LeaseFile::instant),
        ImmutableList.copyOf(statements));
  }

  /** Removes and returns the last statement of this kind that can be parsed, as dhclient does. */
  private static <T> Optional<T> take(
      List<String> statements, String keyword, Function<String, Optional<T>> read) {
    for (int i = statements.size() - 1; i >= 0; i--) {
      if (statements.get(i).startsWith(keyword)) {
        Optional<T> value = read.apply(statements.get(i).substring(keyword.length()).strip());
        if (value.isPresent()) {
          statements.remove(i);
          return value;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> quoted(String value) {
    return value.length() > 2 && value.startsWith("\"") && value.endsWith("\"")
        ? Optional.of(value.substring(1, value.length() - 1))
        : Optional.empty();
  }

  private static Optional<ImmutableList<InetAddress>> addresses(String value) {
    ImmutableList.Builder<InetAddress> found = ImmutableList.builder();
    for (String item : value.split(",", -1)) {
      Optional<InetAddress> address = Addresses.parse(item.strip());
      if (address.isEmpty()) {
        return Optional.empty();
      }
      found.add(address.get());
    }
    return Optional.of(found.build());
  }

  /** A date of dhclient.leases(5): the day of the week, then date and time in UTC. */
  private static Optional<Instant> instant(String value) {
    Matcher date = EXPIRE.matcher(value);
    if (!date.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(date.group(1), DATE).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException noSuchDay) {
      return Optional.empty();
    }
  }
}
