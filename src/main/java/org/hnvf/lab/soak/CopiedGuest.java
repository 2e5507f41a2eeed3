package org.hnvf.lab.soak;

import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Prefix;
import org.hnvf.model.Settings;
import org.hnvf.sim.SimulatedGuest;

/** A guest that no seed draws: a copy of another one. */
public interface CopiedGuest {

  /** The name of what it was copied from. */
  String name();

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

  /** The address that the DHCP server of a network gives this hn, if a dhclient serves it. */
  Optional<Prefix> lease(HnUnit unit);

  /** How long an attached VF is left down. */
  Duration vfDelay();

  /** Whether a dhclient serves one of them. */
  boolean dhcp();

  /** Whether its kernel does the failover by itself. */
  boolean transparent();

  /** The settings of hnvf on it. */
  Settings settings();
}
