package org.hnvf.model;

/**
 * A vlan(4) interface of a pair, of the protocol 802.1q. Its addresses and its routes survive a
 * change of its parent; its tag, priority and MTU must be set again (transcript 74).
 *
 * @param name its name
 * @param tag its tag, 1 to 4094
 * @param pcp its priority, 0 to 7
 * @param mtu its MTU, in bytes
 */
public record Vlan(InterfaceName name, int tag, int pcp, int mtu) {

  /** The highest tag; 0 and 4095 are reserved (vlan_config of sys/net/if_vlan.c). */
  public static final int HIGHEST_TAG = 4094;

  /** The highest priority, a number of three bits. */
  public static final int HIGHEST_PCP = 7;

  @Override
  public String toString() {
    return name + " (tag " + tag + (pcp == 0 ? "" : ", priority " + pcp) + ", MTU " + mtu + ")";
  }
}
