package org.hnvf.sim;

import com.google.common.primitives.Ints;
import java.net.InetAddress;
import java.util.Optional;
import org.hnvf.model.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * The address of one ifconfig(8) command: what its words make of it, and the deletion and the
 * addition that come of it at the end (sbin/ifconfig/ifconfig.c, af_inet.c, af_inet6.c, af_link.c).
 */
final class IfconfigAddress {
  private final Kernel kernel;
  private String family = "inet";

  private @Nullable InetAddress added;
  private @Nullable InetAddress removed;
  private @Nullable InetAddress broadcast;
  private String mac = "";
  private int length = -1;

  /** As in ifconfig: 1 with {@code alias}, -1 with {@code -alias}, else 0. */
  private int alias;

  /** An address was read: the next one is that of the other end. */
  private boolean given;

  private boolean removes;

  /** A virtual host of carp(4), set with its address; vhid 0 where there is none. */
  private final CarpHost carp = new CarpHost();

  private final Ip6Options options = new Ip6Options();

  IfconfigAddress(Kernel kernel) {
    this.kernel = kernel;
  }

  void family(String word) {
    family = word;
  }

  boolean isInet6() {
    return family.equals("inet6");
  }

  private boolean isLink() {
    return !isInet6() && !family.equals("inet");
  }

  Ip6Options options() {
    return options;
  }

  /** {@code alias} and {@code -alias}; the latter means the address before it, or after it. */
  void alias(int which) {
    if (given && alias == 0 && which < 0) {
      removed = added;
    }
    alias = which;
    removes = which < 0;
  }

  /** A word that is no parameter is an address, or the one of the other end. */
  void word(String word) throws IfconfigStop {
    if (given) {
      otherEnd(word);
      return;
    }
    given = true;
    removes |= alias == 0 && !isLink();
    if (isLink()) {
      mac = LinkText.parse(word);
    } else if (alias < 0) {
      removed = parse(word);
    } else {
      added = parse(withoutLength(word));
    }
  }

  /** The far end of a point-to-point link, which none of the interfaces is. */
  private void otherEnd(String word) throws IfconfigStop {
    InetAddress other = parse(word);
    if (!kernel.state().netlink) {
      broadcast = other;
    }
  }

  private String withoutLength(String word) throws IfconfigStop {
    int slash = word.lastIndexOf('/');
    if (slash < 0) {
      return word;
    }
    String bits = word.substring(slash + 1);
    length = isInet6() ? leadingNumber(bits) : width(word, bits);
    if (isInet6() && (length < 0 || length > 128)) {
      throw new IfconfigStop(bits + ": bad value");
    }
    return word.substring(0, slash);
  }

  private static int width(String word, String bits) throws IfconfigStop {
    Integer number = bits.matches("[0-9]{1,18}") ? Ints.tryParse(bits) : Integer.valueOf(-1);
    if (number != null && number >= 0 && number <= 32) {
      return number;
    }
    boolean invalid = number != null && number < 0;
    throw new IfconfigStop(
        word + ": bad value (width " + (invalid ? "invalid" : "too large") + ")");
  }

  /** As atoi(3) reads it: the digits that it begins with. */
  static int leadingNumber(String text) {
    int end = text.startsWith("-") ? 1 : 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    Integer number = Ints.tryParse(text.substring(0, end));
    return number == null ? 0 : number;
  }

  private InetAddress parse(String text) throws IfconfigStop {
    int zone = text.indexOf('%');
    boolean known = zone < 0 || kernel.interfaces().find(text.substring(zone + 1)).isPresent();
    Optional<InetAddress> address = isInet6() ? InetText.inet6(text) : InetText.aton(text);
    return address.filter(a -> known).orElseThrow(() -> new IfconfigStop(text + ": bad value"));
  }

  void netmask(String word) throws IfconfigStop {
    if (isLink()) {
      throw new IfconfigStop("can't set link-level netmask or broadcast");
    }
    length = Bits.maskLength(parse(word));
  }

  void broadcast(String word) throws IfconfigStop {
    if (isLink()) {
      throw new IfconfigStop("can't set link-level netmask or broadcast");
    }
    broadcast = parse(word);
  }

  void prefixLength(String word) throws IfconfigStop {
    length = leadingNumber(word);
    if (length < 0 || length > (isInet6() ? 128 : 32)) {
      throw new IfconfigStop(word + ": bad value");
    }
  }

