package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hnvf.journal.History;
import org.hnvf.model.HistoryEvent;
import org.hnvf.model.Intent;
import org.hnvf.model.PairHistory;
import org.hnvf.model.PastWorkflow;
import org.hnvf.report.HistoryView;
import org.hnvf.report.ReportPage;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The page of {@code hnvf report}. With {@code -Dhnvf.pages=DIR} the pages are also written to a
 * directory, to be looked at in a browser ({@code scripts/look-at-report}).
 */
final class ReportPageTest {

  private static final Path GOLDEN = Path.of("src/test/resources/org/hnvf/report/failed.html");

  private static Document page(String name, Guest guest) throws Exception {
    return page(name, html(guest, Optional.empty()));
  }

  private static String html(Guest guest, Optional<Instant> from) throws Exception {
    History history = new History(guest.files);
    return ReportPage.html(
        ImmutableList.of(history.read(Guest.UNIT, ReportPage.MOST)),
        from,
        guest.orchestrator.now(),
        "1.2.3");
  }

  /** Checks the properties of every page: it is well-formed, complete in itself, and has names. */
  private static Document page(String name, String html) throws Exception {
    String directory = System.getProperty("hnvf.pages", "");
    if (!directory.isEmpty()) {
      Files.writeString(Path.of(directory, name + ".html"), html);
    }
    assertThat(html).startsWith("<!DOCTYPE html>\n");
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    html.replaceFirst("<!DOCTYPE html>\n", "").getBytes(UTF_8)));
    assertThat(html).doesNotContain("http:");
    assertThat(html).doesNotContain("https:");
    assertThat(html).doesNotContain("@import");
    for (String tag : ImmutableList.of("script", "img", "link", "iframe", "object")) {
      assertWithMessage(tag).that(page.getElementsByTagName(tag).getLength()).isEqualTo(0);
    }
    ImmutableList<Element> all = elements(page, "*");
    ImmutableList<String> ids =
        all.stream()
            .map(element -> element.getAttribute("id"))
            .filter(id -> !id.isEmpty())
            .collect(ImmutableList.toImmutableList());
    assertThat(ids).containsNoDuplicates();
    for (Element link : elements(page, "a")) {
      assertThat(ids).contains(link.getAttribute("href").substring(1));
    }
    for (Element named : all) {
      String label = named.getAttribute("aria-labelledby");
      assertThat(label.isEmpty() || ids.contains(label)).isTrue();
    }
    for (String id : ids) {
      assertWithMessage("something refers to %s", id)
          .that(
              html.contains("\"#" + id + "\"")
                  || html.contains("aria-labelledby=\"" + id + "\"")
                  || html.contains("url(#" + id + ")"))
          .isTrue();
    }
    assertThat(
            elements(page, "meta").stream()
                .filter(m -> m.getAttribute("http-equiv").equals("Content-Security-Policy"))
                .map(m -> m.getAttribute("content")))
        .containsExactly("default-src 'none'; style-src 'unsafe-inline'");
    for (Element any : all) {
      assertThat(any.hasAttribute("style")).isFalse();
    }
    for (Element drawing : elements(page, "svg")) {
      if (!drawing.getAttribute("aria-hidden").equals("true")) {
        assertThat(drawing.getAttribute("role")).isEqualTo("img");
        assertThat(drawing.getFirstChild().getNodeName()).isEqualTo("title");
        assertThat(drawing.getFirstChild().getTextContent()).isNotEmpty();
      }
    }
    for (Element bar : elements(page, "rect")) {
      double x = percent(bar.getAttribute("x"));
      assertThat(x).isAtLeast(0);
      assertThat(x + percent(bar.getAttribute("width"))).isAtMost(100.02);
    }
    return page;
  }

  private static double percent(String attribute) {
    assertThat(attribute).endsWith("%");
    return Double.parseDouble(attribute.substring(0, attribute.length() - 1));
  }

  private static ImmutableList<Element> elements(Document page, String tag) {
    NodeList found = page.getElementsByTagName(tag);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> (Element) found.item(i))
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<String> texts(Document page, String tag) {
    return elements(page, tag).stream()
        .map(Element::getTextContent)
        .map(String::strip)
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the elements of a kind of bar. */
  private static long bars(Document page, String kind) {
    return elements(page, "rect").stream()
        .filter(bar -> bar.getAttribute("class").equals(kind))
        .count();
  }

  @Test
  void bringUpFailoverAndFailbackShowTheirStepsAndTheCut() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.orchestrator.start();
    guest.plug().rest(Duration.ofMinutes(5));
    guest.orchestrator.failover(Guest.HN, Optional.of(Duration.ofHours(1)));
    guest.rest(Duration.ofMinutes(2));
    guest.orchestrator.failback(Guest.HN);
    Document page = page("demo", guest);
    assertThat(texts(page, "h1")).containsExactly("hnvf report: hn0");
    assertThat(texts(page, "h3").get(0)).startsWith("IFATTACH at 2026-");
    assertThat(texts(page, "code")).contains("ifconfig lagg0 laggport hn0 laggport mlxen0");
    assertThat(texts(page, "text")).contains("cut off");
    assertThat(texts(page, "text")).contains("state: VF_ATTACHED, then LAGG_VF");
    assertThat(texts(page, "text")).contains("traffic: hn0, then mlxen0");
    assertThat(texts(page, "text")).contains("traffic: mlxen0, then hn0");
    assertThat(bars(page, "band")).isEqualTo(1);
    // The four steps of the critical section, and the row of the cut itself.
    assertThat(bars(page, "cut")).isEqualTo(5);
    assertThat(bars(page, "failed")).isEqualTo(0);
    assertThat(bars(page, "done")).isEqualTo(elements(page, "article").size());
  }

  @Test
  void aFailedBringUpShowsTheFailureAndTheRollback() throws Exception {
    Guest guest = Guest.of(Scenario.staticGuest());
    guest.orchestrator.start();
    guest
        .sim
        .faults()
        .failNext(CommandPattern.line("route -q add default .*"), 1, "Network is unreachable");
    guest.plug().rest(Duration.ofSeconds(20));
    String html = html(guest, Optional.empty());
    Document page = page("failed", html);
    assertThat(bars(page, "back")).isEqualTo(1);
    assertThat(texts(page, "text")).contains("cut off, at most");
    assertThat(texts(page, "text")).contains("rolled back");
    assertThat(texts(page, "td")).contains("rolled back");
    assertThat(html).contains("Network is unreachable");
    // One mark at the step, one at the workflow in the history.
    assertThat(texts(page, "text").stream().filter("✕"::equals).count()).isEqualTo(2);
    String golden = html.replaceFirst("(?s)<style>.*</style>\n", "");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, golden);
    }
    assertThat(golden).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void aVfThatComesAndGoesIsCounted() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.orchestrator.start();
    for (int i = 0; i < 8; i++) {
      guest.plug().rest(Duration.ofMinutes(7 + 3 * i)).unplug().rest(Duration.ofMinutes(2));
    }
    Document page = page("flapping", guest);
    assertThat(texts(page, "text")).contains("8 times");
  }

  @Test
  void twoHundredEventsAreTheMost() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.orchestrator.start();
    for (int i = 0; i < 60; i++) {
      guest.plug().rest(Duration.ofHours(5)).unplug().rest(Duration.ofMinutes(10));
    }
    Document page = page("many", guest);
    assertThat(texts(page, "p").get(1))
        .matches("Only the newest 200 events are shown; [1-9][0-9]* older ones are not\\.");
    assertThat(
            elements(page, "td").stream()
                .filter(cell -> cell.getAttribute("class").equals("time"))
                .count())
        .isEqualTo(200);
    // Also a workflow that is short beside the whole time is seen.
    for (Element bar : elements(page, "rect")) {
      assertThat(percent(bar.getAttribute("width"))).isGreaterThan(0);
    }
  }

  @Test
  void olderEventsAreLeftOut() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.orchestrator.start();
    guest.plug().rest(Duration.ofDays(3));
    Instant from = guest.orchestrator.now().minus(Duration.ofDays(2));
    assertThat(texts(page("old", html(guest, Optional.of(from))), "p"))
        .contains("No event is recorded for this time.");
    guest.unplug();
    Document page = page("old", html(guest, Optional.of(from)));
    assertThat(texts(page, "td")).contains("the VF mlxen0 went");
    assertThat(texts(page, "td")).doesNotContain("the VF mlxen0 came");
    assertThat(elements(page, "article")).isEmpty();
  }

  @Test
  void transparentModeHasNoWorkflow() throws Exception {
    Guest guest = Guest.of(Scenario.azure().transparent());
    guest.orchestrator.start();
    guest.plug().rest(Duration.ofDays(1));
    guest.orchestrator.start();
    guest.unplug().rest(Duration.ofMinutes(2));
    guest.orchestrator.start();
    Document page = page("transparent", guest);
    assertThat(texts(page, "text")).contains("once");
    assertThat(elements(page, "article")).isEmpty();
    assertThat(texts(page, "td")).contains("the VF mlxen0 went");
  }

  @Test
  void aWorkflowThatStillRunsIsUnfinished() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.orchestrator.start();
    guest.sim.host().plug(Guest.UNIT);
    int[] begun = {0};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith("ifconfig hn0 inet") && begun[0]++ == 0) {
            try {
              Document page = page("unfinished", guest);
              assertThat(texts(page, "td")).contains("not ended, cut off");
              assertThat(texts(page, "text")).contains("state: VF_ATTACHED, then not known");
              assertThat(texts(page, "a").get(0)).contains("unfinished");
              assertThat(texts(page, "text")).contains("still running or unfinished");
              assertThat(texts(page, "text")).doesNotContain("✕");
              assertThat(bars(page, "open")).isEqualTo(1);
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          }
        });
    guest.events();
    assertThat(begun[0]).isAtLeast(1);
  }

  /** The clock was set back by an hour in the second step. */
  @Test
  void aClockThatWasSetBackMakesNoLongOrNegativeTimes() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.orchestrator.start();
    guest.plug().rest(Duration.ofMinutes(5));
    String directory = "/var/db/hnvf/history/";
    String name = directory + guest.files.list(directory).get(0);
    String text = guest.files.read(name).orElseThrow();
    int from = text.indexOf("step 2 begins");
    String setBack =
        text.substring(0, from)
            + text.substring(from)
                .replaceAll("(?m)^  12:", "  11:")
                .replaceFirst("\nended 2026-11-22T12:", "\nended 2026-11-22T11:");
    assertThat(setBack).isNotEqualTo(text);
    guest.files.write(name, setBack);
    String html = html(guest, Optional.empty());
    Document page = page("set-back", html);
    for (String cell :
        ImmutableList.<String>builder()
            .addAll(texts(page, "td"))
            .addAll(texts(page, "text"))
            .build()) {
      assertThat(cell).doesNotMatch("(-.*|[0-9]{2,}\\.[0-9]) m?s.*");
    }
    ImmutableList<HistoryEvent> events =
        HistoryEvent.of(ImmutableList.of(new History(guest.files).read(Guest.UNIT, 9)));
    assertThat(HistoryView.text(events)).doesNotContainMatch("-[0-9.]+ m?s|[0-9]{2,}\\.[0-9] s");
    assertThat(HistoryView.data(events, ImmutableList.of()).toString())
        .doesNotContainMatch("Millis=(-|[0-9]{6})");
  }

  @Test
  void textsOfTheGuestAreNoHtml() throws Exception {
    String hostile = "<script>alert('1')</script> \" & \u202e\u0007";
    Instant at = Instant.parse("2026-11-22T12:00:00Z");
    PastWorkflow past =
        new PastWorkflow(
            Guest.UNIT,
            hostile,
            Intent.USE_LAGG,
            at,
            Optional.of(at.plusSeconds(2)),
            1,
            ImmutableList.of(
                new PastWorkflow.Step(
                    1,
                    hostile,
                    true,
                    false,
                    at,
                    Optional.of(at.plusSeconds(1)),
                    Optional.of(hostile),
                    ImmutableList.of(hostile))),
            Optional.of(at.plusSeconds(1)),
            Optional.of("rolled back: " + hostile));
    PairHistory pair =
        new PairHistory(
            Guest.UNIT,
            ImmutableList.of(past),
            ImmutableList.of(),
            ImmutableList.of(),
            ImmutableList.of(hostile));
    String html =
        ReportPage.html(ImmutableList.of(pair), Optional.empty(), at.plusSeconds(9), "1.2.3");
    assertThat(html).doesNotContain("<script");
    assertThat(html).doesNotContain("\u202e");
    assertThat(html).doesNotContain("\u0007");
    assertThat(texts(page("hostile", html), "code"))
        .containsExactly("<script>alert('1')</script> \" & \ufffd\ufffd");
  }
}
