package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
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

  @CanIgnoreReturnValue
  private static ImmutableList<Replay.CutOff> replay(
      String name, MiniShell shell, int identical, int skipped) {
    Replay replay = Replay.of(name, shell);
    assertWithMessage("different in %s: %s", name, String.join("\n", replay.different()))
        .that(replay.different())
        .isEmpty();
    assertThat(ImmutableList.of(replay.identical(), replay.skipped()))
        .isEqualTo(ImmutableList.of(identical, skipped));
    return replay.cutOffs();
  }

  /** Each cut-off of the recording, in milliseconds, and that ours are within 30 % of it. */
  private static void cutOffs(List<Replay.CutOff> cutOffs, long... recorded) {
    assertThat(cutOffs.stream().map(c -> c.recorded().toMillis()).toList())
        .isEqualTo(Longs.asList(recorded));
    assertThat(cutOffs.stream().filter(c -> !c.isClose()).toList()).isEmpty();
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
    cutOffs(replay("50-move-before-vf-up", shell, 54, 0), 100, 0, 20, 60, 0, 0, 140);
  }

  @Test
  void moveOfDhcpBeforeTheVfIsUpAndBack() {
    MiniShell shell = new MiniShell(rig().start());
    replay("50-move-before-vf-up", shell, 54, 0);
    shell.prepare(
        "ifconfig hn0 inet -alias",
        "ifconfig hn0 inet -alias",
        "ifconfig hn0 inet6 2001:db8::50 -alias");
    cutOffs(replay("51-move-dhcp", shell, 34, 1), 80, 0, 400);
    shell.prepare("pkill dhclient", "rm -f /var/db/dhclient.leases.*", "ifconfig hn0 inet -alias");
    cutOffs(replay("52-move-on-vf-up", shell, 25, 0), 220, 260);
  }

  @Test
  void preparedOrdersThereAndBack() {
    MiniShell shell = new MiniShell(rig().start());
    ImmutableList<Replay.CutOff> static4 = replay("54-move-and-back-prepared", shell, 35, 0);
    // The third is the order turned round: how long ARP waits is chance, see ReachabilityTest.
    cutOffs(static4.subList(0, 2), 100, 60);
    ImmutableList<Replay.CutOff> static6 = replay("55-ipv6-and-dhcp-back", shell, 52, 0);
    cutOffs(static6.subList(0, 2), 1040, 80);
    cutOffs(static6.subList(3, 4), 60);
  }

  @Test
  void gatewayCheckAndVfWithoutCarrier() {
    replay("56-gateway-check", new MiniShell(rig().start()), 33, 0);
  }

  @Test
  void wholeStory() {
    MiniShell shell = new MiniShell(taken(Scenario.azure().nics(2).slaac()).start());
    cutOffs(replay("57-whole-story-dhcp-slaac", shell, 65, 0), 60, 0, 0, 0, 60);
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
