package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replays recorded transcripts; the numbers are exact, so that none can be lost. */
final class TranscriptReplayTest {

  /** The recording machine: two NICs, and interfaces of other jails in between. */
  private static Scenario rig() {
    return taken(Scenario.bare().nics(2));
  }

  private static Scenario taken(Scenario scenario) {
    return scenario.takenIndexes(1, 2, 5, 7, 8, 9, 10, 11);
  }

  private static void replay(String name, MiniShell shell, int identical, int skipped) {
    Replay replay = Replay.of(name, shell);
    assertWithMessage("different in %s: %s", name, String.join("\n", replay.different()))
        .that(replay.different())
        .isEmpty();
    assertThat(ImmutableList.of(replay.identical(), replay.skipped()))
        .isEqualTo(ImmutableList.of(identical, skipped));
  }

  private static List<Long> millis(MiniShell shell) {
    return shell.longestGaps().stream().map(Duration::toMillis).toList();
  }

  @Test
  void ifconfigBasics() {
    replay("01-ifconfig-basics", new MiniShell(rig().start()), 80, 2);
  }

  @Test
  void laggBasics() {
    MiniShell shell = new MiniShell(rig().start());
    shell.prepare("ifconfig hn0 inet6 -ifdisabled up", "sleep 3");
    replay("03-lagg-basics", shell, 57, 2);
  }

  @Test
  void moveBeforeTheVfIsUpAndBack() {
    MiniShell shell = new MiniShell(rig().start());
    replay("50-move-before-vf-up", shell, 54, 0);
    assertThat(millis(shell)).containsExactly(85L, 0L, 0L, 70L, 0L, 0L, 135L).inOrder();
  }

  @Test
  void moveOfDhcpBeforeTheVfIsUpAndBack() {
    MiniShell shell = new MiniShell(rig().start());
    replay("50-move-before-vf-up", shell, 54, 0);
    shell.prepare(
        "ifconfig hn0 inet -alias",
        "ifconfig hn0 inet -alias",
        "ifconfig hn0 inet6 2001:db8::50 -alias");
    replay("51-move-dhcp", shell, 34, 1);
    shell.prepare("pkill dhclient", "rm -f /var/db/dhclient.leases.*", "ifconfig hn0 inet -alias");
    replay("52-move-on-vf-up", shell, 25, 0);
    assertThat(millis(shell).subList(7, 12)).containsExactly(85L, 0L, 330L, 155L, 220L).inOrder();
  }

  @Test
  void preparedOrdersThereAndBack() {
    MiniShell shell = new MiniShell(rig().start());
    replay("54-move-and-back-prepared", shell, 35, 0);
    replay("55-ipv6-and-dhcp-back", shell, 52, 0);
    assertThat(millis(shell).subList(0, 2)).containsExactly(70L, 70L);
  }

  @Test
  void gatewayCheckAndVfWithoutCarrier() {
    replay("56-gateway-check", new MiniShell(rig().start()), 33, 0);
  }

  @Test
  void wholeStory() {
    MiniShell shell = new MiniShell(taken(Scenario.azure().nics(2).slaac()).start());
    replay("57-whole-story-dhcp-slaac", shell, 65, 0);
    assertThat(millis(shell)).containsExactly(70L, 0L, 0L, 0L, 70L).inOrder();
  }

  @Test
  void routesOfAnAddressThatMoves() {
    replay("26-routes-moves", new MiniShell(rig().start()), 29, 5);
  }

  @Test
  void ipv6OfAnInterfaceThatJoins() {
    MiniShell shell = new MiniShell(rig().router("fe80::94a8:23ff:fe6a:ec45").start());
    shell.prepare("ifconfig hn0 up", "sleep 3");
    replay("27-ipv6", shell, 30, 2);
  }

  @Test
  void sysctl() {
    MiniShell shell = new MiniShell(rig().start());
    shell.prepare("ifconfig lagg0", "sysctl debug.fakehn.vf_plug=0", "ifconfig mlxen0 up");
    replay("20-sysctl", shell, 32, 9);
    replay("21-sysctl-lagg-unloaded", new MiniShell(rig().start()), 10, 6);
  }

  @Test
  void dhclient() {
    replay("25-dhclient", new MiniShell(rig().start()), 31, 16);
  }

  @Test
  void devdEvents() {
    SimulatedGuest guest = rig().start();
    replay("05-devd-events", new MiniShell(guest), 16, 17);
    String recorded =
        Transcript.load("05-devd-events").entries().stream()
            .filter(e -> e.command().equals("cat /tmp/devd.pipe.log"))
            .findFirst()
            .orElseThrow()
            .stdout();
    assertThat(guest.drainEvents().stream().map(DevdEvent::line).toList())
        .containsExactlyElementsIn(recorded.lines().toList())
        .inOrder();
  }
}
