package org.hnvf.model;

/** A condition that the guest must meet after a plan. */
public sealed interface Expectation {

  /** Returns the condition as text for the administrator. */
  String text();

  /** The interface has the address. */
  record HasAddress(InterfaceName interfaceName, Prefix prefix) implements Expectation {
    @Override
    public String text() {
      return prefix + " on " + interfaceName;
    }
  }

  /** The interface does not have the address. */
  record LacksAddress(InterfaceName interfaceName, Prefix prefix) implements Expectation {
    @Override
    public String text() {
      return prefix + " is not on " + interfaceName;
    }
  }

  /** The interface has no address but IPv6 link-local ones. */
  record HasNoAddress(InterfaceName interfaceName) implements Expectation {
    @Override
    public String text() {
      return "no address on " + interfaceName;
    }
  }

  /** The interface is in the group. */
  record IsInGroup(InterfaceName interfaceName, String group) implements Expectation {
    @Override
    public String text() {
      return interfaceName + " in the group " + group;
    }
  }

  /** There is a route to the destination through the interface, in this FIB. */
  record HasRoute(InterfaceName interfaceName, boolean ipv6, String destination, int fib)
      implements Expectation {

    /** Creates the condition that this route goes through an interface. */
    public static HasRoute of(Route route, InterfaceName interfaceName) {
      return new HasRoute(
          interfaceName, route.ipv6(), route.on(interfaceName).destination(), route.fib());
    }

    @Override
    public String text() {
      return (ipv6 ? "IPv6 " : "")
          + "route to "
          + destination
          + " through "
          + interfaceName
          + (fib == 0 ? "" : " in FIB " + fib);
    }
  }

  /** Just one DHCP client serves the interface. */
  record HasDhcpClient(InterfaceName interfaceName) implements Expectation {
    @Override
    public String text() {
      return "one dhclient on " + interfaceName;
    }
  }

  /** No DHCP client serves the interface. */
  record HasNoDhcpClient(InterfaceName interfaceName) implements Expectation {
    @Override
    public String text() {
      return "no dhclient on " + interfaceName;
    }
  }

  /** The lagg sends through this port. */
  record ActivePort(InterfaceName lagg, InterfaceName port) implements Expectation {
    @Override
    public String text() {
      return port + " is the active port of " + lagg;
    }
  }

  /** The interface is a member of the bridge. */
  record InBridge(InterfaceName bridge, InterfaceName member) implements Expectation {
    @Override
    public String text() {
      return member + " is a member of " + bridge;
    }
  }

  /** The interface is up. */
  record IsUp(InterfaceName interfaceName) implements Expectation {
    @Override
    public String text() {
      return interfaceName + " is up";
    }
  }

  /** The interface is down, or there is none of the name. */
  record IsDown(InterfaceName interfaceName) implements Expectation {
    @Override
    public String text() {
      return interfaceName + " is down";
    }
  }

  /** The interface is up and has a link. */
  record HasCarrier(InterfaceName interfaceName) implements Expectation {
    @Override
    public String text() {
      return interfaceName + " is up and has a carrier";
    }
  }

  /** There is no such interface. */
  record IsGone(InterfaceName interfaceName) implements Expectation {
    @Override
    public String text() {
      return interfaceName + " is gone";
    }
  }

  /**
   * The VLAN has this parent and its tag, priority and MTU. A VLAN that does not exist meets the
   * condition.
   *
   * @param parent the parent interface
   * @param vlan the expected VLAN
   */
  record HasVlan(InterfaceName parent, Vlan vlan) implements Expectation {
    @Override
    public String text() {
      return "VLAN " + vlan + " on " + parent;
    }
  }

  /** The interface has at least one IPv4 address: a DHCP server may have given another one. */
  record HasSomeInet(InterfaceName interfaceName) implements Expectation {
    @Override
    public String text() {
      return "an IPv4 address on " + interfaceName;
    }
  }

  /**
   * IPv6 is on.
   *
   * @param fromRouters whether addresses are taken from router advertisements
   */
  record HasIpv6(InterfaceName interfaceName, boolean fromRouters) implements Expectation {
    @Override
    public String text() {
      return "IPv6" + (fromRouters ? " from router advertisements" : "") + " on " + interfaceName;
    }
  }
}
