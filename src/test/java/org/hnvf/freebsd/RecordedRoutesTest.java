package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.Route;
import org.junit.jupiter.api.Test;

/**
 * Every routing table that netstat printed in a transcript is read, and printed again as it was.
 */
final class RecordedRoutesTest {

  private static final Pattern TABLE =
      Pattern.compile(
          "^\\nInternet(6?):\\nDestination .*\\n(?:\\S+ +\\S+ +U[A-Z0-9]* .*\\n)+",
          Pattern.MULTILINE);

  private static final Pattern SHOWING =
      Pattern.compile("^Routing tables\\n(?:" + TABLE.pattern() + ")+", Pattern.MULTILINE);

  @Test
  void printsEveryRecordedTableAsItWas() {
    int tables = 0;
    int routes = 0;
    for (Transcripts.Recorded recorded : Transcripts.all()) {
      List<Route> expected = new ArrayList<>();
      for (MatchedTable table : tables(recorded.stdout())) {
        ImmutableList<Route> parsed = RoutesParser.parse(table.text());
        String printed = RoutesPrinter.table(parsed, table.ipv6());
        assertWithMessage(recorded.transcript() + ": " + recorded.command())
            .that(printed)
            .isEqualTo(table.text());
        expected.addAll(parsed);
        tables++;
      }
      assertThat(RoutesParser.parse(recorded.stdout()).stream().map(r -> r.in(0)).toList())
          .isEqualTo(expected);
      routes += expected.size();
    }
    assertThat(tables).isEqualTo(117);
    assertThat(routes).isEqualTo(655);
  }

  @Test
  void printsEveryRecordedOutputAsItWas() {
    int outputs = 0;
    for (Transcripts.Recorded recorded : Transcripts.all()) {
      Matcher showing = SHOWING.matcher(recorded.stdout());
      if (showing.find()) {
        assertWithMessage(recorded.transcript() + ": " + recorded.command())
            .that(RoutesPrinter.print(ofFib0(recorded.stdout())))
            .isEqualTo(showing.group());
        outputs++;
      }
    }
    assertThat(outputs).isEqualTo(91);
  }

  private static ImmutableList<Route> ofFib0(String text) {
    return RoutesParser.parse(text).stream()
        .filter(route -> route.fib() == 0)
        .collect(ImmutableList.toImmutableList());
  }

  private record MatchedTable(String text, boolean ipv6) {}

  private static ImmutableList<MatchedTable> tables(String text) {
    ImmutableList.Builder<MatchedTable> found = ImmutableList.builder();
    Matcher table = TABLE.matcher(text);
    while (table.find()) {
      found.add(new MatchedTable(table.group(), table.group(1).equals("6")));
    }
    return found.build();
  }
}
