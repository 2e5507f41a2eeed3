package org.hnvf.report;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A drawing of rows of bars over time, as inline SVG. Each row has its text above its bars. The
 * kind of a bar shows in its shape or pattern, not by its colour alone.
 *
 * @param title what is drawn, in a few words
 * @param description what the drawing shows, for a screen reader
 * @param scale the horizontal axis
 * @param ticks the labels of the axis
 * @param band an interval that is marked behind all rows
 * @param rows from top to bottom
 */
record Chart(
    String title,
    String description,
    TimeScale scale,
    ImmutableList<TimeScale.Tick> ticks,
    Optional<Bar> band,
    ImmutableList<Row> rows) {

  private static final int ROW = 36;
  private static final int TEXT = 14;
  private static final int BAR_TOP = 20;
  private static final int BAR = 10;
  private static final int AXIS = 26;

  /** The longest text of a row; a longer one would overlap its note on a phone. */
  private static final int LONGEST = 40;

  /** The kind of a bar; its name in small letters is its CSS class. */
  enum Kind {
    /** A step or an interval. */
    STEP,
    /** A step that failed. */
    FAILED,
    /** The guest is cut off. */
    CUT,
    /** The rollback. */
    BACK,
    /** A state before a change. */
    BEFORE,
    /** A state after a change. */
    AFTER,
    /** A workflow that ended well. */
    DONE,
    /** A workflow that runs, or in which hnvf was killed. */
    OPEN
  }

  /** An interval of a row. */
  record Bar(Kind kind, Instant from, Instant to) {}

  /**
   * A row.
   *
   * @param text its name
   * @param note a short text at the right edge
   * @param bars its bars
   */
  record Row(String text, String note, ImmutableList<Bar> bars) {}

  /**
   * Adds the drawing to a page.
   *
   * @param id its id, unique on the page
   */
  void draw(Markup page, String id) {
    int bottom = rows.size() * ROW;
    String titleId = id + "-title";
    page.open(
        "svg",
        "role",
        "img",
        "aria-labelledby",
        titleId,
        "width",
        "100%",
        "height",
        "" + (bottom + AXIS));
    page.element("title", title + ". " + description, "id", titleId);
    for (TimeScale.Tick tick : ticks) {
      String x = scale.x(tick.at());
      page.empty("line", "class", "grid", "x1", x, "x2", x, "y1", "0", "y2", "" + (bottom + 4));
      page.element(
          "text",
          tick.label(),
          "class",
          "tick",
          "x",
          x,
          "y",
          "" + (bottom + 18),
          "text-anchor",
          anchor(tick));
    }
    band.ifPresent(bar -> rectangle(page, bar, "band", 0, bottom));
    int top = 0;
    for (Row row : rows) {
      page.element("text", shortened(row.text()), "x", "0", "y", "" + (top + TEXT));
      page.element("text", row.note(), "x", "100%", "y", "" + (top + TEXT), "text-anchor", "end");
      page.empty(
          "line",
          "class",
          "track",
          "x1",
          "0",
          "x2",
          "100%",
          "y1",
          "" + (top + BAR_TOP + BAR),
          "y2",
          "" + (top + BAR_TOP + BAR));
      for (Bar bar : row.bars()) {
        rectangle(page, bar, bar.kind().name().toLowerCase(Locale.ROOT), top + BAR_TOP, BAR);
        if (bar.kind() == Kind.FAILED) {
          mark(page, bar, top + BAR_TOP + BAR + 1);
        }
      }
      top += ROW;
    }
    page.close();
  }

  /** Adds a cross beside a bar, on its left if there is no room on its right. */
  private void mark(Markup page, Bar bar, int y) {
    boolean right = scale.percent(bar.to()) < 95;
    page.element(
        "text",
        "✕",
        "class",
        "mark",
        "x",
        scale.x(right ? bar.to() : bar.from()),
        "dx",
        right ? "4" : "-4",
        "y",
        "" + y,
        "text-anchor",
        right ? "start" : "end");
  }

  private void rectangle(Markup page, Bar bar, String kind, int top, int height) {
    TimeScale.Span span = scale.span(bar.from(), bar.to());
    page.empty(
        "rect",
        "class",
        kind,
        "x",
        span.x(),
        "y",
        "" + top,
        "width",
        span.width(),
        "height",
        "" + height);
  }

  private String anchor(TimeScale.Tick tick) {
    return anchor(tick.at());
  }

  /** Returns the anchor with which a text near an edge stays inside the drawing. */
  private String anchor(Instant at) {
    double place = scale.percent(at);
    if (place < 8) {
      return "start";
    }
    return place > 92 ? "end" : "middle";
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = LONGEST - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
