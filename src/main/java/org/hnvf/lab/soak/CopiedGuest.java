package org.hnvf.lab.soak;

import java.time.Duration;
import org.hnvf.model.Settings;
import org.hnvf.sim.SimulatedGuest;

/** A guest that no seed draws: a copy of another one. */
public interface CopiedGuest {

  /** Boots a fresh copy that has come to rest, with no VF. */
  SimulatedGuest boot();

  /** Boots one that is as rc.conf alone has it. */
  SimulatedGuest asConfigured();

  /**
   * Boots a copy again, as rc(8) does.
   *
   * @param length the time until rc(8) configures the network
   */
  void reboot(SimulatedGuest guest, Duration length);

  /** How many hn it has. */
  int nics();

  /** How many VLANs are on its hn. */
  int vlans();

  /** Whether a dhclient serves one of them. */
  boolean dhcp();

  /** Whether its kernel does the failover by itself. */
  boolean transparent();

  /** The settings of hnvf on it. */
  Settings settings();
}
