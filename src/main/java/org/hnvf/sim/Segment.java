package org.hnvf.sim;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.hnvf.model.Prefix;
import org.jspecify.annotations.Nullable;

/** The network behind one unit of hn(4), on the host's side. Plain data. */
final class Segment {
  int unit;

  /** The tag of its frames; 0 where they have none. */
  int tag;

  Prefix network = Prefix.of("10.0.2.0/24");
  InetAddress gateway = network.address();

  /** Whether the gateway answers echo requests; Azure's does not, but it does answer ARP and ND. */
  boolean gatewayPings = true;

  boolean gatewayThere = true;
  InetAddress nameServer = network.address();

  /** Other hosts of this network that answer. */
  List<InetAddress> neighbours = new ArrayList<>();

  DhcpServer dhcp = DhcpServer.silent();
  boolean advertises;
  Prefix advertised = Prefix.of("2001:db8::/64");
  InetAddress routerLinkLocal = Prefix.of("fe80::54d5:efff:fe84:10fc").address();
  InetAddress gateway6 = Prefix.of("2001:db8::77").address();
  long lastAdvertisement;
  long nextAdvertisement;

  /** Whether the VF, when it carries the data path, really passes packets. */
  boolean vfPasses = true;

  /** Whether the host says that the VF's association is allocated: the hn(4) of 2026 asks. */
  boolean associated = true;

  /** Where the path is switched by a task: the VF that the last one switched it to. */
  @Nullable String carrier;

  /** Whether an address is of this network. */
  boolean holds(InetAddress address) {
    return network.contains(address) || advertised.contains(address);
  }

  /** Becomes the network of an address, where it is another. */
  void follow(Prefix own) {
    if (!holds(own.address())) {
      become(own);
    }
  }

  /** Becomes the network of an address; its router has the first other one. */
  void become(Prefix own) {
    Prefix whole = Vlans.wholeNetwork(own);
    if (own.isIpv6()) {
      advertised = whole;
      gateway6 = Vlans.routerFor(own, whole);
    } else {
      network = whole;
      gateway = Vlans.routerFor(own, whole);
    }
  }

  /** Has this router in the place of its own of that family. */
  void router(InetAddress address) {
    if (address.isLinkLocalAddress() && address instanceof Inet6Address) {
      routerLinkLocal = address;
    } else if (address instanceof Inet6Address) {
      gateway6 = address;
    } else {
      gateway = address;
    }
  }

  /** Returns whether a host with this address would answer ARP or ND. */
  boolean hasHost(InetAddress address) {
    if (address.equals(gateway) || address.equals(gateway6) || address.equals(routerLinkLocal)) {
      return gatewayThere;
    }
    return address.equals(nameServer) || neighbours.contains(address);
  }

  boolean answersPing(InetAddress address) {
    return hasHost(address) && (gatewayPings || !isGateway(address));
  }

  boolean isGateway(InetAddress address) {
    return address.equals(gateway) || address.equals(gateway6) || address.equals(routerLinkLocal);
  }
}
