package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration file of a simulated guest, through the front door. */
final class ConfigurationTest {

  private static final String WRONG = "{\"look_every\": 60}";

  private final Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  ConfigurationTest(@TempDir Path home) {
    this.home = home;
  }

  @Test
  void eachSettingAndWhereItComesFrom() throws IOException {
    guestHas("{\"strategy\": \"before-vf-up\"}");
    assertThat(hnvf("config", "--check", "--sim")).isEqualTo(0);
    assertThat(out.toString().lines())
        .containsAtLeast(
            "strategy           before-vf-up  /usr/local/etc/hnvf/hnvf.json",
            "hold_longest       1h            default")
        .inOrder();
    assertThat(hnvf("config", "--check", "--sim", "--json")).isEqualTo(0);
    assertThat(out.toString()).contains("\"from\" : \"file\"");
  }

  @Test
  void aDraftIsCheckedWhereverItIs() throws IOException {
    Path draft = home.resolve("draft.json");
    assertThat(hnvf("config", "--check", draft.toString())).isEqualTo(64);
    Files.writeString(draft, "{\"look_every\": \"2m\"}");
    assertThat(hnvf("config", "--check", draft.toString())).isEqualTo(0);
    assertThat(out.toString()).contains(draft.toString());
    Files.writeString(draft, WRONG);
    assertThat(hnvf("config", "--check", draft.toString())).isEqualTo(78);
    assertThat(err.toString())
        .startsWith("hnvf: " + draft + ", line 1, column 16: look_every: expected a time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"vf-up hn0", "failback hn0", "attach mlxen0", "plan hn0", "config --check"})
  void whatSomebodyIsThereToMendIsRefused(String verb) throws IOException {
    hnvf("sim", "plug", "hn0", "--sim");
    guestHas(WRONG);
    assertThat(hnvf((verb + " --sim").split(" "))).isEqualTo(78);
    assertThat(err.toString()).contains("line 1, column 16");
    assertThat(hnvf("status", "--sim")).isEqualTo(0);
    assertThat(out.toString()).contains("VF_ATTACHED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "failover hn0",
        "release hn0",
        "vf-down hn0",
        "config hn0",
        "event|!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP"
      })
  void theWayBackAndEventsDoNotDependOnTheFile(String verb) throws IOException {
    guestHas(WRONG);
    ImmutableList<String> words =
        ImmutableList.copyOf(verb.split(verb.contains("|") ? "\\|" : " "));
    String[] all =
        ImmutableList.<String>builder().addAll(words).add("--sim").build().toArray(new String[0]);
    assertThat(hnvf(all)).isEqualTo(0);
    assertThat(err.toString()).contains("line 1, column 16");
    assertThat(err.toString()).contains("the file is not used, the defaults apply");
  }

  @Test
  void theStrategyOfTheFileHoldsAndTheCommandLineOverridesIt() throws IOException {
    guestHas("{\"strategy\": \"before-vf-up\"}");
    hnvf("sim", "plug", "hn0", "--sim");
    hnvf("plan", "hn0", "--sim");
    String before = out.toString();
    hnvf("plan", "hn0", "--sim", "--strategy", "before-vf-up");
    assertThat(out.toString()).isEqualTo(before);
    hnvf("plan", "hn0", "--sim", "--strategy", "on-vf-up");
    assertThat(out.toString()).isNotEqualTo(before);
  }

  @Test
  void configNeedsASubject() {
    assertThat(hnvf("config", "--sim")).isEqualTo(64);
    assertThat(hnvf("config", "--check", "--rc-conf", "x")).isEqualTo(64);
  }

  private void guestHas(String text) throws IOException {
    hnvf("status", "--sim");
    Path directory = home.resolve(".hnvf/sim/root/usr/local/etc/hnvf");
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path file = Files.writeString(directory.resolve("hnvf.json"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private int hnvf(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return LabVerbs.commandLine(
            new PrintWriter(out),
            new PrintWriter(err),
            new SimulatedGuests(new ProductGuests(), home))
        .run(ImmutableList.copyOf(words));
  }
}
