package org.hnvf.model;

/**
 * The packet filters of the kernel, according to the sysctl(8) names that exist.
 *
 * @param pf whether pf(4) is loaded, enabled or not
 * @param ipfw whether ipfw(4) is enabled, for IPv4 or IPv6
 * @param ipf whether ipf(4) runs
 */
public record Firewalls(boolean pf, boolean ipfw, boolean ipf) {

  /** No packet filter. */
  public static final Firewalls NONE = new Firewalls(false, false, false);
}
