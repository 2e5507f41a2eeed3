package org.hnvf.sim;

import org.hnvf.model.HnUnit;

/**
 * Something that the host, or the network behind it, does at a certain time. Plain data, so that it
 * can be scheduled and saved.
 *
 * @param kind what
 * @param unit on which unit of hn(4)
 * @param on for what is switched, on or off
 * @param text the VF driver's name, a tag, or the line for devd
 * @param dhcp the new behaviour of the DHCP server
 */
public record HostAction(Kind kind, int unit, boolean on, String text, DhcpServer dhcp) {

  /** The actions of the host. */
  public enum Kind {
    /** It gives the unit a VF; {@code text} is the name of its driver, {@code mlxen}. */
    PLUG,
    /** It takes the VF away. */
    UNPLUG,
    /** The VF's wire. */
    VF_CARRIER,
    /** Whether the VF passes what it is given; off is a black hole with a link. */
    VF_PASSES,
    /** Whether the VF passes frames of a tag; {@code text} is the tag. */
    VF_PASSES_TAG,
    /** Whether the gateway of a VLAN is there; {@code text} is the tag. */
    VLAN_GATEWAY,
    /** The synthetic NIC's wire. */
    HN_LINK,
    /** The DHCP server changes. */
    DHCP,
    /** Router advertisements. */
    ADVERTISE,
    /** Whether the gateway is there. */
    GATEWAY,
    /** Whether the gateway answers echo requests. */
    GATEWAY_PINGS,
    /** Whether the host says that the VF's association is allocated. */
    ASSOCIATION,
    /** The task of hn(4) that switches the data path runs. */
    PATH_TASK,
    /** A line for devd that has no cause. */
    NOTIFY
  }

  private static HostAction of(Kind kind, int unit, boolean on, String text) {
    return new HostAction(kind, unit, on, text, DhcpServer.silent());
  }

  /** The host gives this unit a VF of this driver. */
  public static HostAction plug(HnUnit unit, String driver) {
    return of(Kind.PLUG, unit.number(), true, driver);
  }

  /** The host takes the unit's VF away. */
  public static HostAction unplug(HnUnit unit) {
    return of(Kind.UNPLUG, unit.number(), false, "");
  }

  /** The VF's wire goes up or down. */
  public static HostAction vfCarrier(HnUnit unit, boolean on) {
    return of(Kind.VF_CARRIER, unit.number(), on, "");
  }

  /** The VF begins or ceases to pass packets, its link notwithstanding. */
  public static HostAction vfPassesTraffic(HnUnit unit, boolean on) {
    return of(Kind.VF_PASSES, unit.number(), on, "");
  }

  /** The synthetic NIC's wire goes up or down. */
  public static HostAction hnLink(HnUnit unit, boolean on) {
    return of(Kind.HN_LINK, unit.number(), on, "");
  }

  /** The DHCP server of the unit's network changes its mind. */
  public static HostAction dhcp(HnUnit unit, DhcpServer server) {
    return new HostAction(Kind.DHCP, unit.number(), true, "", server);
  }

  /** The router begins or ceases to advertise. */
  public static HostAction routerAdvertisements(HnUnit unit, boolean on) {
    return of(Kind.ADVERTISE, unit.number(), on, "");
  }

  /** The gateway comes or goes. */
  public static HostAction gateway(HnUnit unit, boolean on) {
    return of(Kind.GATEWAY, unit.number(), on, "");
  }

  /** The gateway starts or stops answering echo requests; it still answers ARP and ND. */
  public static HostAction gatewayAnswersPing(HnUnit unit, boolean on) {
    return of(Kind.GATEWAY_PINGS, unit.number(), on, "");
  }

  /** The VF begins or ceases to pass frames of a tag; the host may know of tags on hn alone. */
  public static HostAction vfPassesTag(HnUnit unit, int tag, boolean on) {
    return of(Kind.VF_PASSES_TAG, unit.number(), on, Integer.toString(tag));
  }

  /** The gateway of the network of a tag comes or goes. */
  public static HostAction vlanGateway(HnUnit unit, int tag, boolean on) {
    return of(Kind.VLAN_GATEWAY, unit.number(), on, Integer.toString(tag));
  }

  /**
   * The host says that the association of the unit's VF is allocated, or no longer. Only the hn(4)
   * of 2026 listens: without it the data path is back on the synthetic NIC, with the VF up.
   */
  public static HostAction association(HnUnit unit, boolean on) {
    return of(Kind.ASSOCIATION, unit.number(), on, "");
  }

  static HostAction pathTask(int unit) {
    return of(Kind.PATH_TASK, unit, true, "");
  }

  /** devd gets this line, {@code !system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP}. */
  public static HostAction notify(String line) {
    return of(Kind.NOTIFY, 0, true, line);
  }
}
