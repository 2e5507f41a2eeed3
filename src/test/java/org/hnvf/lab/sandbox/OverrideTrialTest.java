package org.hnvf.lab.sandbox;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hnvf.cli.ProductGuests;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;
import org.hnvf.model.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hnvf override try}, with the sample and with scripts that fail. */
final class OverrideTrialTest {

  private static final Path SAMPLE = Path.of("config/hyperv_vfup.sample");
  private static final String MOVED = "to \"$lagg\"\n";

  private final Path scratch;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  OverrideTrialTest(@TempDir Path scratch) {
    this.scratch = scratch;
  }

  private int hnvf(String... words) {
    return LabVerbs.commandLine(
            new PrintWriter(out),
            new PrintWriter(err),
            new SimulatedGuests(new ProductGuests(), scratch.resolve("nowhere")))
        .run(List.of(words));
  }

  private int tried(Path script, String... options) {
    List<String> words = new ArrayList<>(List.of("override", "try", "hn0", script.toString()));
    words.addAll(List.of(options));
    return hnvf(words.toArray(String[]::new));
  }

  private Path script(String text) throws IOException {
    return Files.writeString(scratch.resolve("script"), text);
  }

  private JsonNode answer() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  private void assertMoved(JsonNode before, JsonNode after, String defaultRoute) {
    assertThat(after.get("state").asText()).isEqualTo("LAGG_VF");
    assertThat(after.get("activePort").asText()).isEqualTo("mlxen0");
    assertThat(after.get("addresses")).isEqualTo(before.get("addresses"));
    assertThat(after.get("defaultRoute").asText()).isEqualTo(defaultRoute);
    assertThat(after.get("reasons").size()).isEqualTo(0);
  }

  /** After the sample the pair is as after the default workflow. */
  @ParameterizedTest
  @CsvSource({"azure,lagg0", "static,''", "slaac,lagg0"})
  void theSampleDoesWhatTheDefaultWorkflowDoes(String kind, String dhcp) throws IOException {
    assertWithMessage(err.toString()).that(tried(SAMPLE, "--kind", kind, "--json")).isEqualTo(0);

    JsonNode before = answer().get("before");
    JsonNode after = answer().get("status");
    assertThat(before.get("state").asText()).isEqualTo("VF_ATTACHED");
    assertMoved(before, after, "10.0.2.2 via lagg0");
    assertThat(after.get("dhclient").toString())
        .isEqualTo(dhcp.isEmpty() ? "[]" : "[\"" + dhcp + "\"]");

    assertThat(byTheWorkflow(kind)).isEqualTo(after);
  }

  /** Returns the pair after the default workflow on a guest of the same kind. */
  private JsonNode byTheWorkflow(String kind) throws IOException {
    String guest = "--sim=" + scratch.resolve(kind);
    assertThat(hnvf("sim", "reset", "--kind", kind, guest)).isEqualTo(0);
    assertThat(hnvf("sim", "plug", "hn0", guest)).isEqualTo(0);
    assertThat(hnvf("vf-up", "hn0", guest)).isEqualTo(0);
    out.getBuffer().setLength(0);
    assertThat(hnvf("status", "--json", guest)).isEqualTo(0);
    ObjectNode pair = (ObjectNode) answer().get("pairs").get(0);
    // An answer of override has the state alone, without the history.
    return pair.remove(ImmutableList.of("since", "vfSince", "vfCame", "vfWent", "last"));
  }

  @Test
  void theSampleWorksForAnotherPair() throws IOException {
    assertThat(hnvf("override", "try", "hn1", SAMPLE.toString(), "--kind", "two", "--json"))
        .isEqualTo(0);

    JsonNode after = answer().get("status");
    assertThat(after.get("lagg").asText()).isEqualTo("lagg1");
    assertThat(after.get("dhclient").toString()).isEqualTo("[\"lagg1\"]");
  }

  /** The lagg of another owner is not touched: hnvf gives the script a free name. */
  @Test
  void theSampleTakesTheNameThatItIsGiven() throws IOException {
    assertThat(tried(SAMPLE, "--kind", "foreign-lagg", "--json")).isEqualTo(0);

    assertThat(answer().get("status").get("lagg").asText()).isEqualTo("lagg1");
  }

