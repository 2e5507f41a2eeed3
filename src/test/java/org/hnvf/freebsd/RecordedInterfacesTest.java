package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hnvf.model.NetInterface;
import org.junit.jupiter.api.Test;

/** Every interface that ifconfig printed in a transcript is read, and printed again as it was. */
final class RecordedInterfacesTest {

  private static final Pattern SHOWING =
      Pattern.compile("^(\\S+): flags=.*\\n(?:\\t.*\\n)*", Pattern.MULTILINE);

  /** Lines of vlan(4), if_bridge(4) and carp(4), each for the reader that wants it. */
  private static final String KEPT_AS_IT_IS =
      " *(vlan|carp|peer|id|maxage|root id|bridge flags|member|port)[ :=].*";

  /** Commands whose format is another: what they show is read, but printed in the usual format. */
  private static final ImmutableSet<String> OTHER_FORMAT =
      ImmutableSet.of(
          "ifconfig -f inet:cidr,inet6:cidr hn0",
          "ifconfig -f inet:dotted hn0",
          "ifconfig -m hn0",
          "ifconfig -v lagg0");

  @Test
  void printsEveryRecordedInterfaceAsItWas() {
    int identical = 0;
    int facts = 0;
    for (Transcripts.Recorded recorded : Transcripts.all()) {
      for (String showing : showings(recorded.stdout())) {
        ImmutableMap<String, NetInterface> parsed = IfconfigParser.parse(showing);
        assertWithMessage(showing).that(parsed).hasSize(1);
        NetInterface shown = parsed.values().iterator().next();
        String printed = IfconfigPrinter.print(shown);
        if (OTHER_FORMAT.contains(recorded.command())) {
          assertThat(printed).isNotEqualTo(showing);
          assertThat(IfconfigParser.parse(printed)).isEqualTo(parsed);
          facts++;
        } else {
          assertWithMessage(recorded.transcript() + ": " + recorded.command())
              .that(without(shown.others(), printed))
              .isEqualTo(without(shown.others(), showing));
          shown.others().forEach(line -> assertThat(line).matches(KEPT_AS_IT_IS));
          identical++;
        }
      }
    }
    assertThat(identical).isEqualTo(281);
    assertThat(facts).isEqualTo(OTHER_FORMAT.size());
  }

  @Test
  void readsEveryRecordedOutputAsAWhole() {
    int outputs = 0;
    for (Transcripts.Recorded recorded : Transcripts.all()) {
      ImmutableList<NetInterface> expected =
          showings(recorded.stdout()).stream()
              .flatMap(showing -> IfconfigParser.showings(showing).stream())
              .collect(ImmutableList.toImmutableList());
      assertWithMessage(recorded.transcript() + ": " + recorded.command())
          .that(IfconfigParser.showings(recorded.stdout()))
          .containsExactlyElementsIn(expected)
          .inOrder();
      Map<String, NetInterface> last = new LinkedHashMap<>();
      expected.forEach(shown -> last.put(shown.name(), shown));
      assertThat(IfconfigParser.parse(recorded.stdout())).containsExactlyEntriesIn(last).inOrder();
      outputs += expected.isEmpty() ? 0 : 1;
    }
    assertThat(outputs).isEqualTo(217);
  }

  private static String without(List<String> lines, String showing) {
    return showing
        .lines()
        .filter(line -> !lines.contains(line.substring(line.startsWith("\t") ? 1 : 0)))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static ImmutableList<String> showings(String text) {
    ImmutableList.Builder<String> found = ImmutableList.builder();
    Matcher showing = SHOWING.matcher(text);
    while (showing.find()) {
      found.add(showing.group());
    }
    return found.build();
  }
}
