package org.hnvf.guest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hnvf.exec.CommandRunner;
import org.hnvf.freebsd.Arp;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.freebsd.IfconfigParser;
import org.hnvf.freebsd.Ndp;
import org.hnvf.freebsd.Ping;
import org.hnvf.freebsd.Sysctl;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.ProbeTarget;
import org.hnvf.model.SystemException;

/**
 * Checks whether packets pass, which no configuration shows. The kernel's table of neighbours shows
 * whether a gateway answers: Azure's answers ARP and neighbour discovery, but no ping.
 */
public final class Traffic {

  private final CommandRunner runner;

  /** The neighbours that have no entry, or one that the kernel learnt. */
  private final Set<String> notByHand = new HashSet<>();

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

  /** The answer of a neighbour. */
  public enum Answer {
    /** It answers, or its link-layer address is known. */
    YES,
    /** It does not answer. */
    NO,
    /** A packet filter of the guest lets nothing out to it, so it was not asked. */
    NOT_SENT
  }

  /**
   * Returns whether the neighbour is known; one that has not been used for a while is asked.
   *
   * @param ask whether to ask a known one, too
   */
  public Answer isThere(ProbeTarget neighbour, boolean ask) {
    return !ask && isKnown(neighbour) ? Answer.YES : answer(neighbour);
  }

  /**
   * Returns whether the neighbour answers now; its entry is deleted first. An entry that was set by
   * hand is left, because the kernel would not add it again.
   */
  public Answer answersAnew(ProbeTarget neighbour) {
    String address = neighbour.address();
    if (notByHand.contains(neighbour.host()) || !isSetByHand(neighbour)) {
      runner.run(neighbour.ipv6() ? Ndp.delete(address) : Arp.delete(address));
    }
    return answer(neighbour);
  }

  /**
   * Returns the neighbours of this interface that the kernel learnt from their answers, those of
   * IPv4 first.
   */
  public ImmutableList<ProbeTarget> neighbours(InterfaceName holder) {
    ImmutableList<ProbeTarget> all =
        Stream.concat(
                Arp.learnt(output(Arp.table(holder)), holder).stream()
                    .map(address -> new ProbeTarget(false, address)),
                Ndp.learnt(output(Ndp.table()), holder).stream()
                    .map(address -> new ProbeTarget(true, address)))
            .collect(ImmutableList.toImmutableList());
    all.forEach(one -> notByHand.add(one.host()));
    return all;
  }

  private Answer answer(ProbeTarget neighbour) {
    CommandResult ping = runner.run(Ping.once(neighbour.ipv6(), neighbour.address()));
    if (ping.succeeded()) {
      return Answer.YES;
    }
    if (Ping.isFiltered(ping)) {
      return Answer.NOT_SENT;
    }
    return isKnown(neighbour) ? Answer.YES : Answer.NO;
  }

  /** Returns the output; both programs end with 1 if there is no entry. */
  private String output(Command command) {
    try {
      return runner.run(command).wholeText();
    } catch (SystemException e) {
      return "";
    }
  }

  /** Returns whether it answered; an entry that was set by hand does not show that. */
  private boolean isKnown(ProbeTarget neighbour) {
    String address = neighbour.address();
    String entry = entry(neighbour);
    if (!isPermanent(neighbour, entry)) {
      notByHand.add(neighbour.host());
    }
    return neighbour.ipv6() ? Ndp.isResolved(entry, address) : Arp.isResolved(entry, address);
  }

  private boolean isSetByHand(ProbeTarget neighbour) {
    return isPermanent(neighbour, entry(neighbour));
  }

  private String entry(ProbeTarget neighbour) {
    String address = neighbour.address();
    return output(neighbour.ipv6() ? Ndp.look(address) : Arp.look(address));
  }

  private static boolean isPermanent(ProbeTarget neighbour, String entry) {
    String address = neighbour.address();
    return neighbour.ipv6() ? Ndp.isPermanent(entry, address) : Arp.isPermanent(entry, address);
  }
}
