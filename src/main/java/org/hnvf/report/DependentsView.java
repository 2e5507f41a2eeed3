package org.hnvf.report;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hnvf.model.Dependent;
import org.hnvf.model.PairDependents;

/** Formats the dependents of a pair's hn. */
public final class DependentsView {

  private DependentsView() {}

  /** Returns the text, a line each; empty if there is nothing to show. */
  public static String text(PairDependents pair) {
    StringBuilder text = new StringBuilder();
    if (!pair.dependents().isEmpty()) {
      text.append('\n').append("dependents of ").append(pair.hn()).append(":\n");
      for (Dependent one : pair.dependents()) {
        text.append(String.format("      %-6s  %s: %s%n", verdict(one), one.who(), one.text()));
      }
    }
    if (!pair.warnings().isEmpty()) {
      text.append('\n').append("rc.conf:\n");
      pair.warnings().forEach(w -> text.append("      ").append(w).append('\n'));
    }
    return text.toString();
  }

  /** Returns the text of several pairs, including those without dependents. */
  public static String text(Collection<PairDependents> pairs) {
    StringBuilder text = new StringBuilder();
    for (PairDependents pair : pairs) {
      String shown = text(pair);
      text.append(shown.isEmpty() ? "\nno dependent of " + pair.hn() + " is known\n" : shown);
    }
    return text.toString();
  }

  /** Returns the data. */
  public static List<Map<String, Object>> data(PairDependents pair) {
    return pair.dependents().stream()
        .map(DependentsView::data)
        .collect(ImmutableList.toImmutableList());
  }

  private static Map<String, Object> data(Dependent one) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("who", one.who());
    data.put("verdict", verdict(one));
    data.put("reason", one.reason());
    one.remedy().ifPresent(remedy -> data.put("remedy", remedy));
    return data;
  }

  private static String verdict(Dependent one) {
    return one.verdict().name().toLowerCase(Locale.ROOT);
  }
}