  /** The interface identifier of the link-local address, put into the address before. */
  void eui64(Iface iface) throws IfconfigStop {
    InetAddress prefix = added;
    byte[] network = prefix == null ? new byte[16] : prefix.getAddress();
    if (!Bits.samePrefix(network, Bits.masked(network, 64), 128)) {
      throw new IfconfigStop("interface index is already filled");
    }
    Ip6 own =
        Inet6.linkLocal(iface)
            .orElseThrow(() -> new IfconfigStop("could not determine link local address"));
    byte[] id = new byte[8];
    System.arraycopy(own.address().getAddress(), 8, id, 0, 8);
    added = Bits.address(Bits.withInterfaceId(network, id));
  }

  /** {@code vhid N advbase N advskew N pass KEY}. */
  void carp(String word, String value) throws IfconfigStop {
    switch (word) {
      case "vhid" -> {
        carp.vhid = leadingNumber(value);
        if (carp.vhid < 1 || carp.vhid > 255) {
          throw new IfconfigStop("vhid must be greater than 0 and less than 256");
        }
      }
      case "advbase" -> carp.advbase = leadingNumber(value);
      case "advskew" -> carp.advskew = leadingNumber(value);
      default -> carp.key = value;
    }
  }

  private void addHost(Iface iface) {
    CarpHost host = kernel.carps().host(iface, carp.vhid);
    host.advbase = carp.advbase;
    host.advskew = carp.advskew;
    host.key = carp.key;
  }

  /** Applies the rest after all words were read. */
  void apply(Iface iface) throws IfconfigStop {
    if (isLink()) {
      if (!mac.isEmpty()) {
        setMac(iface);
      }
      return;
    }
    InetAddress it = alias < 0 ? null : added;
    if (it != null && length < 0 && !isInet6() && iface.kind != Iface.Kind.LOOPBACK) {
      throw new IfconfigStop(
          "ERROR: setting interface address without mask is no longer supported.");
    }
    if (removes) {
      remove(iface);
    }
    if (it != null) {
      add(iface, it);
    }
  }

  /** Without an address the first one is meant; where there is none, netlink(4) says no error. */
  private void remove(Iface iface) throws IfconfigStop {
    InetAddress which = removed;
    boolean done;
    if (isInet6()) {
      Optional<Ip6> found = which == null ? Optional.empty() : Inet6.find(iface, which);
      found.ifPresent(a -> kernel.inet6().remove(iface, a));
      done = found.isPresent();
    } else {
      Optional<Ip4> found =
          which == null ? iface.inet.stream().findFirst() : Inet.find(iface, which);
      found.ifPresent(a -> kernel.inet().remove(iface, a));
      kernel.carps().addressRemoved(iface);
      done = found.isPresent() || (which == null && kernel.state().netlink);
    }
    if (!done && alias < 0) {
      throw new IfconfigStop("ioctl (SIOCDIFADDR): " + Errno.EADDRNOTAVAIL.text());
    }
  }

  private void add(Iface iface, InetAddress it) throws IfconfigStop {
    if (isInet6()) {
      try {
        kernel.inet6().add(iface, new Prefix(it, length < 0 ? 64 : length), options);
      } catch (KernelError e) {
        throw new IfconfigStop("ioctl (SIOCAIFADDR): " + e.text());
      }
      return;
    }
    Prefix prefix = new Prefix(it, length < 0 ? classfulLength(it) : length);
    InetAddress network = broadcast;
    if (iface.kind == Iface.Kind.LOOPBACK) {
      network = null;
    } else if (network == null) {
      network = Bits.address(Bits.broadcast(it.getAddress(), prefix.length()));
    }
    if (carp.vhid != 0) {
      addHost(iface);
    }
    kernel.inet().add(iface, prefix, network, carp.vhid);
  }

  private static int classfulLength(InetAddress address) {
    int first = address.getAddress()[0] & 0xff;
    return first < 128 ? 8 : first < 192 ? 16 : 24;
  }

  private void setMac(Iface iface) throws IfconfigStop {
    try {
      kernel.interfaces().setMac(iface, mac);
    } catch (KernelError e) {
      throw new IfconfigStop("ioctl (SIOCAIFADDR): " + e.text());
    }
  }
}
