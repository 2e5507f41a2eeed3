package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Prefix;
import org.hnvf.model.Vlan;
import org.junit.jupiter.api.Test;

/** The argument vectors, as the transcripts have them. */
final class CommandsTest {

  private static final InterfaceName HN0 = new InterfaceName("hn0");
  private static final InterfaceName VF = new InterfaceName("mlxen0");
  private static final InterfaceName LAGG0 = new InterfaceName("lagg0");
  private static final Prefix INET = Prefix.of("10.0.2.15/24");
  private static final Prefix INET6 = Prefix.of("2001:db8::50/64");

  @Test
  void readsChangeNothing() {
    reads(Ifconfig.all(), "ifconfig -a -D", 10);
    reads(Ifconfig.allPlain(), "ifconfig -a", 10);
    reads(Netstat.routes(), "netstat -rn", 10);
    reads(Ps.all(), "ps -axww -o pid= -o ruid= -o jid= -o command=", 10);
    reads(
        Sysctl.hyperV(),
        "sysctl -i hw.hn.vf_transparent hw.hn.vflist hw.hn.vfmap dev.hn net.pf"
            + " net.inet.ip.fw.enable net.inet6.ip6.fw.enable net.inet.ipf.fr_running"
            + " net.fibs net.add_addr_allfibs"
            + " kern.boottime",
        5);
    reads(Arp.look("10.0.2.2"), "arp -n 10.0.2.2", 10);
    reads(Ndp.look("2001:db8::77"), "ndp -n 2001:db8::77", 10);
    reads(Ping.once(false, "10.0.2.2"), "ping -c1 -t2 10.0.2.2", 10);
    reads(Ping.once(true, "2001:db8::77"), "ping6 -c1 -t2 2001:db8::77", 10);
  }

  /** Transcript 74. */
  @Test
  void vlans() {
    InterfaceName vlan7 = new InterfaceName("vlan7");
    changes(Ifconfig.withoutVlanParent(vlan7), "ifconfig vlan7 -vlandev", 10);
    changes(
        Ifconfig.vlan(new Vlan(vlan7, 7, 3, 1400), HN0),
        "ifconfig vlan7 vlan 7 vlandev hn0 vlanpcp 3 mtu 1400",
        10);
  }

  @Test
  void linkState() {
    changes(Ifconfig.up(VF), "ifconfig mlxen0 up", 10);
    changes(Ifconfig.down(VF), "ifconfig mlxen0 down", 10);
    changes(Ifconfig.mtu(HN0, 9000), "ifconfig hn0 mtu 9000", 10);
    changes(Ifconfig.fib(HN0, 1), "ifconfig hn0 fib 1", 10);
    changes(
        Ifconfig.createFailoverLagg(
            LAGG0,
            ImmutableList.of("ext", "egress"),
            Optional.empty(),
            ImmutableList.of(HN0),
            Optional.of(INET),
            true),
        "ifconfig lagg0 create laggproto failover group ext group egress laggport hn0 "
            + INET
            + " up",
        10);
    changes(Ifconfig.group(HN0, "ext"), "ifconfig hn0 group ext", 10);
    changes(Ifconfig.ungroup(HN0, "ext"), "ifconfig hn0 -group ext", 10);
    changes(
        Ifconfig.description(HN0, "uplink to vnet"),
        "ifconfig hn0 description 'uplink to vnet'",
        10);
  }

  @Test
  void lagg() {
    changes(
        Ifconfig.createFailoverLagg(
            LAGG0,
            ImmutableList.of(),
            Optional.empty(),
            ImmutableList.of(HN0, VF),
            Optional.of(INET),
            true),
        "ifconfig lagg0 create laggproto failover laggport hn0 laggport mlxen0 10.0.2.15/24 up",
        10);
    changes(
        Ifconfig.createFailoverLagg(
            LAGG0,
            ImmutableList.of(),
            Optional.empty(),
            ImmutableList.of(),
            Optional.empty(),
            false),
        "ifconfig lagg0 create laggproto failover",
        10);
    changes(Ifconfig.addPort(LAGG0, HN0), "ifconfig lagg0 laggport hn0", 10);
    changes(Ifconfig.removePort(LAGG0, VF), "ifconfig lagg0 -laggport mlxen0", 10);
    changes(Ifconfig.destroy(LAGG0), "ifconfig lagg0 destroy", 10);
  }

