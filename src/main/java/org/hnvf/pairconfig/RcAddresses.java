package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hnvf.freebsd.Addresses;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.Prefix;

/** Parses the static addresses of the ifconfig commands of rc.conf. */
public final class RcAddresses {

  private RcAddresses() {}

  /**
   * Returns the configuration without the commands that set one of these addresses on hn: they move
   * between hosts, so hnvf neither adds nor expects them.
   */
  public static GuestConfig without(GuestConfig rc, ImmutableSet<InetAddress> leftOff) {
    InterfaceConfig hn = rc.hn();
    return leftOff.isEmpty()
        ? rc
        : rc.with(
            hn.with(
                hn.commands().stream()
                    .filter(argv -> address(argv).stream().noneMatch(isOneOf(leftOff)))
                    .collect(ImmutableList.toImmutableList())));
  }

  private static Predicate<Prefix> isOneOf(ImmutableSet<InetAddress> leftOff) {
    return prefix -> leftOff.contains(prefix.address());
  }

  /**
   * Returns the addresses in their order, without link-local ones and those made with {@code
   * eui64}.
   */
  static ImmutableList<Prefix> of(InterfaceConfig config) {
    return config.commands().stream()
        .flatMap(argv -> address(argv).stream())
        .filter(prefix -> !prefix.isIpv6LinkLocal())
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Parses {@code ifconfig IF [inet|inet6] ADDRESS[/LENGTH] [netmask MASK | prefixlen LENGTH] …}.
   */
  private static Optional<Prefix> address(List<String> argv) {
    if (argv.size() < 3
        || !argv.get(0).equals("ifconfig")
        || argv.contains("eui64")
        || argv.contains("vhid")) {
      return Optional.empty();
    }
    int at = argv.get(2).equals("inet") || argv.get(2).equals("inet6") ? 3 : 2;
    if (at >= argv.size()) {
      return Optional.empty();
    }
    String word = argv.get(at);
    int slash = word.indexOf('/');
    String host = (slash < 0 ? word : word.substring(0, slash)).replaceFirst("%.*", "");
    if (!InetAddresses.isInetAddress(host)) {
      return Optional.empty();
    }
    Optional<Integer> length =
        slash < 0
            ? lengthAfter(argv, "prefixlen").or(() -> maskAfter(argv))
            : Optional.ofNullable(Ints.tryParse(word.substring(slash + 1)));
    InetAddress address = InetAddresses.forString(host);
    int full = address.getAddress().length * 8;
    int chosen = length.orElse(full == 128 ? 64 : classful(address));
    return chosen >= 0 && chosen <= full
        ? Optional.of(new Prefix(address, chosen))
        : Optional.empty();
  }

  private static Optional<Integer> lengthAfter(List<String> argv, String keyword) {
    return wordAfter(argv, keyword).flatMap(word -> Optional.ofNullable(Ints.tryParse(word)));
  }

  /** Parses a mask of ifconfig(8): {@code 255.255.255.0} or {@code 0xffffff00}. */
  private static Optional<Integer> maskAfter(List<String> argv) {
    return wordAfter(argv, "netmask").flatMap(Addresses::maskLength);
  }

  private static Optional<String> wordAfter(List<String> argv, String keyword) {
    int at = argv.indexOf(keyword);
    return at >= 0 && at + 1 < argv.size() ? Optional.of(argv.get(at + 1)) : Optional.empty();
  }

  /**
   * Returns the length that the kernel uses without a mask (in_ifscrub and friends of
   * netinet/in.c).
   */
  private static int classful(InetAddress address) {
    int first = address.getAddress()[0] & 0xff;
    return first < 128 ? 8 : first < 192 ? 16 : 24;
  }
}
