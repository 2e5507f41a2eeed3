package org.hnvf.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.hnvf.model.HistoryEvent;
import org.hnvf.model.PairHistory;
import org.hnvf.model.PastWorkflow;
import org.hnvf.model.Sighting;

/**
 * The page of {@code hnvf report}: one HTML document that loads nothing else. It shows the newest
 * {@value #MOST} events of the history. Each drawing stands beside a table with the same facts.
 */
public final class ReportPage {

  /** The largest number of events on the page. */
  public static final int MOST = 200;

  /** A browser loads and runs nothing for the page but its own style element. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  /** A state that is seen this long after a workflow is still its result. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private final ImmutableList<HistoryEvent> events;
  private final int older;
  private final Instant now;
  private final String version;
  private final Markup page = new Markup("<!DOCTYPE html>\n<html lang=\"en\">\n");

  private ReportPage(ImmutableList<HistoryEvent> all, Instant now, String version) {
    this.older = Math.max(0, all.size() - MOST);
    this.events = all.subList(older, all.size());
    this.now = now;
    this.version = version;
  }

  /**
   * Returns the page.
   *
   * @param pairs the histories
   * @param from the earliest event; empty for all
   * @param version the version of hnvf
   */
  public static String html(
      Collection<PairHistory> pairs, Optional<Instant> from, Instant now, String version) {
    ImmutableList<HistoryEvent> events =
        HistoryEvent.of(pairs).stream()
            .filter(event -> event.isSince(from))
            .collect(ImmutableList.toImmutableList());
    return new ReportPage(events, now, version).html(pairs);
  }

  private String html(Collection<PairHistory> pairs) {
    page.open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark");
    page.element("title", "hnvf report" + names(pairs));
    page.style(css()).close();
    page.open("body");
    patterns();
    page.open("header").element("h1", "hnvf report" + names(pairs));
    page.element(
        "p",
        events.isEmpty()
            ? "No event is recorded for this time."
            : "Events from "
                + time(events.get(0).at())
                + " to "
                + time(last(events))
                + ". All times are in UTC.");
    if (older > 0) {
      page.element(
          "p", "Only the newest " + MOST + " events are shown; " + older + " older ones are not.");
    }
    page.close();
    page.open("main");
    pairs.forEach(this::pair);
    page.close();
    page.open("footer");
    page.element(
        "p",
        "Cut off: from the first command of the critical section to the last; after a rollback,"
            + " until all was restored. hnvf measures it on the guest. A change is shown at the time"
            + " at which hnvf saw it.");
    page.element("p", "hnvf " + version + ", " + time(now));
    return page.close().close().html() + "</html>\n";
  }

  private static Instant last(ImmutableList<HistoryEvent> some) {
    return some.get(some.size() - 1).at();
  }

  /** Returns a time in UTC that a narrow screen can break. */
  private static String time(Instant at) {
    return Ago.time(at).replace('T', ' ').replace("Z", "");
  }

  private static String names(Collection<PairHistory> pairs) {
    return pairs.isEmpty()
        ? ""
        : ": " + String.join(", ", pairs.stream().map(pair -> "hn" + pair.unit()).toList());
  }

