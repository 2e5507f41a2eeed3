package org.hnvf.lab;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.Prefix;
import org.hnvf.model.UserException;
import org.hnvf.rcconf.EvaluatedRcConf;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;

/**
 * Boots a simulated guest from a given rc.conf. The networks of its NICs are those of their
 * addresses, and its default routers exist.
 */
final class RcBoot {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final String text;
  private final RcStart start;
  private final ImmutableList<ImmutableList<String>> netif;
  private final ImmutableList<InterfaceConfig> configs;
  private final ImmutableList.Builder<String> complaints = ImmutableList.builder();

  /**
   * The boot of this rc.conf.
   *
   * @param rc what sh(1) made of the text
   * @throws UserException (configuration) where a value is more than arguments for ifconfig(8)
   */
  RcBoot(String text, EvaluatedRcConf rc) throws UserException {
    this.text = text;
    this.start = new RcStart(rc);
    this.netif = start.netif();
    this.configs = start.configsOfNics();
    complaints.addAll(rc.warnings());
  }

  /** Boots a guest that has no configuration. */
  SimulatedGuest start(Scenario unconfigured) {
    SimulatedGuest guest =
        unconfigured.withoutVlans().rcConf(text.stripTrailing()).nics(configs.size()).start();
    if (start.fibs() > 1) {
      run(guest, ImmutableList.of("sysctl", "net.fibs=" + start.fibs()));
    }
    // rtsol(8) is among the commands, and asks once.
    for (int unit = 0; unit < configs.size(); unit++) {
      if (configs.get(unit).acceptRtadv()) {
        guest.host().routerAdvertisements(new HnUnit(unit), true);
      }
    }
    netif.forEach(command -> run(guest, command));
    for (int unit = 0; unit < configs.size(); unit++) {
      network(guest, new HnUnit(unit), configs.get(unit));
    }
    start.routers().stream()
        .flatMap(router -> address(router).stream())
        .forEach(guest.host()::router);
    start.routing().forEach(command -> run(guest, command));
    guest.drainEvents();
    return guest;
  }

  /** Returns the errors of the commands, and the parts that are not simulated. */
  ImmutableList<String> complaints() {
    return complaints.build();
  }

  /** Creates the network of a NIC. */
  private void network(SimulatedGuest guest, HnUnit unit, InterfaceConfig config) {
    if (config.vnetJail().isPresent()) {
      complaints.add(
          config.interfaceName().value()
              + " would go into the vnet jail "
              + config.vnetJail().get()
              + ", which is not simulated: it stays");
    }
    guest.host().followAddresses(unit);
  }

  /** A router by its address, its zone left out. */
  private static Optional<InetAddress> address(String router) {
    try {
      return Optional.of(Prefix.of(router.replaceFirst("%.*", "")).address());
    } catch (IllegalArgumentException e) {
      // route(8) complains of it.
      return Optional.empty();
    }
  }

  private void run(SimulatedGuest guest, ImmutableList<String> argv) {
    CommandResult result =
        guest.run(
            Command.changing(
                PATIENCE, argv.get(0), argv.subList(1, argv.size()).toArray(String[]::new)));
    if (!result.succeeded()) {
      complaints.add(result.summary());
    }
  }
}
