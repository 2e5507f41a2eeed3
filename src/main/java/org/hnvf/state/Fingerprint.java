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
 * A short hash that changes when the configuration of a pair changes, live or in rc.conf. It
 * contains nothing that changes by itself: no lease, counter or order, no name of a VF, and not
 * whether hn or its lagg holds the configuration. So a reboot, a new lease, and a VF with another
 * name leave it unchanged.
 */
public final class Fingerprint {

  /** The fingerprint if rc.conf cannot be read. */
  public static final String UNKNOWN = "unknown";

  private static final int LETTERS = 16;
  private static final Pattern ZONE = Pattern.compile("%[\\w.]+");

  private Fingerprint() {}

  /**
   * Returns the fingerprint.
   *
   * @param more further values on which a try depends
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

  /**
   * A leased address is left out: the server may lease another one, and at boot there is no lease
   * yet.
   */
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
    // Values without an order, and those that change by themselves, are left out of the rest.
    String rest =
        conf.toBuilder()
            .inet(ImmutableList.of())
            .leased(Optional.empty())
            .expiredLease(Optional.empty())
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
    // The kernel keeps these in the order of their creation, which a rollback reverses.
    Stream<String> others =
        Stream.of(conf.groups(), conf.carps(), withoutEntries(conf.bridges()), conf.vlans())
            .flatMap(some -> some.stream())
            .map(Object::toString);
    return Stream.of(addresses, routes, others, Stream.of(rest))
        .flatMap(some -> some)
        .sorted()
        .collect(Collectors.toList());
  }

  /** Returns the bridges without static entries, which hnvf reads only for a move. */
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
