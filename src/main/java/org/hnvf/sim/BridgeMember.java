package org.hnvf.sim;

import java.util.ArrayList;
import java.util.List;

/** A member of a bridge. Plain data. */
final class BridgeMember {
  /** {@code IFBIF_*} of net/if_bridgevar.h. */
  static final int LEARNING = 0x1;

  static final int DISCOVER = 0x2;
  static final int STP = 0x4;
  static final int STICKY = 0x10;
  static final int EDGE = 0x20;
  static final int AUTOEDGE = 0x40;
  static final int PTP = 0x80;
  static final int AUTOPTP = 0x100;
  static final int PRIVATE = 0x800;

  int iface;
  int flags = LEARNING | DISCOVER | AUTOEDGE | AUTOPTP;
  int priority = 128;

  /** The default of a link of 10 Gbit/s. */
  int cost = 2000;

  /** The static MAC addresses. */
  List<String> entries = new ArrayList<>();
}
