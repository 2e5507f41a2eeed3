package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Ints;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.CarpGroup;
import org.hnvf.model.Configuration;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.Pair;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.hnvf.model.Vlan;

/**
 * The facts of a journal, collected line by line. Every name and address is checked; an unknown,
 * doubled or missing fact makes the journal invalid.
 */
final class JournalFacts {

  private static final ImmutableSet<String> ONCE =
      ImmutableSet.of(
          "unit",
          "cause",
          "boot",
          "begun",
          "attempt",
          "intent",
          "hn",
          "vf",
          "lagg",
          "lagg-stood",
          "leased",
          "lease-over",
          "default",
          "dhcp",
          "ipv6",
          "accept-rtadv",
          "duplicate-detection",
          "description",
          "fib",
          "ended",
          "outcome");

  private final Map<String, String> once = new HashMap<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final ImmutableList.Builder<InetAddressAt> inet = ImmutableList.builder();
  private final ImmutableList.Builder<Prefix> inet6 = ImmutableList.builder();
  private final ImmutableList.Builder<Route> routes = ImmutableList.builder();
  private final ImmutableList.Builder<String> groups = ImmutableList.builder();
  private final ImmutableList.Builder<Route> routes6 = ImmutableList.builder();
  private final ImmutableList.Builder<CarpGroup> carps = ImmutableList.builder();
  private final ImmutableList.Builder<BridgeMembership> bridges = ImmutableList.builder();
  private final ImmutableList.Builder<Vlan> vlans = ImmutableList.builder();

  void take(int number, String line) throws UnreadableJournalException {
    int blank = line.indexOf(' ');
    String key = blank < 0 ? line : line.substring(0, blank);
    String value = blank < 0 ? "" : line.substring(blank + 1);
    switch (key) {
      case "inet" -> inet.add(accepted(number, line, JournalText.inet(value)));
      case "inet6" ->
          inet6.add(accepted(number, line, JournalText.prefix(value).filter(Prefix::isIpv6)));
      case "group" -> groups.add(accepted(number, line, group(value)));
      case "route" -> routes.add(accepted(number, line, RouteWords.route(false, value)));
      case "vlan" -> vlans.add(accepted(number, line, VlanWords.vlan(value)));
      case "route6" -> routes6.add(accepted(number, line, RouteWords.route(true, value)));
      case "carp" -> carps.add(accepted(number, line, CarpWords.parse(value)));
      case "bridge" -> bridges.add(accepted(number, line, BridgeWords.parse(value)));
      default -> {
        if (!ONCE.contains(key) || once.putIfAbsent(key, value) != null) {
          throw new UnreadableJournalException(
              number, (ONCE.contains(key) ? "duplicate line: " : "unknown line: ") + shown(line));
        }
        lines.put(key, number);
      }
    }
  }

  JournalEntry entry(ImmutableList<String> steps) throws UnreadableJournalException {
    return new JournalEntry(
        pair(),
        required("cause", Optional::of),
        optional("boot", TimeText::parse),
        required("begun", TimeText::parse),
        required("attempt", JournalFacts::number),
        required("intent", JournalFacts::intent),
        required("lagg-stood", JournalFacts::yesNo),
        configuration(),
        steps,
        Optional.ofNullable(once.get("outcome")));
  }

  /** Returns when the workflow ended; empty while it runs. */
  Optional<Instant> ended() throws UnreadableJournalException {
    return optional("ended", TimeText::parse);
  }

  private Pair pair() throws UnreadableJournalException {
    return new Pair(
        required("unit", v -> number(v).map(HnUnit::new)),
        required("hn", JournalText::name),
        optional("vf", JournalText::name),
        optional("lagg", JournalText::name));
  }

  private Configuration configuration() throws UnreadableJournalException {
    return Configuration.builder()
        .inet(inet.build())
        .leased(optional("leased", JournalFacts::inet))
        .expiredLease(optional("lease-over", JournalFacts::inet))
        .inet6(inet6.build())
        .defaultRoute(optional("default", v -> RouteWords.route(false, v).filter(Route::isDefault)))
        .routes(routes.build())
        .routes6(routes6.build())
        .dhcp(required("dhcp", JournalFacts::yesNo))
        .ipv6(required("ipv6", JournalFacts::yesNo))
        .acceptRtadv(required("accept-rtadv", JournalFacts::yesNo))
        .duplicateDetection(required("duplicate-detection", JournalFacts::yesNo))
        .description(Optional.ofNullable(once.get("description")))
        .groups(groups.build())
        .fib(optional("fib", JournalFacts::number))
        .carps(carps.build())
        .bridges(bridges.build())
        .vlans(vlans.build())
        .build();
  }

  private <T> T required(String key, Function<String, Optional<T>> read)
      throws UnreadableJournalException {
    Optional<T> value = optional(key, read);
    if (value.isEmpty()) {
      throw new UnreadableJournalException(1, "missing line \"" + key + "\"");
    }
    return value.get();
  }

  private <T> Optional<T> optional(String key, Function<String, Optional<T>> read)
      throws UnreadableJournalException {
    String value = once.get(key);
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(accepted(lines.getOrDefault(key, 1), key + " " + value, read.apply(value)));
  }

  private static <T> T accepted(int number, String line, Optional<T> value)
      throws UnreadableJournalException {
    if (value.isEmpty()) {
      throw new UnreadableJournalException(number, "invalid line: " + shown(line));
    }
    return value.get();
  }

  private static String shown(String line) {
    String printable = line.replaceAll("[^\\x20-\\x7e]", "?");
    return "\"" + (printable.length() > 64 ? printable.substring(0, 64) + "…" : printable) + "\"";
  }

  private static Optional<Prefix> inet(String value) {
    return JournalText.prefix(value).filter(prefix -> !prefix.isIpv6());
  }

  private static Optional<Integer> number(String value) {
    return Optional.ofNullable(Ints.tryParse(value)).filter(n -> n >= 0);
  }

  /** Parses a group name: at most 15 characters, and the last one is no digit (ifconfig(8)). */
  private static Optional<String> group(String value) {
    return Optional.of(value).filter(name -> name.matches("\\S{0,14}[^\\s0-9]"));
  }

  private static Optional<Boolean> yesNo(String value) {
    return switch (value) {
      case "yes" -> Optional.of(true);
      case "no" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Intent> intent(String value) {
    return Arrays.stream(Intent.values()).filter(i -> i.name().equals(value)).findFirst();
  }
}
