package org.hnvf.sim;

/** The options of ifconfig(8) for an IPv6 address. */
final class Ip6Options {
  /** ND6_INFINITE_LIFETIME. */
  static final long FOREVER = 0xffff_ffffL;

  boolean anycast;
  boolean deprecated;
  boolean autoconf;
  boolean preferSource;
  long preferred = FOREVER;
  long valid = FOREVER;
}
