package org.hnvf.plan;

import org.hnvf.model.HnUnit;

/** The files that hnvf writes for programs of the guest. */
final class OwnFiles {

  private OwnFiles() {}

  /**
   * Returns the path of the dhclient.conf(5) of the client on a pair's lagg. hnvf writes it at each
   * start, so it need not survive a reboot; dhclient(8) reads it before it drops root privileges.
   */
  static String dhclientConf(HnUnit unit) {
    return "/var/run/hnvf/hn" + unit + ".dhclient.conf";
  }
}