  @Test
  void addresses() {
    changes(Ifconfig.addInet(HN0, INET, false), "ifconfig hn0 inet 10.0.2.15/24", 10);
    changes(Ifconfig.addInet(HN0, INET, true), "ifconfig hn0 inet 10.0.2.15/24 alias", 10);
    changes(
        Ifconfig.addInet(HN0, INET, Optional.of("10.0.2.99"), true),
        "ifconfig hn0 inet 10.0.2.15/24 broadcast 10.0.2.99 alias",
        10);
    changes(Ifconfig.removeInet(HN0, INET), "ifconfig hn0 inet 10.0.2.15 -alias", 10);
    changes(Ifconfig.addInet6(LAGG0, INET6), "ifconfig lagg0 inet6 2001:db8::50/64", 10);
    changes(
        Ifconfig.addInet6(LAGG0, INET6, "prefer_source"),
        "ifconfig lagg0 inet6 2001:db8::50/64 prefer_source",
        10);
    changes(Ifconfig.removeInet6(HN0, INET6), "ifconfig hn0 inet6 2001:db8::50 -alias", 10);
    changes(
        Ifconfig.inet6Flags(LAGG0, "no_dad", "-ifdisabled", "accept_rtadv"),
        "ifconfig lagg0 inet6 no_dad -ifdisabled accept_rtadv",
        10);
    changes(
        Ifconfig.raw(LAGG0, ImmutableList.of("inet", "10.0.0.4", "netmask", "0xffffff00")),
        "ifconfig lagg0 inet 10.0.0.4 netmask 0xffffff00",
        10);
  }

  @Test
  void anAddressOfTheOtherFamilyIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Ifconfig.addInet(HN0, INET6, false));
    assertThrows(IllegalArgumentException.class, () -> Ifconfig.removeInet(HN0, INET6));
    assertThrows(IllegalArgumentException.class, () -> Ifconfig.addInet6(HN0, INET));
    assertThrows(IllegalArgumentException.class, () -> Ifconfig.removeInet6(HN0, INET));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Ifconfig.createFailoverLagg(
                LAGG0,
                ImmutableList.of(),
                Optional.empty(),
                ImmutableList.of(HN0),
                Optional.of(INET6),
                true));
  }

  @Test
  void dhclient() {
    Command start = Dhclient.start("dhclient", ImmutableList.of("-b"), LAGG0);
    changes(start, "dhclient -b lagg0", 100);
    assertThat(start.mayLeaveDaemon()).isTrue();
    changes(Dhclient.terminate(1500), "kill -TERM 1500", 5);
    assertThat(Dhclient.leaseFile(HN0)).isEqualTo("/var/db/dhclient.leases.hn0");
    assertThat(Dhclient.pidFiles(HN0))
        .containsExactly("/var/run/dhclient/dhclient.hn0.pid", "/var/run/dhclient.hn0.pid")
        .inOrder();
  }

  @Test
  void neverKillsMoreThanOneProcessNorInit() {
    for (long pid : new long[] {1, 0, -1, -1500}) {
      assertThrows(IllegalArgumentException.class, () -> Dhclient.terminate(pid));
    }
  }

  @Test
  void neighboursAndResolvers() {
    changes(Arp.delete("10.0.2.2"), "arp -d 10.0.2.2", 10);
    changes(Ndp.delete("fe80::1%lagg0"), "ndp -d fe80::1%lagg0", 10);
    reads(Arp.table(HN0), "arp -an -i hn0", 10);
    reads(Ndp.table(), "ndp -an", 10);
    changes(Rtsol.solicit(LAGG0), "rtsol lagg0", 15);
    changes(Resolvconf.delete(HN0), "resolvconf -d hn0", 15);
    assertThat(Resolvconf.INTERFACES).isEqualTo("/var/run/resolvconf/interfaces");
  }

  private static void reads(Command command, String line, long seconds) {
    assertThat(command.effect()).isEqualTo(Command.Effect.READS);
    isCommand(command, line, seconds);
  }

  private static void changes(Command command, String line, long seconds) {
    assertThat(command.effect()).isEqualTo(Command.Effect.CHANGES);
    isCommand(command, line, seconds);
  }

  private static void isCommand(Command command, String line, long seconds) {
    assertThat(command.line()).isEqualTo(line);
    assertThat(command.timeLimit()).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(command.environment()).isEmpty();
  }
}
