package org.hnvf.lab.compare;

import java.time.Duration;
import org.hnvf.model.Command;
import org.hnvf.model.HnUnit;
import org.hnvf.sim.SimulatedGuest;

/** The host's actions on all NICs of a guest. */
record Host(SimulatedGuest guest, int nics) {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** The driver of the VFs that come on this occasion. */
  static String driver(Occasion occasion) {
    return occasion == Occasion.BACK ? "mce" : "mlxen";
  }

  void plug(Occasion occasion) {
    for (int unit = 0; unit < nics; unit++) {
      guest.host().plug(new HnUnit(unit), driver(occasion));
    }
  }

  void unplug() {
    for (int unit = 0; unit < nics; unit++) {
      guest.host().unplug(new HnUnit(unit));
    }
  }

  void bringUp(String vf) {
    guest.run(Command.changing(LIMIT, "ifconfig", vf, "up"));
  }
}
