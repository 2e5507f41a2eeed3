package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Arrays;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.junit.jupiter.api.Test;

/** pfctl(8) of the simulated guest answers as transcripts 70 and 73 show, byte for byte. */
final class PfctlProgramTest {

  private static final ImmutableList<String> RULES =
      ImmutableList.of(
          "block drop in on hn0 all",
          "anchor \"a\" all {",
          "  pass in on hn0 proto tcp from any to any port = ssh flags S/SA keep state",
          "}",
          "pass out on hn0 from (hn0) to any flags S/SA keep state",
          "pass in on ext proto icmp all keep state");
  private static final ImmutableList<String> NAT =
      ImmutableList.of("nat on hn0 inet from 10.9.0.0/24 to any -> (hn0) round-robin");
  private static final String NO_ALTQ =
      "No ALTQ support in kernel\nALTQ related functions disabled\n";

  private final SimulatedGuest guest = Scenario.bare().nics(2).start();

  private CommandResult run(String... argv) {
    return guest.run(
        Command.changing(Duration.ofMinutes(1), argv[0], Arrays.copyOfRange(argv, 1, argv.length)));
  }

  private String out(String... argv) {
    CommandResult result = run(argv);
    assertThat(result.succeeded()).isTrue();
    return result.stdout();
  }

  @Test
  void withoutTheModuleThereIsNoDevice() {
    CommandResult result = run("pfctl", "-si");
    assertThat(result.ending()).isEqualTo(new CommandResult.Exited(1));
    assertThat(result.stderr()).isEqualTo("pfctl: /dev/pf: No such file or directory\n");
    assertThat(out("sysctl", "-i", "net.pf")).isEmpty();
  }

  @Test
  void itsStatusItsRulesAndItsNat() {
    guest.packetFilters().pf(RULES, NAT, ImmutableList.of("lo0"));
    assertThat(out("pfctl", "-si"))
        .isEqualTo(
            """
            Status: Enabled for 0 days 00:00:00           Debug: Urgent

            State Table                          Total             Rate
            """);
    assertThat(out("pfctl", "-sr"))
        .isEqualTo(
            """
            block drop in on hn0 all
            anchor "a" all
            pass out on hn0 from (hn0) to any flags S/SA keep state
            pass in on ext proto icmp all keep state
            """);
    assertThat(out("pfctl", "-a", "*", "-sr")).isEqualTo(String.join("\n", RULES) + "\n");
    assertThat(out("pfctl", "-sn")).isEqualTo(NAT.get(0) + "\n");
    assertThat(out("pfctl", "-a", "*", "-sn")).isEqualTo(NAT.get(0) + "\n");
    assertThat(out("sysctl", "-i", "net.pf")).contains("net.pf.states_hashsize: ");
  }

  @Test
  void itsInterfacesItsGroupsAndWhatIsSkipped() {
    assertThat(run("ifconfig", "hn0", "inet", "10.0.2.50/24", "group", "ext", "up").succeeded())
        .isTrue();
    guest.packetFilters().pf(RULES, NAT, ImmutableList.of("lo0"));
    assertThat(out("pfctl", "-sI")).isEqualTo("all\next\nhn0\nhn1\nlo\nlo0\n");
    CommandResult verbose = run("pfctl", "-vsI", "-i", "hn0");
    assertThat(verbose.stdout()).isEqualTo("hn0\n");
    assertThat(verbose.stderr()).isEqualTo(NO_ALTQ);
    guest
        .packetFilters()
        .pf(ImmutableList.of("block drop all"), NAT, ImmutableList.of("lo0", "hn0", "lagg0"));
    assertThat(out("pfctl", "-sI", "-v"))
        .isEqualTo("all\next\nhn0 (skip)\nhn1\nlagg0 (skip)\nlo\nlo0 (skip)\n");
    assertThat(out("pfctl", "-sI", "-i", "ext")).isEqualTo("ext\nhn0\n");
  }

  @Test
  void itIsDisabledAndKeepsItsRules() {
    guest.packetFilters().pf(RULES, NAT, ImmutableList.of());
    assertThat(run("pfctl", "-d").stderr()).isEqualTo("pf disabled\n");
    assertThat(out("pfctl", "-si"))
        .startsWith("Status: Disabled for 0 days 00:00:00          Debug: Urgent\n");
    assertThat(out("pfctl", "-sr")).startsWith("block drop in on hn0 all\n");
    assertThat(run("pfctl", "-e").stderr()).isEqualTo("pf enabled\n");
  }

  @Test
  void rulesInTheKernelsWordsAreLoadedFromAFile() {
    assertThat(run("kldload", "pf").succeeded()).isTrue();
    assertThat(out("pfctl", "-si")).startsWith("Status: Disabled");
    guest
        .files()
        .write("/etc/pf.conf", "set skip on lo0\nblock drop in on hn0 all\n" + NAT.get(0) + "\n");
    assertThat(run("pfctl", "-f", "/etc/pf.conf", "-e").succeeded()).isTrue();
    assertThat(out("pfctl", "-sr")).isEqualTo("block drop in on hn0 all\n");
    assertThat(out("pfctl", "-sn")).isEqualTo(NAT.get(0) + "\n");
    guest.files().write("/etc/pf.conf", "ext=\"hn0\"\nblock in on $ext\n");
    assertThat(run("pfctl", "-f", "/etc/pf.conf").stderr()).contains("kernel's own words");
    assertThat(out("pfctl", "-sr")).isEqualTo("block drop in on hn0 all\n");
  }

  @Test
  void aRestoredGuestHasThemToo() throws Exception {
    guest.packetFilters().pf(RULES, NAT, ImmutableList.of("lo0"));
    guest.packetFilters().ipfw(ImmutableList.of("00100 allow ip from any to any"), NAT, NAT);
    SimState restored = guest.image().toState();
    assertThat(restored.filters.pfRules).containsExactlyElementsIn(RULES).inOrder();
    assertThat(restored.filters.ipfwEnabled).isTrue();
  }
}
