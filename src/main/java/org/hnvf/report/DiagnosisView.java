package org.hnvf.report;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hnvf.model.Diagnosis;
import org.hnvf.model.Finding;
import org.hnvf.model.Severity;

/** Formats the output of {@code hnvf doctor}, for 80 columns. */
public final class DiagnosisView {

  private static final int WIDTH = 80;

  /** The columns of {@code " Why: "}. */
  private static final int INDENT = 8;

  private DiagnosisView() {}

  /** Returns the text. A command is never broken, because it is there to be copied. */
  public static String text(Diagnosis diagnosis) {
    StringBuilder text = new StringBuilder();
    wrapped(text, "Mode:", diagnosis.mode());
    for (Finding finding : diagnosis.findings()) {
      text.append('\n')
          .append(finding.severity().name())
          .append("  ")
          .append(finding.check())
          .append('\n');
      wrapped(text, "", finding.finding());
      wrapped(text, "Why:", finding.why());
      finding.remedy().ifPresent(words -> wrapped(text, "Fix:", words));
      String label = finding.remedy().isPresent() ? "" : "Fix:";
      for (String command : finding.commands()) {
        labelled(text, label).append(command).append('\n');
        label = "";
      }
    }
    if (!diagnosis.notKnown().isEmpty()) {
      text.append("\nNot known:\n");
      byReason(diagnosis)
          .asMap()
          .forEach((why, checks) -> wrapped(text, "", String.join(", ", checks) + ": " + why));
    }
    return text.append('\n').append(summary(diagnosis)).append('\n').toString();
  }

  /** Returns the checks that are not known by the reason, which many share. */
  private static ImmutableListMultimap<String, String> byReason(Diagnosis diagnosis) {
    ImmutableListMultimap.Builder<String, String> checks = ImmutableListMultimap.builder();
    diagnosis.notKnown().forEach((check, why) -> checks.put(why, check));
    return checks.build();
  }

  private static String summary(Diagnosis diagnosis) {
    if (diagnosis.findings().isEmpty()) {
      return counted(diagnosis.checks(), "check")
          + ", no finding"
          + (diagnosis.notKnown().isEmpty()
              ? ""
              : ", " + diagnosis.notKnown().size() + " not known");
    }
    StringBuilder text = new StringBuilder(counted(diagnosis.checks(), "check"));
    for (Severity severity : ImmutableList.of(Severity.FAULT, Severity.WARNING, Severity.NOTE)) {
      long count = diagnosis.findings().stream().filter(one -> one.severity() == severity).count();
      if (count > 0) {
        text.append(", ").append(counted(count, severity.name().toLowerCase(Locale.ROOT)));
      }
    }
    return diagnosis.notKnown().isEmpty()
        ? text.toString()
        : text.append(", ").append(diagnosis.notKnown().size()).append(" not known").toString();
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static StringBuilder labelled(StringBuilder text, String label) {
    return text.append("  ").append(label).append(" ".repeat(INDENT - 2 - label.length()));
  }

  private static void wrapped(StringBuilder text, String label, String words) {
    labelled(text, label);
    int column = INDENT;
    boolean first = true;
    for (String word : Splitter.on(' ').omitEmptyStrings().split(words.replace('\n', ' '))) {
      if (!first && column + 1 + word.length() > WIDTH) {
        text.append('\n').append(" ".repeat(INDENT));
        column = INDENT;
        first = true;
      }
      text.append(first ? "" : " ").append(word);
      column += word.length() + (first ? 0 : 1);
      first = false;
    }
    text.append('\n');
  }

  /** Returns the data. */
  public static Map<String, Object> data(Diagnosis diagnosis) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("mode", diagnosis.mode());
    data.put("checks", diagnosis.checks());
    data.put(
        "findings",
        diagnosis.findings().stream()
            .map(DiagnosisView::data)
            .collect(ImmutableList.toImmutableList()));
    data.put("notKnown", diagnosis.notKnown());
    return data;
  }

  private static Map<String, Object> data(Finding finding) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("check", finding.check());
    data.put("severity", finding.severity().name());
    data.put("finding", finding.finding());
    data.put("why", finding.why());
    finding.remedy().ifPresent(words -> data.put("remedy", words));
    data.put("commands", finding.commands());
    return data;
  }
}
