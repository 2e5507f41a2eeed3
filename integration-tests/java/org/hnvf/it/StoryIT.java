package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole story by hand: each verb a process of its own, the guest kept between them. */
final class StoryIT {

  private final Program hnvf;

  StoryIT(@TempDir Path scratch) {
    this.hnvf = new Program(scratch);
  }

  @Test
  void anAdministratorPlaysTheEventsByHand() throws IOException, InterruptedException {
    hnvf.sim("sim", "reset");
    assertThat(hnvf.pair().get("state").asText()).isEqualTo("SYNTHETIC");

    assertThat(hnvf.sim("sim", "plug", "hn0").out())
        .contains("!system=ETHERNET subsystem=mlxen0 type=IFATTACH");
    assertThat(hnvf.pair().get("state").asText()).isEqualTo("VF_ATTACHED");

    Program.Answer planned = hnvf.sim("plan", "hn0", "--json");
    Program.Answer attached =
        hnvf.sim("event", "!system=ETHERNET subsystem=mlxen0 type=IFATTACH", "--json");
    JsonNode onLagg = hnvf.pair();
    assertThat(onLagg.get("state").asText()).isEqualTo("LAGG_VF");
    assertThat(onLagg.get("activePort").asText()).isEqualTo("mlxen0");
    assertThat(onLagg.get("addresses").toString()).isEqualTo("[\"10.0.2.15/24\"]");
    assertThat(onLagg.get("defaultRoute").asText()).isEqualTo("10.0.2.2 via lagg0");
    assertThat(onLagg.get("dhclient").toString()).isEqualTo("[\"lagg0\"]");
    ObjectNode plan = planned.json().deepCopy();
    assertThat(plan.remove("dependents").toString()).isEqualTo("[]");
    assertThat(plan.remove("warnings").toString()).isEqualTo("[]");
    assertThat(attached.json().get("plan")).isEqualTo(plan);

    Program.Answer echo = hnvf.sim("event", "!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP");
    assertThat(echo.out()).contains("nothing to do");

    hnvf.sim("sim", "unplug", "hn0");
    hnvf.sim("event", "!system=HYPERV_NIC_VF subsystem=hn0 type=VF_DOWN");
    assertThat(hnvf.pair().get("state").asText()).isEqualTo("LAGG_SYNTHETIC");

    hnvf.sim("sim", "plug", "hn0", "--driver", "mce");
    hnvf.sim("attach", "mce0");
    assertThat(hnvf.pair().get("activePort").asText()).isEqualTo("mce0");

    hnvf.sim("failover", "hn0");
    JsonNode pinned = hnvf.pair();
    assertThat(pinned.get("activePort").asText()).isEqualTo("hn0");
    assertThat(pinned.get("word").get("kind").asText()).isEqualTo("PINNED");

    hnvf.sim("failback", "hn0");
    assertThat(hnvf.pair().get("activePort").asText()).isEqualTo("mce0");

    hnvf.sim("release", "hn0");
    JsonNode released = hnvf.pair();
    assertThat(released.get("addresses").toString()).isEqualTo("[\"10.0.2.15/24\"]");
    assertThat(released.get("defaultRoute").asText()).isEqualTo("10.0.2.2 via hn0");
    assertThat(released.has("lagg")).isFalse();
    assertThat(hnvf.sim("sim", "run", "--", "ifconfig", "-g", "lagg").out()).isEmpty();
    assertThat(hnvf.sim("sim", "run", "--", "ifconfig", "mce0").out())
        .startsWith("mce0: flags=1008802<BROADCAST,SIMPLEX,MULTICAST,LOWER_UP>");
  }

