package org.hnvf.lab.compare;

import java.time.Duration;
import org.hnvf.lab.StockScripts;
import org.hnvf.lab.StockScripts.Edition;
import org.hnvf.sim.SimulatedGuest;

/** The base system's newest scripts, with the address loop that ends. */
final class StockCare implements Caretaker {

  /** The stock {@code hyperv_vf_delay}. */
  private static final Duration DELAY = Duration.ofSeconds(2);

  /** Time in which devd comes to the end of what one NIC makes it do. */
  private static final Duration PER_NIC = Duration.ofSeconds(10);

  private final SimulatedGuest guest;
  private final Host host;
  private final Start start;
  private final StockScripts scripts;

  StockCare(SimulatedGuest guest, int nics, Start start) {
    this.guest = guest;
    this.host = new Host(guest, nics);
    this.start = start;
    this.scripts = new StockScripts(guest, Edition.MENDED, true, event -> {});
  }

  @Override
  public void live(Occasion occasion) throws InterruptedException {
    if (occasion == Occasion.REVOKED) {
      host.unplug();
    } else {
      host.plug(occasion);
    }
    if (start == Start.THROUGH_DEVD) {
      if (occasion == Occasion.UP_BY_OTHERS) {
        bringUpAll(occasion);
      }
      scripts.pass(PER_NIC.multipliedBy(host.nics() + 1L));
    } else if (occasion != Occasion.REVOKED) {
      guest.timer().sleep(DELAY);
      for (int unit = 0; unit < host.nics(); unit++) {
        host.bringUp(Host.driver(occasion) + unit);
        scripts.vfUp("hn" + unit);
      }
    }
  }

  private void bringUpAll(Occasion occasion) {
    for (int unit = 0; unit < host.nics(); unit++) {
      host.bringUp(Host.driver(occasion) + unit);
    }
  }
}
