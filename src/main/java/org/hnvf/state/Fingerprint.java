package org.hnvf.state;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.Pair;
import org.hnvf.model.Route;

/**
 * By what it is told whether the configuration of a pair is still the same: what belongs to the
 * pair, and what rc.conf says of it, in a few letters. Nothing that changes by itself is in it: no
 * lease, no counter, no order, no name of a VF, and not whether hn or its lagg has it all. So it
 * outlives a reboot, a new lease, and a VF that comes under another name.
 */
public final class Fingerprint {

  /** Where it cannot be told, since rc.conf cannot be read now. */
  public static final String UNKNOWN = "unknown";

  private static final int LETTERS = 16;
  private static final Pattern ZONE = Pattern.compile("%[\\w.]+");

  private Fingerprint() {}

  /**
   * The fingerprint.
   *
   * @param more what else a try depends on
   */
  public static String of(
      Pair pair, GuestConfig rc, Configuration configuration, Collection<String> more) {
    List<String> lines = new ArrayList<>(more);
    lines.add(rc.toString());
    lines.addAll(lines(configuration));
    String text = Cause.withRoles(String.join("\n", lines), pair);
    return Hashing.sha256()
        .hashString(text, StandardCharsets.UTF_8)
        .toString()
        .substring(0, LETTERS);
  }

  /** What a DHCP server gave may be another tomorrow, and is none yet when the guest boots. */
  private static Collection<String> lines(Configuration configuration) {
    Configuration conf = configuration.dhcp() ? configuration.withoutLease() : configuration;
    Stream<String> addresses =
        Stream.concat(
            conf.inet().stream().map(Object::toString),
            conf.inet6().stream().map(Object::toString));
    Stream<String> routes =
        Stream.of(conf.defaultRoute().stream(), conf.routes().stream(), conf.routes6().stream())
            .flatMap(some -> some)
            .map(Fingerprint::words);
    // What has no order of its own, or comes by itself, is left out of the rest.
    String rest =
        conf.toBuilder()
            .inet(ImmutableList.of())
            .leased(Optional.empty())
            .over(Optional.empty())
            .inet6(ImmutableList.of())
            .defaultRoute(Optional.empty())
            .routes(ImmutableList.of())
            .routes6(ImmutableList.of())
            .groups(ImmutableList.of())
            .carps(ImmutableList.of())
            .bridges(ImmutableList.of())
            .vlans(ImmutableList.of())
            .notes(ImmutableList.of())
            .build()
            .toString();
    // The kernel keeps those in the order in which they were put there, and an undo turns it round.
    Stream<String> others =
        Stream.of(conf.groups(), conf.carps(), withoutEntries(conf.bridges()), conf.vlans())
            .flatMap(some -> some.stream())
            .map(Object::toString);
    return Stream.of(addresses, routes, others, Stream.of(rest))
        .flatMap(some -> some)
        .sorted()
        .collect(Collectors.toList());
  }

  /** Static entries of a bridge are asked for in a move alone. */
  private static ImmutableList<BridgeMembership> withoutEntries(
      ImmutableList<BridgeMembership> bridges) {
    return bridges.stream()
        .map(how -> how.with(ImmutableList.of()))
        .collect(ImmutableList.toImmutableList());
  }

  private static String words(Route route) {
    String table = route.fib() == 0 ? "" : " fib " + route.fib();
    return route.destination() + " " + ZONE.matcher(route.gateway()).replaceAll("") + table;
  }
}
