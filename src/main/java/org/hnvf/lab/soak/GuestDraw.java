package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Strategy;

/**
 * The guest of a seed. There are few kinds, so that sh(1) runs once for each rc.conf, and each is a
 * combination of an administrator's possible settings.
 *
 * @param address how hn0 gets its address
 * @param ipv6 the IPv6 configuration of hn0
 * @param rcAlias whether rc.conf gives hn0 a further IPv4 address
 * @param handAlias whether an address was added by hand
 * @param routes the number of static routes through hn0
 * @param nics the number of synthetic NICs
 * @param kernel the version of FreeBSD
 * @param foreign a lagg of another owner
 * @param script an override script for hn0
 * @param vfDelay {@code hyperv_vf_delay}, in seconds
 * @param described whether hn0 has a description
 * @param strategy the order in which the configuration moves
 * @param extras further configuration around hn0
 * @param large whether it has more routes and processes than a runner keeps of unfiltered output
 * @param vlans the number of VLANs on hn0; of one that is drawn 2 at most
 * @param copy the guest that it is a copy of; then most of the others say nothing
 */
record GuestDraw(
    Address address,
    Ipv6 ipv6,
    boolean rcAlias,
    boolean handAlias,
    int routes,
    int nics,
    Kernel kernel,
    Foreign foreign,
    Script script,
    int vfDelay,
    boolean described,
    Strategy strategy,
    Extras extras,
    boolean large,
    int vlans,
    Optional<Copy> copy) {

  /** A guest of the usual size, with nothing else around hn0. */
  GuestDraw(
      Address address,
      Ipv6 ipv6,
      boolean rcAlias,
      boolean handAlias,
      int routes,
      int nics,
      Kernel kernel,
      Foreign foreign,
      Script script,
      int vfDelay,
      boolean described,
      Strategy strategy) {
    this(
        address,
        ipv6,
        rcAlias,
        handAlias,
        routes,
        nics,
        kernel,
        foreign,
        script,
        vfDelay,
        described,
        strategy,
        Extras.NONE,
        false,
        0,
        Optional.empty());
  }

  /** A copy of another guest. */
  static GuestDraw of(Copy copy, Strategy strategy) {
    CopiedGuest guest = copy.guest();
    return new GuestDraw(
        guest.dhcp() ? Address.DHCP : Address.STATIC,
        Ipv6.NONE,
        false,
        false,
        0,
        guest.nics(),
        guest.transparent() ? Kernel.TRANSPARENT : Kernel.NETLINK,
        Foreign.NONE,
        Script.NONE,
        (int) guest.vfDelay().toSeconds(),
        false,
        strategy,
        Extras.NONE,
        false,
        guest.vlans(),
        Optional.of(copy));
  }

  /** The same guest with so many VLANs on hn0. */
  GuestDraw withVlans(int count) {
    return new GuestDraw(
        address, ipv6, rcAlias, handAlias, routes, nics, kernel, foreign, script, vfDelay,
        described, strategy, extras, large, count, copy);
  }

  /** The same guest with a crowd on it. */
  GuestDraw enlarged() {
    return new GuestDraw(
        address, ipv6, rcAlias, handAlias, routes, nics, kernel, foreign, script, vfDelay,
        described, strategy, extras, true, vlans, copy);
  }

  /** The same guest with this around hn0; rules have a twin for lagg0 alone. */
  GuestDraw with(Extras other) {
    boolean otherLagg = other.firewall() == Extras.Firewall.TWIN && foreign != Foreign.NONE;
    Extras ofFirewall = otherLagg ? other.with(Extras.Firewall.NAMES_HN) : other;
    // dhclient-script(8) takes away whichever address is the first.
    boolean fits = !other.beside().isCarp() || address == Address.STATIC;
    Extras alone = fits ? ofFirewall : ofFirewall.with(Beside.NOBODY);
    Extras fitting = script == Script.NONE ? alone : alone.forScript();
    return new GuestDraw(
        address, ipv6, rcAlias, handAlias, routes, nics, kernel, foreign, script, vfDelay,
        described, strategy, fitting, large, vlans, copy);
  }

  /** How long a task takes to switch the data path, where the hn(4) of 2026 is drawn. */
  Optional<Duration> pathTask(long seed) {
    return copy.isPresent() ? Optional.empty() : Draw.pathTask(seed);
  }

  /** Whether the VF of hn0 is never used. */
  boolean isShut() {
    return extras.isShut() && script == Script.NONE;
  }

  /**
   * Returns the units whose VF is never used.
   *
   * @param booted whether it has booted since it was made
   */
  ImmutableSet<Integer> shut(boolean booted) {
    if (copy.isPresent()) {
      return booted ? copy.get().refusedAfterBoot() : copy.get().refused();
    }
    return isShut() ? ImmutableSet.of(0) : ImmutableSet.of();
  }

  /** How hn0 gets its IPv4 address. */
  enum Address {
    DHCP,
    STATIC
  }

  /** The IPv6 configuration of hn0. */
  enum Ipv6 {
    NONE,
    STATIC,
    STATIC_WITH_DEFAULT_ROUTE,
    FROM_ROUTER
  }

  /** Which FreeBSD it is. */
  enum Kernel {
    /** 14 or later: ifconfig speaks netlink(4). */
    NETLINK,
    /** 13 or earlier. */
    IOCTL,
    /** Before hw.hn.vf_transparent and hw.hn.vfmap. */
    OLD,
    /** {@code hw.hn.vf_transparent=1}. */
    TRANSPARENT
  }

  /** A lagg of another owner. */
  enum Foreign {
    NONE,
    /** lagg0, without ports. */
    EMPTY,
    /** The lagg of the unit's own number, with an address of its own. */
    WITH_ADDRESS
  }

  /** The behaviour of an override script. */
  enum Script {
    NONE,
    /** It makes the lagg and moves the address, as the base system's example does. */
    WORKS,
    /** It does nothing and fails. */
    FAILS,
    /** It makes a lagg without an address, and fails. */
    FAILS_HALF_WAY
  }

  /** The same guest with another strategy, delay and so on is easiest told in words. */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    if (copy.isPresent()) {
      return copy.get() + ", strategy " + strategy;
    }
    words.add(address == Address.DHCP ? "DHCP" : "static");
    words.add("IPv6 " + ipv6);
    if (rcAlias) {
      words.add("alias in rc.conf");
    }
    if (handAlias) {
      words.add("alias by hand");
    }
    if (routes > 0) {
      words.add(routes + " static routes");
    }
    words.add(nics + " hn");
    words.add("kernel " + kernel);
    if (foreign != Foreign.NONE) {
      words.add("foreign lagg " + foreign);
    }
    if (script != Script.NONE) {
      words.add("script " + script);
    }
    words.add("delay " + vfDelay + " s");
    if (described) {
      words.add("described");
    }
    words.add("strategy " + strategy);
    if (!extras.equals(Extras.NONE)) {
      words.add(extras.text());
    }
    if (large) {
      words.add("large");
    }
    if (vlans > 0) {
      words.add(vlans + " VLANs");
    }
    return String.join(", ", words);
  }
}
