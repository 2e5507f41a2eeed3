package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import org.hnvf.event.DevdEvent;
import org.hnvf.model.Command;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/**
 * The processes that hnvf starts for one VF_UP on a DHCP guest. The newest stock script starts 20
 * for the same (transcript 53), sh and its subshells not counted.
 */
final class ProcessCountTest {

  @Test
  void oneVfUpOnADhcpGuest() throws HnvfException {
    Guest guest = withVfUp();
    int before = guest.sim.history().size();
    guest.orchestrator.vfUp(Guest.HN);
    assertThat(programsSince(guest, before))
        .containsExactly(
            "sysctl",
            "ifconfig -a -D",
            "netstat",
            "ps",
            "/bin/sh",
            "jls",
            "kldstat",
            "kill",
            "ifconfig lagg0 create",
            "ifconfig hn0 inet",
            "route",
            "ifconfig lagg0",
            // Whether the entry was set by hand, and its deletion.
            "arp",
            "arp",
            "ping",
            "/sbin/dhclient",
            "resolvconf",
            "sysctl",
            "ifconfig -a -D",
            "netstat",
            "ps")
        .inOrder();
  }

  /** Every jail and virtual machine makes interfaces. */
  @Test
  void oneThatIsNoVfCostsOne() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure());
    int before = guest.sim.history().size();
    guest.orchestrator.handle(new DevdEvent.IfAttach(new InterfaceName("epair0a")));
    assertThat(guest.sim.history()).hasSize(before + 1);
  }

  /** To know whose VF it is. */
  @Test
  void vfThatWasUpBeforeItsEventCostsOneMore() throws HnvfException {
    Guest guest = withVfUp();
    int before = guest.sim.history().size();
    guest.orchestrator.handle(new DevdEvent.IfAttach(new InterfaceName("mlxen0")));
    assertThat(
            programsSince(guest, before).stream()
                .takeWhile(name -> !name.equals("ifconfig lagg0 create"))
                .toList())
        .containsExactly(
            "sysctl",
            "sysctl",
            "ifconfig -a -D",
            "netstat",
            "ps",
            "/bin/sh",
            "jls",
            "kldstat",
            "kill")
        .inOrder();
  }

  /** Creates a guest whose VF was brought up by hand without an event so far. */
  private static Guest withVfUp() {
    Guest guest = Guest.of(Scenario.azure());
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");
    guest.sim.drainEvents();
    return guest;
  }

  private static ImmutableList<String> programsSince(Guest guest, int before) {
    return guest.sim.history().stream()
        .skip(before)
        .map(entry -> name(entry.result().command()))
        .collect(ImmutableList.toImmutableList());
  }

  private static String name(Command command) {
    return command.program().equals("ifconfig")
        ? "ifconfig " + String.join(" ", Iterables.limit(command.arguments(), 2))
        : command.program();
  }
}
