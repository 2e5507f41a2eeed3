package org.hnvf.model;

/**
 * Which packet filters the kernel has, as far as the names of sysctl(8) tell.
 *
 * @param pf whether pf(4) is loaded, enabled or not
 * @param ipfw whether ipfw(4) is enabled, for IPv4 or IPv6
 * @param ipf whether ipf(4) runs
 */
public record Firewalls(boolean pf, boolean ipfw, boolean ipf) {

  /** None of them. */
  public static final Firewalls NONE = new Firewalls(false, false, false);
}
