package org.hnvf.lab;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulated guest that is booted from a given rc.conf. */
final class RcBootTest {

  private final Path scratch;
  private final List<String> console = new ArrayList<>();

  RcBootTest(@TempDir Path scratch) {
    this.scratch = scratch;
  }

  private SimulatedMachine boot(String... lines) throws IOException, HnvfException {
    Path file =
        Files.writeString(scratch.resolve("rc.conf"), String.join("\n", lines) + "\n", UTF_8);
    return SimulatedMachine.reset(
        scratch.resolve("guest"), file, new ProcessRunner(), console::add);
  }

  private static CommandResult type(SimulatedMachine machine, String line) {
    String[] argv = line.split(" ", -1);
    return machine
        .guest()
        .run(
            Command.changing(
                Duration.ofMinutes(1), argv[0], Arrays.copyOfRange(argv, 1, argv.length)));
  }

  private static String run(SimulatedMachine machine, String line) {
    return type(machine, line).stdout();
  }

  @Test
  void itHasWhatRcWouldHaveGivenItInItsOwnNetworks() throws IOException, HnvfException {
    try (SimulatedMachine machine =
        boot(
            "net=192.168.7",
            "ifconfig_hn0=\"inet ${net}.20/24 description 'front end'\"",
            "ifconfig_hn0_aliases=\"inet 192.168.7.21-22/32\"",
            "ifconfig_hn0_ipv6=\"inet6 fd00:7::20/64\"",
            "vlans_hn0=\"100 storage\"",
            "create_args_storage=\"vlan 7\"",
            "ifconfig_hn0_100=\"inet 10.100.0.5/24\"",
            "ifconfig_storage=\"inet 10.7.0.5/24 mtu 1400\"",
            "defaultrouter=\"$net.254\"",
            "static_routes=\"lan:hn0\"",
            "route_lan=\"-net 10.9.0.0/16 $net.253\"",
            "ipv6_defaultrouter=\"fe80::1%hn0\"")) {
      assertThat(console).isEmpty();
      assertThat(machine.guest().inetOf("hn0"))
          .containsExactly("192.168.7.20/24", "192.168.7.21/32", "192.168.7.22/32")
          .inOrder();
      assertThat(run(machine, "ifconfig hn0")).contains("\tdescription: front end\n");
      assertThat(run(machine, "ifconfig hn0.100")).contains("vlan: 100 ");
      assertThat(run(machine, "ifconfig storage")).contains("mtu 1400\n");
      assertThat(type(machine, "ping -c1 -t1 192.168.7.254").succeeded()).isTrue();
      assertThat(type(machine, "ping -c1 -t1 192.168.7.99").succeeded()).isFalse();
      assertThat(run(machine, "netstat -rn").replaceAll(" +", " "))
          .containsMatch(
              "(?s)default 192.168.7.254 UGS hn0.*10.9.0.0/16 192.168.7.253 UGS hn0"
                  + ".*default fe80::1%hn0 UGS hn0");
    }
  }

  @Test
  void eachNicIsBehindItsOwnNetworkAndMayHaveDhcpAnotherNameOrAnotherTable()
      throws IOException, HnvfException {
    try (SimulatedMachine machine =
        boot(
            "ifconfig_hn0=\"DHCP\"",
            "ifconfig_hn1=\"inet 172.16.0.9/24 fib 2\"",
            "ifconfig_hn2_name=\"ext0\"",
            "ifconfig_ext0=\"inet 203.0.113.7/32\"",
            "defaultrouter_fib2=\"172.16.0.1\"",
            "static_routes=\"gw\"",
            "route_gw=\"-host 203.0.113.1 -interface ext0\"")) {
      assertThat(console).isEmpty();
      assertThat(machine.guest().inetOf("hn0")).containsExactly("10.0.2.15/24");
      assertThat(machine.guest().hasDhclient("hn0")).isTrue();
      assertThat(machine.guest().inetOf("hn1")).containsExactly("172.16.0.9/24");
      assertThat(machine.guest().inetOf("ext0")).containsExactly("203.0.113.7/32");
      assertThat(machine.guest().interfaces()).doesNotContain("hn2");
      assertThat(run(machine, "netstat -rn -F 2")).contains("172.16.0.1");
      assertThat(run(machine, "sysctl -n net.fibs")).isEqualTo("3\n");
    }
  }

  @Test
  void aBridgeOfRcConfHasItsMembers() throws IOException, HnvfException {
    try (SimulatedMachine machine =
        boot(
            "ifconfig_hn0=\"up\"",
            "cloned_interfaces=\"bridge0\"",
            "ifconfig_bridge0=\"inet 10.0.2.50/24 addm hn0 up\"")) {
      assertThat(console).isEmpty();
      assertThat(run(machine, "ifconfig bridge0")).contains("\tmember: hn0 ");
      assertThat(machine.guest().inetOf("bridge0")).containsExactly("10.0.2.50/24");
    }
  }

  @Test
  void whatRcWouldHaveComplainedOfIsTold() throws IOException, HnvfException {
    try (SimulatedMachine machine =
        boot(
            "ifconfig_hn0=\"inet 10.0.2.50/24 nosuchword\"",
            "ifconfig_hn1=\"inet 10.0.3.50/24 vnet shop\"",
            "cloned_interfaces=\"tap7\"",
            "defaultrouter=\"10.99.0.1\"")) {
      assertThat(console).hasSize(4);
      assertThat(console.get(0)).contains("tap7");
      assertThat(console.get(1)).contains("nosuchword");
      assertThat(console.get(2)).contains("hn1 would go into the vnet jail shop");
      assertThat(console.get(3)).contains("route -q add default 10.99.0.1");
      assertThat(machine.guest().interfaces()).contains("hn0");
    }
  }

  @Test
  void aFileThatCannotBeReadOrIsInErrorLeavesTheGuestThatWasThere()
      throws IOException, HnvfException {
    try (SimulatedMachine machine = boot("ifconfig_hn0=\"inet 10.0.2.77/24\"")) {
      machine.save();
    }
    UserException error =
        assertThrows(UserException.class, () -> boot("ifconfig_hn0=\"inet 10.0.2.78/24"));
    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    UserException more =
        assertThrows(UserException.class, () -> boot("ifconfig_hn0='inet 10.0.2.78/24; reboot'"));
    assertThat(more.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    UserException missing =
        assertThrows(
            UserException.class,
            () ->
                SimulatedMachine.reset(
                    scratch.resolve("guest"),
                    scratch.resolve("none"),
                    new ProcessRunner(),
                    console::add));
    assertThat(missing).hasMessageThat().contains("none");
    try (SimulatedMachine kept =
        SimulatedMachine.open(scratch.resolve("guest"), new ProcessRunner())) {
      assertThat(kept.guest().inetOf("hn0")).containsExactly("10.0.2.77/24");
    }
  }
}
