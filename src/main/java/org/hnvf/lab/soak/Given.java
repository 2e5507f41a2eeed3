package org.hnvf.lab.soak;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.util.Optional;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Prefix;

/**
 * The addresses that the DHCP server of a network gives.
 *
 * @param usual the one that it gives at first
 * @param other another one, if the network of a copied guest has room for it
 */
record Given(Prefix usual, Prefix other) {

  /** Networks that are smaller have no second address. */
  private static final int LONGEST = 27;

  /** The other address of a copied guest is so many below the broadcast address. */
  private static final int BELOW = 6;

  /** Those of a unit; none for an hn of a copied guest that no dhclient serves. */
  static Optional<Given> of(GuestDraw guest, int unit) {
    if (guest.copy().isPresent()) {
      Copy copy = guest.copy().get();
      return copy.guest()
          .lease(new HnUnit(unit))
          .map(usual -> new Given(usual, other(usual, copy)));
    }
    String net = "10.0." + (2 + unit) + ".";
    return Optional.of(new Given(Prefix.of(net + "15/24"), Prefix.of(net + "99/24")));
  }

  private static Prefix other(Prefix usual, Copy copy) {
    if (usual.length() > LONGEST || !(usual.address() instanceof Inet4Address inet)) {
      return usual;
    }
    int broadcast = InetAddresses.coerceToInteger(inet) | (-1 >>> usual.length());
    Prefix other = new Prefix(InetAddresses.fromInteger(broadcast - BELOW), usual.length());
    boolean taken =
        copy.configured().units().stream()
            .anyMatch(
                unit ->
                    unit.addresses.stream().anyMatch(each -> each.host().equals(other.host()))
                        || unit.routes.stream()
                            .anyMatch(route -> route.endsWith(" via " + other.host())));
    return taken ? usual : other;
  }

  /** One of them, on the interface. */
  Prefix leased(String address) {
    return new Prefix(InetAddresses.forString(address), usual.length());
  }
}
