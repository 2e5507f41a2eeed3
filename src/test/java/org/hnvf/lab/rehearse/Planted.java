package org.hnvf.lab.rehearse;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.hnvf.lab.soak.CopiedGuest;
import org.hnvf.model.Command;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Prefix;
import org.hnvf.model.Settings;
import org.hnvf.sim.SimulatedGuest;

/**
 * A guest that hnvf strands: as soon as it runs a certain command, another network is behind the
 * hn.
 *
 * @param kind which guests are stranded, by what `ifconfig` shows of them at the beginning
 * @param trap the command after which nothing answers any more
 */
record Planted(CopiedGuest whole, Predicate<String> kind, BiPredicate<SimulatedGuest, Command> trap)
    implements CopiedGuest {

  @Override
  public SimulatedGuest boot() {
    SimulatedGuest guest = whole.boot();
    String shown = guest.run(Command.reading(Duration.ofMinutes(1), "ifconfig", "-a")).stdout();
    if (kind.test(shown)) {
      guest.beforeCommand(
          (command, number) -> {
            if (trap.test(guest, command)) {
              guest.host().network(new HnUnit(0), Prefix.of("192.0.2.1/24"));
            }
          });
    }
    return guest;
  }

  @Override
  public SimulatedGuest asConfigured() {
    return whole.asConfigured();
  }

  @Override
  public void reboot(SimulatedGuest guest, Duration length) {
    whole.reboot(guest, length);
  }

  @Override
  public int nics() {
    return whole.nics();
  }

  @Override
  public int vlans() {
    return whole.vlans();
  }

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public Optional<Prefix> lease(HnUnit unit) {
    return whole.lease(unit);
  }

  @Override
  public Duration vfDelay() {
    return whole.vfDelay();
  }

  @Override
  public boolean dhcp() {
    return whole.dhcp();
  }

  @Override
  public boolean transparent() {
    return whole.transparent();
  }

  @Override
  public Settings settings() {
    return whole.settings();
  }
}
