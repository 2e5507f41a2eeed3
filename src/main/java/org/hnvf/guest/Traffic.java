package org.hnvf.guest;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.freebsd.Arp;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.freebsd.IfconfigParser;
import org.hnvf.freebsd.Ndp;
import org.hnvf.freebsd.Ping;
import org.hnvf.freebsd.Sysctl;
import org.hnvf.model.Gateway;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.SystemException;

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
    /** It is a port, and there is no active one. */
    IDLE,
    /** It is a port, and another one is the active one. */
    BEHIND,
    /** It is no port of this lagg. */
    NONE,
    /** The lagg could not be looked at. */
    UNKNOWN
  }

  /** Whether the lagg sends through this port, so that the port has a link. */
  public PortState port(InterfaceName lagg, InterfaceName port) {
    try {
      String text = runner.run(Ifconfig.show(lagg)).wholeText();
      ImmutableMap<String, NetInterface> shown = IfconfigParser.parse(text);
      Optional<NetInterface> found = Optional.ofNullable(shown.get(lagg.value()));
      boolean other = found.stream().flatMap(l -> l.ports().stream()).anyMatch(p -> p.isActive());
      PortState idle = other ? PortState.BEHIND : PortState.IDLE;
      return found
          .flatMap(l -> l.port(port))
          .map(p -> p.isActive() ? PortState.ACTIVE : idle)
          .orElse(PortState.NONE);
    } catch (SystemException e) {
      return PortState.UNKNOWN;
    }
  }

  /**
   * Whether the host still sends to the synthetic NIC of this unit though its VF is up: hn(4) tells
   * which VF carries the data path, and there is none. Where it cannot be asked nothing is known.
   */
  public boolean isBeforeSwitch(HnUnit unit) {
    try {
      return runner.run(Sysctl.receivingVf(unit)).wholeText().isBlank();
    } catch (SystemException e) {
      return false;
    }
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
    String address = gateway.address();
    try {
      return gateway.ipv6()
          ? Ndp.isResolved(runner.run(Ndp.look(address)).wholeText(), address)
          : Arp.isResolved(runner.run(Arp.look(address)).wholeText(), address);
    } catch (SystemException e) {
      // Both end with 1 where there is no entry.
      return false;
    }
  }
}
