package org.hnvf.sim;

/** A virtual host of carp(4) on an interface. Plain data. */
final class CarpHost {
  int vhid;
  int advbase = 1;
  int advskew;
  String key = "";

  /** Since when its interface has a link, and so it waits to become the master; -1 while not. */
  long since = -1;
}
