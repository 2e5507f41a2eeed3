package org.hnvf.guest;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.freebsd.Netstat;
import org.hnvf.freebsd.Ps;
import org.hnvf.freebsd.Sysctl;
import org.hnvf.freebsd.Transcripts;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.DhcpClient;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HyperV;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Route;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GuestReaderTest {

  private static final ImmutableList<Command> READS =
      ImmutableList.of(Sysctl.hyperV(), Ifconfig.all(), Netstat.routes(), Ps.all());

  private static final String BOOT_TIME =
      "{ sec = 1795353589, usec = 427942 } Sun Nov 22 13:19:49 2026";

  private static final String PROCESSES =
      """
          1  0 0 /sbin/init
        501  0 0 /usr/sbin/hv_kvp_daemon
       2707  0 0 dhclient: system.syslog (dhclient)
       2710  0 0 dhclient: lagg0 [priv] (dhclient)
       2741 65 0 dhclient: lagg0 (dhclient)
       2800  0 0 ps -axww -o pid= -o ruid= -o jid= -o command=
      """;

  private final ScriptedRunner runner = new ScriptedRunner();
  private final FakeFiles files = new FakeFiles();
  private final GuestReader reader = new GuestReader(runner, files);

  /** The guest of transcript 57 while the VF carries the traffic. */
  @BeforeEach
  void aGuestOnItsLagg() throws SystemException {
    runner.prints(
        Ifconfig.all(),
        (Transcripts.stdout("57", "ifconfig hn0", 1) + "\tdrivername: hn0\n")
            + (Transcripts.stdout("57", "ifconfig lagg0", 1) + "\tdrivername: lagg0\n")
            + (Transcripts.stdout("56", "ifconfig mlxen0", 0).replace("mlxen0", "vf0")
                + "\tdrivername: mlxen0\n"));
    runner.prints(
        Sysctl.hyperV(),
        Transcripts.stdout("20", "sysctl hw.hn", 0)
            + Transcripts.stdout("20", "sysctl dev.hn", 0)
            + "kern.boottime: "
            + BOOT_TIME
            + "\n");
    runner.prints(Netstat.routes(), Transcripts.stdout("57", "netstat -rn", 1));
    runner.prints(Ps.all(), PROCESSES);
    files.write("/var/run/resolvconf/interfaces/lagg0", "nameserver 10.0.2.3\n");
  }

  @Test
  void readsTheGuestByFourCommands() throws SystemException {
    GuestState state = reader.snapshot();

    assertThat(runner.asked())
        .containsExactlyElementsIn(READS.stream().map(Command::line).toList())
        .inOrder();
    assertThat(state.interfaces().keySet()).containsExactly("hn0", "lagg0", "vf0").inOrder();
    assertThat(state.laggOf(name("mlxen0")).map(lagg -> lagg.name())).hasValue("lagg0");
    assertThat(state.find(name("vf0")).flatMap(vf -> vf.driverName())).hasValue("mlxen0");
    assertThat(state.hyperV().transparent()).hasValue(false);
    assertThat(state.hyperV().devices().get(new HnUnit(0)))
        .isEqualTo(new HyperV.Device(Optional.of("mlxen0"), Optional.of("mlxen0")));
    assertThat(state.routes()).hasSize(18);
    assertThat(state.routesOn(name("lagg0"))).hasSize(6);
    assertThat(state.dhcpClients()).containsExactly(new DhcpClient("lagg0", 2741));
    assertThat(state.resolvers()).containsExactly("lagg0");
    assertThat(state.integrationDaemons()).containsExactly("hv_kvp_daemon");
    assertThat(state.bootTime()).hasValue(Instant.parse("2026-11-22T13:19:49.427942Z"));
  }

  @Test
  void asksAnOldIfconfigWithoutDriverNames() throws SystemException {
    runner.fails(
        Ifconfig.all(), 1, "ifconfig: illegal option -- D\nusage: ifconfig [-j jail] interface\n");
    runner.prints(Ifconfig.allPlain(), Transcripts.stdout("11", "ifconfig -a", 0));

    GuestState state = reader.snapshot();

    assertThat(runner.asked()).hasSize(5);
    assertThat(runner.asked()).contains("ifconfig -a");
    assertThat(state.interfaces().keySet())
        .containsExactly("lo0", "hn0", "hn1", "lagg0", "mlxen0")
        .inOrder();
    state.interfaces().forEach((name, shown) -> assertThat(shown.driverName()).hasValue(name));
  }

  @Test
  void asksOnlyOnceWhenIfconfigFailsForAnotherReason() {
    runner.fails(Ifconfig.all(), 1, "ifconfig: socket(AF_LOCAL): No buffer space available\n");

    SystemException failure = assertThrows(SystemException.class, reader::snapshot);

    assertThat(failure)
        .hasMessageThat()
        .isEqualTo(
            "cannot read the guest: `ifconfig -a -D` exited 1: ifconfig: socket(AF_LOCAL): No"
                + " buffer space available");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.SYSTEM);
    assertThat(runner.asked()).containsExactly(Sysctl.hyperV().line(), "ifconfig -a -D").inOrder();
  }

  @Test
  void anOldIfconfigThatFailsIsNamed() {
    runner.fails(Ifconfig.all(), 1, "ifconfig: illegal option -- D\n");
    runner.fails(Ifconfig.allPlain(), 1, "ifconfig: no\n");

    assertThat(assertThrows(SystemException.class, reader::snapshot))
        .hasMessageThat()
        .contains("`ifconfig -a` exited 1: ifconfig: no");
  }

  @Test
  void anyReadThatFailsIsNamedWithWhatCameBack() throws SystemException {
    for (Command read : READS) {
      fails(read, new CommandResult.Exited(2), "exited 2");
      fails(read, new CommandResult.TimedOut(Duration.ofSeconds(5)), "did not end within 5000 ms");
      fails(read, new CommandResult.NotFound("/sbin:/bin"), "was not found in /sbin:/bin");
      fails(read, new CommandResult.NotRun("no memory"), "could not be run: no memory");
    }
  }

  private void fails(Command read, CommandResult.Ending ending, String what)
      throws SystemException {
    runner.answers(read, ending, "hn0: flags=0 metric 0 mtu 1500\n", "");
    SystemException failure = assertThrows(SystemException.class, reader::snapshot);
    assertThat(failure)
        .hasMessageThat()
        .startsWith("cannot read the guest: `" + read.line() + "` " + what);
    aGuestOnItsLagg();
    assertThat(reader.snapshot().interfaces()).hasSize(3);
  }

  @Test
  void outputThatIsCutOrEmptyIsNoState() throws SystemException {
    for (Command read : READS) {
      String whole = runner.run(read).stdout();
      for (String cut : ImmutableList.of("", whole.substring(0, whole.length() - 1), "x")) {
        runner.prints(read, cut);
        assertThat(assertThrows(SystemException.class, reader::snapshot))
            .hasMessageThat()
            .startsWith(
                "cannot read the guest: the output of `" + read.line() + "` is truncated: ");
      }
      aGuestOnItsLagg();
    }
  }

  @Test
  void outputThatIsSomethingElseIsNoState() throws SystemException {
    for (Command read : ImmutableList.of(Ifconfig.all(), Netstat.routes(), Ps.all())) {
      runner.prints(read, "all is well\n");
      assertThat(assertThrows(SystemException.class, reader::snapshot))
          .hasMessageThat()
          .startsWith("cannot read the guest: the output of `" + read.line() + "` ");
      aGuestOnItsLagg();
    }
  }

  @Test
  void aKernelWithoutTheSysctlsIsRead() throws SystemException {
    runner.prints(Sysctl.hyperV(), "kern.boottime: " + BOOT_TIME + "\n");

    HyperV hyperV = reader.snapshot().hyperV();

    assertThat(hyperV)
        .isEqualTo(
            new HyperV(Optional.empty(), Optional.empty(), ImmutableMap.of(), ImmutableMap.of()));
  }

  @Test
  void aGuestWithoutRoutesAndResolversIsRead() throws SystemException {
    runner.prints(Netstat.routes(), "Routing tables\n");
    files.delete("/var/run/resolvconf/interfaces/lagg0");

    assertThat(reader.snapshot().routes()).isEmpty();
    assertThat(reader.snapshot().resolvers()).isEmpty();
  }

  @Test
  void resolversThatCannotBeReadAreAFailure() {
    files.breakPath("/var/run/resolvconf/interfaces");

    assertThat(assertThrows(SystemException.class, reader::snapshot))
        .hasMessageThat()
        .contains("/var/run/resolvconf/interfaces");
  }

  @Test
  void completesANameThatNetstatCut() throws SystemException {
    assertThat(netifOf("hypervne", "hypervnet0", "lo0")).isEqualTo("hypervnet0");
    assertThat(netifOf("hypervne", "hypervne", "lo0")).isEqualTo("hypervne");
  }

  @Test
  void leavesANameThatMayBeSeveralOrNone() throws SystemException {
    assertThat(netifOf("hypervne", "hypervnet0", "hypervnet1")).isEqualTo("hypervne");
    assertThat(netifOf("hypervne", "hn0")).isEqualTo("hypervne");
    assertThat(netifOf("hn1", "hn10")).isEqualTo("hn1");
  }

  private String netifOf(String printed, String... interfaces) throws SystemException {
    StringBuilder shown = new StringBuilder();
    for (String name : interfaces) {
      shown.append(name).append(": flags=8843<UP> metric 0 mtu 1500\n");
    }
    runner.prints(Ifconfig.all(), shown.toString());
    runner.prints(
        Netstat.routes(),
        "Routing tables\n\nInternet:\nDestination  Gateway  Flags  Netif Expire\n"
            + "default  10.0.2.2  UGS  "
            + printed
            + "\n");
    ImmutableList<Route> routes = reader.snapshot().routes();
    assertThat(routes).hasSize(1);
    return routes.get(0).netif();
  }

  private static InterfaceName name(String value) {
    return new InterfaceName(value);
  }
}
