package org.hnvf.sim;

import java.net.InetAddress;
import org.hnvf.model.Prefix;

/** An IPv6 address of an interface. */
final class Ip6 {

  /** Never: duplicate address detection waits for the interface. */
  static final long PAUSED = Long.MAX_VALUE;

  Prefix prefix;
  boolean ownsRoute;
  long serial;

  /** When duplicate address detection ends, in microseconds; 0 where it has ended. */
  long tentativeUntil;

  /** Whether SLAAC made it, and when its lifetimes were last renewed. */
  boolean autoconf;

  long renewedAt;

  boolean anycast;
  boolean deprecated;
  boolean preferSource;

  /** The lifetimes that it was given with, in seconds; SLAAC's are those of the advertisement. */
  long preferred = Ip6Options.FOREVER;

  long valid = Ip6Options.FOREVER;

  Ip6() {
    this(Prefix.of("::"), 0);
  }

  Ip6(Prefix prefix, long serial) {
    this.prefix = prefix;
    this.serial = serial;
  }

  InetAddress address() {
    return prefix.address();
  }

  boolean isLinkLocal() {
    return prefix.isIpv6LinkLocal();
  }

  boolean isTentative() {
    return tentativeUntil != 0;
  }
}
