package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.hnvf.freebsd.Addresses;
import org.hnvf.model.Prefix;

/**
 * Reads the address of one ifconfig(8) command of rc.conf word by word, as ifconfig of FreeBSD 15
 * does: a later mask replaces an earlier one, and a word that it cannot read ends it before it has
 * set the address.
 */
final class RcIfconfig {

  private static final ImmutableSet<String> FAMILIES =
      ImmutableSet.of("inet", "inet6", "link", "ether", "lladdr");

  private static final ImmutableSet<String> REMOVES = ImmutableSet.of("-alias", "delete", "remove");

  /** The words that take the next one. */
  private static final ImmutableSet<String> WITH_ARGUMENT =
      ImmutableSet.of(
          "description",
          "descr",
          "metric",
          "mtu",
          "name",
          "vnet",
          "-vnet",
          "pcp",
          "fib",
          "tunnelfib",
          "group",
          "-group",
          "media",
          "mode",
          "mediaopt",
          "-mediaopt",
          "inst",
          "instance",
          "maclabel",
          "advbase",
          "advskew",
          "pass",
          "state",
          "peer",
          "peer6",
          "carpver",
          "vrrpprio",
          "vrrpinterval",
          "vlan",
          "vlandev",
          "vlanpcp",
          "vlanproto",
          "laggport",
          "-laggport",
          "laggproto",
          "lagghash",
          "flowid_shift",
          "rr_limit",
          "pltime",
          "vltime");

  private final List<String> argv;
  private boolean ipv6;
  private Optional<InetAddress> address = Optional.empty();
  private Optional<Integer> length = Optional.empty();
  private Optional<String> refused = Optional.empty();
  private boolean other;

  private RcIfconfig(List<String> argv) {
    this.argv = argv;
  }

  /**
   * The result of a command.
   *
   * @param prefix the address that it sets; empty if it sets none, or one made with {@code eui64}
   *     or of a CARP group
   * @param address the address that it names, set or not
   * @param refused the reason for which ifconfig(8) sets no address, although it names one
   */
  record Reading(
      Optional<Prefix> prefix, Optional<InetAddress> address, Optional<String> refused) {}

  /** Returns the result of a command, which may be one of another program. */
  static Reading of(List<String> argv) {
    RcIfconfig reader = new RcIfconfig(argv);
    if (argv.size() > 2 && argv.get(0).equals("ifconfig")) {
      reader.read();
    }
    return reader.result();
  }

  private void read() {
    String family = argv.get(2);
    ipv6 = family.equals("inet6");
    other = FAMILIES.contains(family) && !ipv6 && !family.equals("inet");
    int at = FAMILIES.contains(family) ? 3 : 2;
    while (at < argv.size() && refused.isEmpty() && !other) {
      String word = argv.get(at);
      switch (word) {
        case "netmask", "broadcast", "prefixlen", "vhid" -> {
          if (at + 1 == argv.size()) {
            refuse(word + " has no value");
          } else {
            valued(word, argv.get(at + 1));
          }
          at += 2;
        }
        case "tunnel" -> at += 3;
        default -> {
          if (WITH_ARGUMENT.contains(word)) {
            at++;
          } else {
            plain(word);
          }
          at++;
        }
      }
    }
  }

  private void valued(String word, String value) {
    switch (word) {
      case "vhid" -> other = true;
      case "prefixlen" -> {
        if (ipv6) {
          length = Optional.ofNullable(Ints.tryParse(value)).filter(n -> n >= 0 && n <= 128);
          require(length.isPresent(), "prefixlen " + value + " is no length");
        }
      }
      default -> {
        Optional<InetAddress> given = Addresses.aton(value);
        require(!ipv6 && given.isPresent(), word + " " + value + " cannot be read");
        if (word.equals("netmask") && !ipv6) {
          // ifconfig counts the ones, contiguous or not.
          length = given.map(InetAddresses::coerceToInteger).map(Integer::bitCount);
        }
      }
    }
  }

  private void plain(String word) {
    if (FAMILIES.contains(word)) {
      refuse("it takes the second \"" + word + "\" for an address");
    } else if (word.equals("eui64") || REMOVES.contains(word)) {
      other = true;
    } else {
      int slash = word.lastIndexOf('/');
      Optional<InetAddress> named = host(slash < 0 ? word : word.substring(0, slash));
      if (address.isEmpty() && named.isPresent()) {
        address = named;
        if (slash >= 0) {
          length = width(word.substring(slash + 1));
          require(length.isPresent(), word + " has no prefix length");
        } else if (ipv6) {
          length = Optional.of(length.isPresent() ? 128 : 64);
        }
      } else if (named.isPresent() && slash >= 0) {
        refuse("it takes " + word + " for the address of the other end");
      } else if (named.isEmpty() && isOfOtherFamily(word)) {
        refuse(word + " is no address of " + (ipv6 ? "inet6" : "inet"));
      }
    }
  }

  private Optional<InetAddress> host(String word) {
    if (!ipv6) {
      return Addresses.aton(word);
    }
    String host = word.replaceFirst("%.*", "");
    return Optional.of(host)
        .filter(InetAddresses::isInetAddress)
        .map(InetAddresses::forString)
        .filter(Inet6Address.class::isInstance);
  }

  private static boolean isOfOtherFamily(String word) {
    return InetAddresses.isInetAddress(word.replaceFirst("[/%].*", ""));
  }

  private Optional<Integer> width(String text) {
    return Optional.of(text)
        .filter(t -> t.matches("[0-9]{1,9}"))
        .map(Integer::valueOf)
        .filter(n -> n <= (ipv6 ? 128 : 32));
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      refuse(otherwise);
    }
  }

  private void refuse(String reason) {
    refused = Optional.of(reason);
  }

  private Reading result() {
    if (other) {
      return new Reading(Optional.empty(), Optional.empty(), Optional.empty());
    }
    if (address.isEmpty()) {
      return new Reading(Optional.empty(), address, refused);
    }
    if (refused.isEmpty() && length.isEmpty()) {
      refuse("it has no mask, which FreeBSD 15 requires");
    }
    return new Reading(
        refused.isPresent()
            ? Optional.empty()
            : length.map(known -> new Prefix(address.orElseThrow(), known)),
        address,
        refused);
  }
}
