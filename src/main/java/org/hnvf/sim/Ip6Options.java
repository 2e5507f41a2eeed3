package org.hnvf.sim;

/** What ifconfig(8) says of an IPv6 address besides the address itself. */
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
