package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Optional;
import org.hnvf.model.Configuration;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/**
 * The further addresses of the first one's network, or of the gateway's.
 *
 * <p>When an address goes the kernel gives its prefix to the oldest that is alike (in_scrubprefix
 * of sys/netinet/in.c): as long as the old holder has one, the way to the gateway leads over the
 * old holder, and so would the default route. So they leave it together with the first, in the cut.
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