  private static String css() {
    try {
      return Resources.toString(Resources.getResource(ReportPage.class, "report.css"), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds the patterns by which a bar is recognised without its colour. */
  private void patterns() {
    page.open("svg", "width", "0", "height", "0", "class", "patterns", "aria-hidden", "true");
    page.open("defs");
    pattern("hatch", "M0,6 L6,0 M-1,1 L1,-1 M5,7 L7,5", "hatch-line");
    pattern("dots", "M1,3 L3,3", "dots-line");
    page.close().close();
  }

  private void pattern(String id, String path, String kind) {
    page.open("pattern", "id", id, "width", "6", "height", "6", "patternUnits", "userSpaceOnUse");
    page.empty("path", "d", path, "class", kind).close();
  }

  private void pair(PairHistory pair) {
    ImmutableList<HistoryEvent> own =
        events.stream()
            .filter(event -> event.unit().equals(pair.unit()))
            .collect(ImmutableList.toImmutableList());
    String id = "hn" + pair.unit();
    page.open("section", "aria-labelledby", id).element("h2", id, "id", id);
    pair.problems().forEach(problem -> page.element("p", problem, "class", "problem"));
    if (own.isEmpty()) {
      page.element("p", "No event.").close();
      return;
    }
    Instant last = last(own);
    TimeScale scale = TimeScale.of(own.get(0).at(), now.isBefore(last) ? last : now);
    ImmutableList<PastWorkflow> workflows =
        own.stream()
            .filter(HistoryEvent.Workflow.class::isInstance)
            .map(event -> ((HistoryEvent.Workflow) event).workflow())
            .collect(ImmutableList.toImmutableList());
    page.open("figure");
    new PairChart(pair, workflows, scale).chart().draw(page, id + "-history");
    page.close();
    table(own);
    workflows.forEach(past -> workflow(pair, past));
    page.close();
  }

  private static String id(PastWorkflow past) {
    return "hn" + past.unit() + "-" + past.begun().toEpochMilli();
  }

  private void table(ImmutableList<HistoryEvent> own) {
    page.open("div", "class", "wide", "role", "region", "tabindex", "0", "aria-label", "events");
    page.open("table").element("caption", "Events");
    heads("time", "event");
    page.open("tbody");
    for (HistoryEvent event : own) {
      page.open("tr").element("td", time(event.at()), "class", "time").open("td");
      if (event instanceof HistoryEvent.Workflow workflow) {
        page.element(
            "a", PastView.line(workflow.workflow()), "href", "#" + id(workflow.workflow()));
      } else if (event instanceof HistoryEvent.Script script) {
        page.text(PastView.line(script.script()));
      } else if (event instanceof HistoryEvent.Seen seen) {
        page.text(seen.text());
      }
      page.close().close();
    }
    page.close().close().close();
  }

  private void heads(String... names) {
    page.open("thead").open("tr");
    for (String name : names) {
      page.element("th", name, "scope", "col");
    }
    page.close().close();
  }

  private void workflow(PairHistory pair, PastWorkflow past) {
    String id = id(past);
    page.open("article", "aria-labelledby", id);
    page.element("h3", past.cause() + " at " + time(past.begun()), "id", id);
    page.element("p", PastView.line(past));
    page.open("figure");
    new WorkflowChart(past, before(pair, past), after(pair, past)).chart().draw(page, id);
    page.close();
    steps(past);
    page.close();
  }

  private static Optional<Sighting> before(PairHistory pair, PastWorkflow past) {
    return pair.sightings().stream()
        .filter(seen -> !seen.at().isAfter(past.begun()))
        .reduce((first, second) -> second);
  }

  /** Returns the last state that was seen in the workflow or soon after it, before the next one. */
  private static Optional<Sighting> after(PairHistory pair, PastWorkflow past) {
    Optional<Instant> next =
        pair.workflows().stream()
            .map(PastWorkflow::begun)
            .filter(begun -> begun.isAfter(past.begun()))
            .min(Instant::compareTo);
    return past.ended()
        .flatMap(
            end ->
                pair.sightings().stream()
                    .filter(seen -> !seen.at().isAfter(end.plus(SOON)))
                    .filter(seen -> next.isEmpty() || seen.at().isBefore(next.get()))
                    .reduce((first, second) -> second));
  }

  private void steps(PastWorkflow past) {
    page.open("div", "class", "wide", "role", "region", "tabindex", "0", "aria-label", "steps");
    page.open("table").element("caption", "Steps");
    heads("step", "name and commands", "began after", "took");
    page.open("tbody");
    for (PastWorkflow.Step step : past.steps()) {
      page.open("tr").element("td", "" + step.number(), "class", "number");
      page.open("td").text(step.name());
      step.commands().forEach(command -> page.element("code", command));
      step.failure()
          .ifPresent(failure -> page.element("p", "failed: " + failure, "class", "problem"));
      page.close();
      page.element("td", after(past.begun(), step.begun()), "class", "number");
      took(step.took().map(Ago::exact), step.cutOff());
    }
    past.backSince()
        .ifPresent(
            since -> {
              page.open("tr").element("td", "").element("td", "rolled back");
              page.element("td", after(past.begun(), since), "class", "number");
              took(past.ended().map(end -> after(since, end)), past.cutBegan().isPresent());
            });
    page.close().close().close();
  }

  /** Ends a row with a duration. */
  private void took(Optional<String> duration, boolean cutOff) {
    String text = duration.orElse("not ended") + (cutOff ? ", cut off" : "");
    page.element("td", text, "class", "number").close();
  }

  private static String after(Instant from, Instant to) {
    return Ago.exact(Duration.between(from, to));
  }
}
