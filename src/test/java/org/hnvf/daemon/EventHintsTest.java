package org.hnvf.daemon;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.hnvf.event.DevdLine;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of all that devd tells only what may concern a pair leads to a look. */
final class EventHintsTest {

  private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");

  private final HintQueue queue = new HintQueue();
  private final ManagedPairs managed = new ManagedPairs();
  private final EventHints hints = new EventHints(queue, new Causes(), managed);

  EventHintsTest() {
    managed.seen(
        new Pair(
            new HnUnit(0),
            new InterfaceName("hn0"),
            InterfaceName.of("mlxen0"),
            InterfaceName.of("lagg0")));
  }

  private boolean leadsToALook(String line) throws HnvfException {
    assertThat(hints.heard(DevdLine.parse(line), NOW)).isTrue();
    return !queue.take(NOW).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!system=ETHERNET subsystem=mlxen0 type=IFATTACH",
        "!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP",
        "!system=HYPERV_NIC_VF subsystem=hn0 type=VF_DOWN",
        "!system=IFNET subsystem=mlxen0 type=DETACH",
        "!system=IFNET subsystem=lagg0 type=DETACH",
        "!system=IFNET subsystem=hn0 type=RENAME name=wan0",
        "!system=IFNET subsystem=hn0 type=LINK_UP",
        "!system=IFNET subsystem=hn7 type=LINK_UP",
        "!system=IFNET subsystem=lagg0 type=LINK_UP",
        "!system=IFNET subsystem=mlxen0 type=LINK_DOWN",
      })
  void whatMayConcernAPairDoes(String line) throws HnvfException {
    assertThat(leadsToALook(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!system=IFNET subsystem=hn0 type=LINK_DOWN",
        "!system=IFNET subsystem=igb0 type=LINK_UP",
        "!system=IFNET subsystem=lagg1 type=LINK_UP",
        "!system=ETHERNET subsystem=lagg1 type=IFATTACH",
        "!system=ETHERNET subsystem=epair0a type=IFATTACH",
        "!system=IFNET subsystem=epair0a type=DETACH",
        "!system=IFNET subsystem=tap12 type=LINK_UP",
        "!system=IFNET subsystem=tap12 type=LINK_DOWN",
        "!system=IFNET subsystem=lo1 type=RENAME name=jail1",
        "!system=IFNET subsystem=hn0 type=ATTACH",
        "!system=DEVFS subsystem=CDEV type=CREATE cdev=hv_kvp_dev",
        "+uhub0 at bus=0",
      })
  void whatDoesNotDoesNot(String line) throws HnvfException {
    assertThat(leadsToALook(line)).isFalse();
  }

  @Test
  void theEventScriptKnowsTheSameInterfacesOfSoftware() throws IOException {
    String script = Files.readString(Path.of("scripts/event"));
    int begin = script.indexOf("is_software()");
    String list =
        script.substring(script.indexOf(" in\n", begin) + 4, script.indexOf(") return 0", begin));
    List<String> names = Splitter.on('|').trimResults().splitToList(list.replace("\\\n", " "));
    assertThat(names).containsExactlyElementsIn(EventHints.SOFTWARE);
  }
}
