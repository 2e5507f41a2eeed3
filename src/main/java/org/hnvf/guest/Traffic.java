package org.hnvf.guest;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.freebsd.Arp;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.freebsd.IfconfigParser;
import org.hnvf.freebsd.Ndp;
import org.hnvf.freebsd.Ping;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Gateway;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;

/**
 * Whether packets pass, which no configuration tells. That a gateway is there shows in the kernel's
 * table of neighbours: Azure's answers ARP and neighbour discovery, but no ping.
 */
public final class Traffic {

  private final CommandRunner runner;

  /** Looks through {@code runner}. */
  public Traffic(CommandRunner runner) {
    this.runner = runner;
  }

  /** What a lagg shows of an interface that should be its active port. */
  public enum PortState {
    /** The lagg sends through it: it has a link. */
    ACTIVE,
    /** It is a port, and not the active one. */
    IDLE,
    /** It is no port of this lagg. */
    NONE,
    /** The lagg could not be looked at. */
    UNKNOWN
  }

  /** Whether the lagg sends through this port, so that the port has a link. */
  public PortState port(InterfaceName lagg, InterfaceName port) {
    CommandResult result = runner.run(Ifconfig.show(lagg));
    if (!result.succeeded()) {
      return PortState.UNKNOWN;
    }
    ImmutableMap<String, NetInterface> shown = IfconfigParser.parse(result.stdout());
    return Optional.ofNullable(shown.get(lagg.value()))
        .flatMap(l -> l.port(port))
        .map(p -> p.isActive() ? PortState.ACTIVE : PortState.IDLE)
        .orElse(PortState.NONE);
  }

  /** Whether the gateway is known; one that was not needed for a while is asked for. */
  public boolean isThere(Gateway gateway) {
    return isKnown(gateway) || answers(gateway);
  }

  /** Whether the gateway answers now, whatever was known of it before. */
  public boolean answersAnew(Gateway gateway) {
    runner.run(gateway.ipv6() ? Ndp.delete(gateway.address()) : Arp.delete(gateway.address()));
    return answers(gateway);
  }

  private boolean answers(Gateway gateway) {
    return runner.run(Ping.once(gateway.ipv6(), gateway.address())).succeeded() || isKnown(gateway);
  }

  private boolean isKnown(Gateway gateway) {
    CommandResult result =
        runner.run(gateway.ipv6() ? Ndp.look(gateway.address()) : Arp.look(gateway.address()));
    return result.succeeded()
        && (gateway.ipv6()
            ? Ndp.isResolved(result.stdout(), gateway.address())
            : Arp.isResolved(result.stdout(), gateway.address()));
  }
}
