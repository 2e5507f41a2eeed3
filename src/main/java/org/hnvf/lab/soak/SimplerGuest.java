package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.Strategy;

/** A guest that is being made simpler, one thing after the other. */
final class SimplerGuest {

  /** All that can be left out. */
  static final ImmutableList<Change> CHANGES =
      ImmutableList.of(
          guest -> guest.vlans = 0,
          guest -> guest.script = GuestDraw.Script.NONE,
          guest -> guest.foreign = GuestDraw.Foreign.NONE,
          guest -> guest.rcAlias = false,
          guest -> guest.handAlias = false,
          guest -> guest.routes = 0,
          guest -> guest.described = false,
          guest -> guest.extras = Extras.NONE,
          guest -> guest.ipv6 = GuestDraw.Ipv6.NONE,
          guest -> guest.kernel = GuestDraw.Kernel.NETLINK,
          guest -> guest.strategy = Strategy.ON_VF_UP,
          guest -> guest.vfDelay = 2,
          guest -> guest.address = GuestDraw.Address.STATIC);

  GuestDraw.Address address;
  GuestDraw.Ipv6 ipv6;
  boolean rcAlias;
  boolean handAlias;
  int routes;
  int nics;
  GuestDraw.Kernel kernel;
  GuestDraw.Foreign foreign;
  GuestDraw.Script script;
  int vfDelay;
  boolean described;
  Strategy strategy;
  Extras extras;
  int vlans;
  private final Optional<Copy> copy;

  /** Something that is left out. */
  @FunctionalInterface
  interface Change {
    void of(SimplerGuest guest);
  }

  private SimplerGuest(GuestDraw guest) {
    this.address = guest.address();
    this.ipv6 = guest.ipv6();
    this.rcAlias = guest.rcAlias();
    this.handAlias = guest.handAlias();
    this.routes = guest.routes();
    this.nics = guest.nics();
    this.kernel = guest.kernel();
    this.foreign = guest.foreign();
    this.script = guest.script();
    this.vfDelay = guest.vfDelay();
    this.described = guest.described();
    this.strategy = guest.strategy();
    this.extras = guest.extras();
    this.vlans = guest.vlans();
    this.copy = guest.copy();
  }

  /** This guest with the change. */
  static GuestDraw of(GuestDraw guest, Change change) {
    SimplerGuest simpler = new SimplerGuest(guest);
    change.of(simpler);
    return simpler.done();
  }

  private GuestDraw done() {
    if (copy.isPresent()) {
      return GuestDraw.of(copy.get(), strategy);
    }
    return new GuestDraw(
            address, ipv6, rcAlias, handAlias, routes, nics, kernel, foreign, script, vfDelay,
            described, strategy)
        .with(extras)
        .withVlans(vlans);
  }
}
