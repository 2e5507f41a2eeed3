package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;

final class TranscriptReplayTest {
  @Test
  void show() {
    MiniShell s03 = new MiniShell(rig().start());
    s03.prepare("ifconfig hn0 inet6 -ifdisabled up", "sleep 3");
    report("03-lagg-basics", s03);
    MiniShell s01 = new MiniShell(rig().start());
    report("01-ifconfig-basics", s01);
    MiniShell a = new MiniShell(rig().start());
    report("50-move-before-vf-up", a);
    a.prepare(
        "ifconfig hn0 inet -alias",
        "ifconfig hn0 inet -alias",
        "ifconfig hn0 inet6 2001:db8::50 -alias");
    report("51-move-dhcp", a);
    a.prepare("pkill dhclient", "rm -f /var/db/dhclient.leases.*", "ifconfig hn0 inet -alias");
    report("52-move-on-vf-up", a);
    MiniShell b = new MiniShell(rig().start());
    report("54-move-and-back-prepared", b);
    report("55-ipv6-and-dhcp-back", b);
    MiniShell c =
        new MiniShell(
            Scenario.azure().nics(2).slaac().takenIndexes(1, 2, 5, 7, 8, 9, 10, 11).start());
    report("57-whole-story-dhcp-slaac", c);
    report("56-gateway-check", new MiniShell(rig().start()));
    report("26-routes-moves", new MiniShell(rig().start()));
    MiniShell s27 = new MiniShell(rig().router("fe80::94a8:23ff:fe6a:ec45").start());
    s27.prepare("ifconfig hn0 up");
    report("27-ipv6", s27);
    report("20-sysctl", new MiniShell(rig().start()));
    report("21-sysctl-lagg-unloaded", new MiniShell(rig().start()));
    report("25-dhclient", new MiniShell(rig().start()));
    report("05-devd-events", new MiniShell(rig().start()));
    assertThat(c.longestGaps()).isNotEmpty();
  }

  static Scenario rig() {
    return Scenario.bare().nics(2).takenIndexes(1, 2, 5, 7, 8, 9, 10, 11);
  }

  static void report(String name, MiniShell shell) {
    int before = shell.longestGaps().size();
    Replay r = Replay.of(name, shell);
    System.out.println(
        "##### "
            + name
            + " identical "
            + r.identical()
            + " different "
            + r.different().size()
            + " skipped "
            + r.skipped()
            + " gaps "
            + shell.longestGaps().subList(before, shell.longestGaps().size()));
    r.different().forEach(System.out::println);
  }
}
