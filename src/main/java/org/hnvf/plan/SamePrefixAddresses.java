package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Optional;
import org.hnvf.model.Configuration;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/**
 * The other addresses in the network of the first address or of the gateway.
 *
 * <p>When an address is deleted, the kernel moves its prefix route to the oldest address with the
 * same prefix (in_scrubprefix of sys/netinet/in.c). While the old interface has such an address,
 * the gateway and the default route are reached through it. So these addresses are deleted together
 * with the first one, in the critical section.
 */
final class SamePrefixAddresses {

  private SamePrefixAddresses() {}

  static ImmutableList<InetAddressAt> of(Configuration conf) {
    if (conf.inet().isEmpty()) {
      return ImmutableList.of();
    }
    InetAddress first = conf.inet().get(0).prefix().address();
    Optional<InetAddress> gateway = conf.defaultRoute().flatMap(Route::gatewayAddress);
    return conf.inet().stream()
        .skip(1)
        .filter(address -> !address.prefix().isHost())
        .filter(address -> holds(address.prefix(), first, gateway))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean holds(Prefix prefix, InetAddress first, Optional<InetAddress> gateway) {
    return prefix.contains(first) || gateway.filter(prefix::contains).isPresent();
  }
}