  @Test
  void theSampleChangesNothingWhereTheVfIsInTheLaggAlready() throws IOException {
    String sample = Files.readString(SAMPLE);
    String twice = "sh \"$0.once\"\nsh -x \"$0.once\" 2>&1 | grep ' ifconfig lagg0 laggport'\n";
    String body = "#!/bin/sh\ncat >\"$0.once\" <<'EOF'\n" + sample + "EOF\n" + twice;

    int status = tried(script(body));

    // grep found no change of the lagg in the second run.
    assertWithMessage(err + "").that(status).isEqualTo(1);
    assertThat(out.toString()).contains("LAGG_VF");
  }

  @ParameterizedTest
  @ValueSource(strings = {"azure", "static", "slaac"})
  void theSampleTakesItsChangesBackWhereAStepFails(String kind) throws IOException {
    String sample = Files.readString(SAMPLE);
    assertThat(sample).contains(MOVED);

    int status =
        tried(script(sample.replace(MOVED, MOVED + "sh -c 'exit 9'\n")), "--kind", kind, "--json");

    assertThat(status).isEqualTo(9);
    JsonNode before = answer().get("before");
    JsonNode after = answer().get("status");
    assertThat(after.get("state").asText()).isEqualTo("VF_ATTACHED");
    assertThat(after.has("lagg")).isFalse();
    assertThat(after.get("addresses")).isEqualTo(before.get("addresses"));
    assertThat(after.get("defaultRoute")).isEqualTo(before.get("defaultRoute"));
    assertThat(after.get("dhclient")).isEqualTo(before.get("dhclient"));
  }

  @Test
  void thePairIsShownBeforeAndAfterAndTheOutputOfTheScript() throws IOException {
    assertThat(tried(script("#!/bin/sh\necho it works >&2\necho \"$HNVF_VF $HNVF_LAGG\"\n")))
        .isEqualTo(0);

    assertThat(out.toString()).containsMatch("(?s)before:\nhn0  VF_ATTACHED: .*after:\nhn0  ");
    assertThat(err.toString()).contains("hnvf:     it works\n");
    assertThat(err.toString()).contains("hnvf:     mlxen0 lagg0\n");
  }

  @Test
  void aScriptThatFailsEndsWithItsStatusAndTheGuestOnHn() throws IOException {
    assertThat(tried(script("#!/bin/sh\nexit 3\n"))).isEqualTo(3);

    assertThat(out.toString()).contains("the VF was taken down, the guest is reachable over hn0");
  }

  @Test
  void aScriptThatWouldNotBeRunIsNotRun() throws IOException {
    assertThat(tried(script("#!/bin/sh\nif\n"))).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(out.toString()).contains("the script of hn0 would not be run");
    assertThat(tried(script("#!/nowhere/csh\n"))).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(out.toString()).contains("needs the interpreter /nowhere/csh");
    assertThat(tried(script("#!/bin/sh\n"), "--kind", "transparent"))
        .isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(out.toString()).doesNotContain("before:");
  }

  /** It would change the machine of the operator who tries it. */
  @Test
  void aScriptThatWouldRunProgramsOfThisMachineIsNotRun() throws IOException {
    assertThat(tried(script("#!/bin/sh\n\n/sbin/ifconfig hn0 down\n")))
        .isEqualTo(ExitCode.BAD_DATA.status());

    assertThat(err.toString()).contains("script, line 3: /sbin/ifconfig would run programs of");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void wrongWordsAreRefused() throws IOException {
    Path good = script("#!/bin/sh\n");
    assertThat(tried(scratch.resolve("nothing"))).isEqualTo(ExitCode.USAGE.status());
    assertThat(tried(scratch)).isEqualTo(ExitCode.USAGE.status());
    assertThat(tried(good, "--kind", "nosuch")).isEqualTo(ExitCode.USAGE.status());
    assertThat(tried(good, "--sim")).isEqualTo(ExitCode.USAGE.status());
    assertThat(hnvf("override", "try", "hn7", good.toString()))
        .isEqualTo(ExitCode.UNAVAILABLE.status());
    assertThat(hnvf("override", "try", "hn0;id", good.toString()))
        .isEqualTo(ExitCode.BAD_DATA.status());
    assertThat(hnvf("override", "try")).isEqualTo(ExitCode.USAGE.status());
    assertThat(hnvf("override")).isEqualTo(ExitCode.USAGE.status());
    assertThat(err.toString()).contains("override needs one of list, check, run, try");
    assertThat(out.toString()).isEmpty();
  }
}
