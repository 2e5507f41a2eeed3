package org.hnvf.plan;

import org.hnvf.model.HnUnit;

/** The files that hnvf gives to programs of the guest. */
final class OwnFiles {

  private OwnFiles() {}

  /**
   * The configuration of the client on a pair's lagg. It is made anew at each start, so it need not
   * outlive a boot; dhclient(8) reads it before it gives up being root.
   */
  static String dhclientConf(HnUnit unit) {
    return "/var/run/hnvf/hn" + unit + ".dhclient.conf";
  }
}
