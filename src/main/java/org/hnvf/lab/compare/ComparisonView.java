package org.hnvf.lab.compare;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.hnvf.report.Table;

/** How a comparison is shown. */
public final class ComparisonView {

  private ComparisonView() {}

  /** A table for each kind of guest, and at the end what was wanted. */
  public static String table(Comparison comparison) {
    StringBuilder text =
        new StringBuilder(
            "For how long packets go unanswered, in virtual time. +N: further, shorter gaps;"
                + " kept: lost for good with stock.\n");
    for (Start start : Start.values()) {
      for (Kind kind : Kind.values()) {
        for (int nics : Comparison.NICS) {
          text.append('\n')
              .append(kind)
              .append(nics == 1 ? ", 1 NIC, " : ", the worst of " + nics + " NICs, ")
              .append(start.title())
              .append('\n')
              .append(table(comparison, start, kind, nics));
        }
      }
    }
    Table goals = new Table("WANTED OF A BRING-UP, 1 NIC, STARTED DIRECTLY", "AT MOST", "IS", "");
    for (Goal goal : comparison.goals()) {
      goals.row(goal.what(), goal.wanted(), goal.is(), goal.reached() ? "reached" : "NOT REACHED");
    }
    return text.append('\n').append(goals).toString();
  }

  private static Table table(Comparison comparison, Start start, Kind kind, int nics) {
    Table table =
        new Table(
            "OCCASION",
            "WHAT",
            Contender.STOCK.title(),
            Contender.ON_VF_UP.title(),
            "ratio",
            Contender.BEFORE_VF_UP.title(),
            "ratio");
    // With more NICs the rest is the same as with one.
    for (Occasion occasion : nics == 1 ? Occasion.values() : new Occasion[] {Occasion.BRING_UP}) {
      Optional<Result> early =
          comparison.search(Contender.BEFORE_VF_UP, kind, nics, start, occasion);
      Optional<Result> late = comparison.search(Contender.ON_VF_UP, kind, nics, start, occasion);
      Optional<Result> stock = comparison.search(Contender.STOCK, kind, nics, start, occasion);
      if (early.isPresent() && late.isPresent()) {
        cuts(table, stock, late.get(), early.get());
        if (occasion == Occasion.BRING_UP) {
          processes(table, "processes in the cut", Result::processesInCut, stock, late, early);
          processes(table, "processes in all", Result::processes, stock, late, early);
        }
      }
    }
    return table;
  }

  private static void cuts(Table table, Optional<Result> stock, Result late, Result early) {
    for (Cut cut : late.cuts()) {
      Optional<Cut> its = stock.map(r -> r.cut(cut.view()));
      Cut earlier = early.cut(cut.view());
      table.row(
          late.occasion().title(),
          cut.view(),
          its.map(ComparisonView::shown).orElse(""),
          shown(cut),
          its.map(c -> Ratio.of(c, cut)).orElse(""),
          shown(earlier),
          its.map(c -> Ratio.of(c, earlier)).orElse(""));
    }
  }

  private static void processes(
      Table table,
      String what,
      ToIntFunction<Result> count,
      Optional<Result> stock,
      Optional<Result> late,
      Optional<Result> early) {
    int second = late.map(count::applyAsInt).orElse(0);
    int third = early.map(count::applyAsInt).orElse(0);
    table.row(
        late.map(r -> r.occasion().title()).orElse(""),
        what,
        stock.map(r -> Integer.toString(count.applyAsInt(r))).orElse(""),
        Integer.toString(second),
        stock.map(r -> Ratio.of(count.applyAsInt(r), second)).orElse(""),
        Integer.toString(third),
        stock.map(r -> Ratio.of(count.applyAsInt(r), third)).orElse(""));
  }

  private static String shown(Cut cut) {
    if (cut.lost()) {
      return "lost";
    }
    long longest = cut.longest().toMillis();
    long further = cut.total().toMillis() - longest;
    return longest == 0 ? "0" : longest + (further == 0 ? "" : " +" + further) + " ms";
  }

  /** The comparison as data. */
  public static Map<String, Object> data(Comparison comparison) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put(
        "results",
        comparison.results().stream()
            .map(ComparisonView::data)
            .collect(ImmutableList.toImmutableList()));
    data.put("goals", comparison.goals());
    return data;
  }

  private static Map<String, Object> data(Result result) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("contender", result.contender().title());
    data.put("guest", result.kind().name());
    data.put("nics", result.nics());
    data.put("start", result.start().title());
    data.put("occasion", result.occasion().title());
    data.put(
        "cutOff",
        result.cuts().stream().map(ComparisonView::data).collect(ImmutableList.toImmutableList()));
    data.put("processesInCut", result.processesInCut());
    data.put("processes", result.processes());
    return data;
  }

  private static Map<String, Object> data(Cut cut) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("of", cut.view());
    data.put("longestMillis", cut.longest().toMillis());
    data.put("totalMillis", cut.total().toMillis());
    data.put("lost", cut.lost());
    return data;
  }
}