  /** VLANs go with hn, and are what they were when all is over. */
  @Test
  void aGuestWithTwoVlansGoesThereAndBack() throws IOException, InterruptedException {
    hnvf.sim("sim", "reset", "--kind=vlans");
    List<String> before = shown();
    assertThat(hnvf.pair().get("vlans").toString()).isEqualTo("[\"vlan7\",\"hn0.100\"]");
    hnvf.sim("sim", "plug", "hn0");
    assertThat(hnvf.sim("plan", "hn0").out())
        .contains("ifconfig vlan7 vlan 7 vlandev lagg0 vlanpcp 3 mtu 1400\n");

    hnvf.sim("attach", "mlxen0");
    assertVlansAreOn("lagg0");
    hnvf.sim("sim", "unplug", "hn0");
    hnvf.sim("vf-down", "hn0");
    hnvf.sim("sim", "plug", "hn0", "--driver", "mce");
    hnvf.sim("attach", "mce0");
    assertThat(hnvf.pair().get("activePort").asText()).isEqualTo("mce0");
    hnvf.sim("release", "hn0");
    hnvf.sim("sim", "unplug", "hn0");
    assertThat(shown()).isEqualTo(before);
  }

  private void assertVlansAreOn(String parent) throws IOException, InterruptedException {
    String all = hnvf.sim("sim", "run", "--", "ifconfig").out();
    assertThat(all).containsMatch("vlan: 7 .* parent interface: " + parent + "\n");
    assertThat(all).containsMatch("vlan: 100 .* parent interface: " + parent + "\n");
    assertThat(all).containsMatch("vlan7: .* mtu 1400\n");
    hnvf.sim("sim", "run", "--", "ping", "-c1", "-t1", "198.51.100.1");
  }

  /** hn's link-local address may come back behind its others. */
  private List<String> shown() throws IOException, InterruptedException {
    return Stream.concat(
            hnvf.sim("sim", "run", "--", "ifconfig").out().lines().sorted(),
            hnvf.sim("sim", "run", "--", "netstat", "-rn").out().lines())
        .toList();
  }

  /** The files of a pair are named by its unit, and verbs accept that name, too. */
  @Test
  void anHnThatWasRenamedIsAlsoKnownByTheNameOfItsDriver()
      throws IOException, InterruptedException {
    hnvf.sim("sim", "reset");
    rename("hn0", "ext0");
    Path rcConf = hnvf.guest().resolve("root/etc/rc.conf");
    Files.writeString(rcConf, Files.readString(rcConf).replace("ifconfig_hn0", "ifconfig_ext0"));
    hnvf.sim("sim", "plug", "hn0");

    assertThat(hnvf.sim("plan", "hn0").out()).contains("ext0");
    assertThat(hnvf.sim("config", "hn0", "--json").json().get("dhcp").asBoolean()).isTrue();
    hnvf.sim("vf-up", "hn0");
    assertThat(hnvf.pair().get("state").asText()).isEqualTo("LAGG_VF");
    assertThat(hnvf.pair().get("pair").asText()).isEqualTo("ext0");
    hnvf.sim("failover", "hn0");
    hnvf.sim("failback", "hn0");
    hnvf.sim("vf-down", "hn0");
    assertThat(hnvf.pair().get("state").asText()).isEqualTo("LAGG_VF");
    hnvf.sim("release", "hn0");
    assertThat(hnvf.sim("sim", "run", "--", "ifconfig", "-g", "lagg").out()).isEmpty();
    assertThat(hnvf.pair().get("defaultRoute").asText()).isEqualTo("10.0.2.2 via ext0");
  }

  @Test
  void anInterfaceThatReallyHasTheNameWins() throws IOException, InterruptedException {
    hnvf.sim("sim", "reset", "--kind=two");
    rename("hn0", "ext0");
    assertThat(hnvf.pair().get("unit").asInt()).isEqualTo(0);
    rename("hn1", "hn0");
    assertThat(hnvf.pair().get("unit").asInt()).isEqualTo(1);
    assertThat(hnvf.sim("status", "hn1", "--json").json().get("pairs").get(0).get("unit").asInt())
        .isEqualTo(1);

    rename("hn0", "hn1");
    hnvf.sim("sim", "plug", "hn1");
    rename("mlxen0", "hn0");

    Program.Answer answer = hnvf.trySim("release", "hn0");
    assertThat(answer.status()).isEqualTo(69);
    assertThat(answer.err()).contains("hn0 is not a synthetic NIC");
  }

  private void rename(String from, String to) throws IOException, InterruptedException {
    hnvf.sim("sim", "run", "--", "ifconfig", from, "name", to);
  }

