package org.hnvf.event;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** config/devd/hnvf.conf beside the rules of the base system, as devd would use them together. */
final class HnvfConfTest {

  private static final Path CONF = Path.of("config/devd/hnvf.conf");
  private static final Path GOLDEN = Path.of("src/test/resources/org/hnvf/event/actions.txt");

  private static final ImmutableList<String> FURTHER_EVENTS =
      ImmutableList.of(
          "!system=DEVFS subsystem=CDEV type=CREATE cdev=hv_kvp_dev",
          "!system=DEVFS subsystem=CDEV type=DESTROY cdev=hv_kvp_dev",
          "!system=DEVFS subsystem=CDEV type=CREATE cdev=hv_fsvss_dev",
          "!system=DEVFS subsystem=CDEV type=DESTROY cdev=hv_fsvss_dev",
          "!system=DEVFS subsystem=CDEV type=CREATE cdev=ttyU0",
          "!system=IFNET subsystem=em0 type=ATTACH",
          "!system=IFNET subsystem=em0 type=LINK_UP",
          "!system=IFNET subsystem=em0 type=LINK_DOWN",
          "!system=IFNET subsystem=wlan0 type=ATTACH",
          "!system=IFNET subsystem=wlan0 type=LINK_UP",
          "!system=IFNET subsystem=usbus0 type=ATTACH");

  @Test
  void whatDevdRunsForEachEvent() throws IOException {
    DevdRules rules = rules("hv");
    StringBuilder table = new StringBuilder();
    table.append(String.format("%-76s  %-12s  %s\n", "EVENT", "RULE", "ACTION"));
    for (String event :
        ImmutableSet.<String>builder()
            .addAll(RecordedEvents.distinct())
            .addAll(FURTHER_EVENTS)
            .addAll(RecordedEvents.hostile())
            .build()) {
      String rule = rules.ruleFor(event).map(r -> r.file() + " " + r.priority()).orElse("-");
      String action = rules.ruleFor(event).map(r -> rules.actionLine(r, event)).orElse("-");
      table.append(String.format("%-76s  %-12s  %s\n", event, rule, action));
    }

    assertWithMessage("%s; the table as it is now:\n%s\n", GOLDEN, table)
        .that(table.toString())
        .isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void everyRuleOfTheBaseSystemsHypervConfHasOneOfOursInFront() {
    DevdRules rules = rules("hv");
    ImmutableList<String> events =
        ImmutableList.<String>builder()
            .addAll(FURTHER_EVENTS.subList(0, 4))
            .add("!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP")
            .add("!system=ETHERNET subsystem=mlxen0 type=IFATTACH")
            .build();

    for (String event : events) {
      assertWithMessage(event)
          .that(rules.ruleFor(event).map(DevdRules.Rule::file))
          .isEqualTo(Optional.of("hnvf.conf"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "!system=IFNET subsystem=em0 type=LINK_UP, service dhclient quietstart $'em0'",
    "!system=IFNET subsystem=em0 type=ATTACH, /etc/pccard_ether $'em0' start",
    "!system=IFNET subsystem=em0 type=DETACH, ''",
    "!system=IFNET subsystem=em0 type=LINK_DOWN, ''",
    "!system=IFNET subsystem=em0 type=RENAME name=lan0, ''",
    "!system=ETHERNET subsystem=em0 type=IFATTACH, ''",
  })
  void elsewhereThanOnHyperVTheBaseSystemIsLeftAlone(String event, String action) {
    DevdRules rules = rules("none");

    assertThat(rules.ruleFor(event).map(rule -> rules.actionLine(rule, event)).orElse(""))
        .isEqualTo(action);
  }

  @ParameterizedTest
  @ValueSource(strings = {"IFNET", "ETHERNET", "HYPERV_NIC_VF"})
  void variablesStandOutsideQuotesAndAreTheOnlyThingThatIsExpanded(String system)
      throws IOException {
    for (DevdRules.Rule rule : DevdRules.read("hnvf.conf", Files.readString(CONF))) {
      if (system.equals(rule.matches().get("system"))) {
        assertThat(rule.action())
            .matches("/usr/local/libexec/hnvf/event [a-z_]+ \\$subsystem( \\$name)?");
      }
    }
  }

  @Test
  void everyRuleHasThePriorityOfTheDesignAndCallsTheScript() throws IOException {
    ImmutableList<DevdRules.Rule> rules = DevdRules.read("hnvf.conf", Files.readString(CONF));

    assertThat(rules).hasSize(12);
    for (DevdRules.Rule rule : rules) {
      assertThat(rule.priority()).isEqualTo(20);
      assertThat(rule.action()).startsWith("/usr/local/libexec/hnvf/event ");
    }
  }

  @Test
  void aLinkUpOfWhateverInterfaceReachesTheScriptAsOneArgument() {
    DevdRules rules = rules("hv");
    String event = "!system=IFNET subsystem=\"x'; id #\" type=LINK_UP";

    String action = rules.ruleFor(event).map(rule -> rules.actionLine(rule, event)).orElseThrow();

    assertThat(action).isEqualTo("/usr/local/libexec/hnvf/event link_up $'x\\'; id #'");
  }

  @Test
  void theFileIsWrittenAsTheBaseSystemsFilesAre() throws IOException {
    Pattern line =
        Pattern.compile(
            "|#.*|notify 20 \\{|\tmatch \"[a-z_]+\"\t+\".+\";|\tmedia-type\t+\".+\";"
                + "|\taction \".+\";|};");

    for (String text : Files.readAllLines(CONF)) {
      assertWithMessage(text).that(line.matcher(text).matches()).isTrue();
      assertWithMessage(text).that(text.length()).isAtMost(80);
    }
  }

  /** Two sandboxes stand for devd: each has the rules once more, as cases of sh(1). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "integration-tests/java/org/hnvf/it/Installation.java",
        "integration-tests/freebsd/platform-sandbox.sh"
      })
  void theSandboxesCallTheScriptAsTheRulesDo(String file) throws IOException {
    Map<String, String> rules = new TreeMap<>();
    for (DevdRules.Rule rule : DevdRules.read("hnvf.conf", Files.readString(CONF))) {
      String system = String.valueOf(rule.matches().get("system"));
      // A sandbox has no devices.
      if (!system.equals("DEVFS")) {
        rules.put(
            system + "/" + rule.matches().get("type"),
            rule.action()
                .replace("/usr/local/libexec/hnvf/event", "\"$event\"")
                .replaceAll("\\$(subsystem|name)", "\"$0\""));
      }
    }
    assertThat(rules).hasSize(8);
    Map<String, String> cases = new TreeMap<>();
    Matcher one =
        Pattern.compile("(?m)^ *([A-Z_]+/[A-Z_]+)\\) exec (.*) ;;$")
            .matcher(Files.readString(Path.of(file)));
    while (one.find()) {
      assertThat(cases.put(one.group(1), one.group(2))).isNull();
    }
    assertThat(cases).containsExactlyEntriesIn(rules);
  }

  private static DevdRules rules(String vmGuest) {
    ImmutableList.Builder<DevdRules.Rule> rules = ImmutableList.builder();
    rules.addAll(DevdRules.read("stock", RecordedEvents.read("/org/hnvf/event/stock-devd.conf")));
    try {
      rules.addAll(DevdRules.read("hnvf.conf", Files.readString(CONF)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DevdRules(
        rules.build(),
        ImmutableMap.of("vm_guest", vmGuest),
        name -> name.startsWith("wlan") ? "802.11" : "ethernet");
  }
}
