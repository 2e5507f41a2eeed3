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
 * Checks whether packets pass, which no configuration shows. The kernel's table of neighbours shows
 * whether a gateway answers: Azure's answers ARP and neighbour discovery, but no ping.
 */
public final class Traffic {

  private final CommandRunner runner;

  /** Creates a check that runs commands through {@code runner}. */
  public Traffic(CommandRunner runner) {
    this.runner = runner;
  }

  /** The state of an interface that should be a lagg's active port. */
  public enum PortState {
    /** It is the active port: it has a link. */
    ACTIVE,
    /** It is a port, and the lagg has no active port. */
    IDLE,
    /** It is a port, and another port is active. */
    BEHIND,
    /** It is no port of this lagg. */
    NONE,
    /** The lagg could not be read. */
    UNKNOWN
  }

  /** Returns the state of this port; an active port has a link. */
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
   * Returns whether the host still sends to the synthetic NIC of this unit while its VF is up:
   * hn(4) publishes which VF carries the data path, and there is no such VF. False if that cannot
   * be read.
   */
  public boolean isBeforeSwitch(HnUnit unit) {
    try {
      return runner.run(Sysctl.receivingVf(unit)).wholeText().isBlank();
    } catch (SystemException e) {
      return false;
    }
  }

  /**
   * Returns whether the gateway is a known neighbour; one that has not been used for a while is
   * probed.
   */
  public boolean isThere(Gateway gateway) {
    return isKnown(gateway) || answers(gateway);
  }

  /** Returns whether the gateway answers now; the known neighbour is deleted first. */
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
      // Both end with 1 if there is no entry.
      return false;
    }
  }
}