  @Test
  void wrongInputIsAnsweredByMessageAndExitStatus() throws IOException, InterruptedException {
    hnvf.sim("sim", "reset");
    JsonNode before = hnvf.pair();
    assertThat(hnvf.trySim("vf-up", "hn7").status()).isEqualTo(69);
    assertThat(hnvf.trySim("attach", "lo0").status()).isEqualTo(69);
    assertThat(hnvf.trySim("vf-up", "hn0;id").status()).isEqualTo(65);
    assertThat(hnvf.trySim("event", "!system=HYPERV_NIC_VF subsystem=../x type=VF_UP").status())
        .isEqualTo(65);
    assertThat(hnvf.trySim("failover", "hn0", "--for", "soon").status()).isEqualTo(64);
    assertThat(hnvf.run("nosuchverb").status()).isEqualTo(64);
    assertThat(hnvf.trySim("status", "--guest-bin=x").status()).isEqualTo(64);
    assertThat(hnvf.trySim("daemon", "--guest-bin=x").status()).isEqualTo(64);
    assertThat(hnvf.run("daemon", "--guest-bin=/nonexistent").status()).isEqualTo(71);
    assertThat(hnvf.run().status()).isEqualTo(64);
    Program.Answer hostile = hnvf.trySim("vf-up", "hn0$(id)");
    assertThat(hostile.err()).contains("not an interface name");
    assertThat(hnvf.pair()).isEqualTo(before);
  }

  @Test
  void anRcConfWithASyntaxErrorIsNamedAndChangesNothing() throws IOException, InterruptedException {
    hnvf.sim("sim", "reset");
    Path rcConf = hnvf.guest().resolve("root/etc/rc.conf");
    Files.writeString(rcConf, Files.readString(rcConf) + "ifconfig_hn0=\"oops\n");
    hnvf.sim("sim", "plug", "hn0");
    Program.Answer answer = hnvf.trySim("vf-up", "hn0");
    assertThat(answer.status()).isEqualTo(78);
    assertThat(answer.err()).contains("/etc/rc.conf");
    JsonNode pair = hnvf.pair();
    assertThat(pair.get("state").asText()).isEqualTo("VF_ATTACHED");
    assertThat(pair.get("backOff").get("attempts").asInt()).isEqualTo(1);
    assertThat(pair.get("addresses").toString()).isEqualTo("[\"10.0.2.15/24\"]");
  }

  @Test
  void theDemoTellsTheWholeStory() throws IOException, InterruptedException {
    Program.Answer told = hnvf.run("demo");
    assertThat(told.status()).isEqualTo(0);
    assertThat(told.out()).contains("ifconfig lagg0 create laggproto failover");
    assertThat(told.out()).contains("TRANSITION");
    JsonNode data = hnvf.run("demo", "--json").json();
    assertThat(data.get("transitions").size()).isEqualTo(5);
    for (JsonNode transition : data.get("transitions")) {
      assertThat(transition.get("state").asText()).startsWith("LAGG_");
      assertThat(transition.get("cutOff").get(0).get("totalMillis").asInt()).isLessThan(1000);
    }
    assertThat(data.get("pairs").get(0).get("activePort").asText()).isEqualTo("mce0");
  }

  @Test
  void configShowsWhatNetifWouldRun() throws IOException, InterruptedException {
    Path file = Files.writeString(hnvf.guest().resolveSibling("rc.conf"), RC_CONF);
    JsonNode config = hnvf.run("config", "hn0", "--rc-conf", file.toString(), "--json").json();
    assertThat(config.get("commands").toString())
        .isEqualTo(
            "[[\"ifconfig\",\"hn0\",\"inet\",\"10.0.0.4/24\"],[\"ifconfig\",\"hn0\",\"up\"],"
                + "[\"ifconfig\",\"hn0\",\"inet\",\"10.0.0.5/32\",\"alias\"]]");
    assertThat(config.get("dhcp").asBoolean()).isFalse();
    assertThat(hnvf.run("version").out()).startsWith("hnvf ");
  }

  private static final String RC_CONF =
      "ifconfig_hn0=\"inet 10.0.0.4/24\"\nifconfig_hn0_alias0=\"inet 10.0.0.5/32\"\n";
}
