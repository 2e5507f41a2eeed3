package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hnvf.model.ExitCode;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairStatus;
import org.hnvf.override.OverrideEntry;
import org.hnvf.report.StatusContext;
import org.hnvf.report.StatusView;
import org.hnvf.report.Table;
import org.hnvf.service.Report;
import org.hnvf.service.ScriptFinding;
import org.hnvf.service.ScriptRun;

/** Formats override scripts, the check of one, and its run. */
public final class OverrideView {

  private OverrideView() {}

  static String text(ImmutableList<OverrideEntry> entries) {
    if (entries.isEmpty()) {
      return "there is no override script\n";
    }
    Table table = new Table("SCRIPT", "INTERFACE", "OWNER AND MODE", "RUN");
    for (OverrideEntry entry : entries) {
      table.row(
          LogLine.printable(entry.path()),
          entry.hn().map(InterfaceName::value).orElse(""),
          entry.rights(),
          LogLine.printable(
              entry.faults().isEmpty() ? "yes" : "no: " + String.join("; ", entry.faults())));
    }
    return table.toString();
  }

  static Map<String, Object> data(ImmutableList<OverrideEntry> entries) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put(
        "scripts",
        entries.stream().map(OverrideView::data).collect(ImmutableList.toImmutableList()));
    return data;
  }

  private static Map<String, Object> data(OverrideEntry entry) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("script", entry.path());
    entry.hn().ifPresent(hn -> data.put("interface", hn.value()));
    data.put("rights", entry.rights());
    data.put("run", entry.faults().isEmpty());
    data.put("reasons", entry.faults());
    return data;
  }

  private static String text(InterfaceName hn, List<ScriptFinding> findings) {
    Table table = new Table("CHECK", "RESULT", "FINDING");
    for (ScriptFinding finding : findings) {
      table.row(finding.subject(), finding.isOk() ? "ok" : "no", LogLine.printable(finding.text()));
    }
    return table
        + (wouldRun(findings)
            ? "the script of " + hn + " would be run\n"
            : "the script of " + hn + " would not be run\n");
  }

  private static Map<String, Object> data(InterfaceName hn, List<ScriptFinding> findings) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("pair", hn.value());
    data.put("run", wouldRun(findings));
    data.put(
        "findings",
        findings.stream().map(OverrideView::data).collect(ImmutableList.toImmutableList()));
    return data;
  }

  private static Map<String, Object> data(ScriptFinding finding) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("check", finding.subject());
    data.put("ok", finding.isOk());
    data.put("finding", finding.text());
    return data;
  }

  private static boolean wouldRun(List<ScriptFinding> findings) {
    return exitCode(findings) == ExitCode.OK;
  }

  /** Prints the findings and returns the exit status. */
  public static int show(
      InterfaceName hn, ImmutableList<ScriptFinding> findings, boolean json, Console console) {
    if (json) {
      console.json(data(hn, findings));
    } else {
      console.answer(text(hn, findings));
    }
    return exitCode(findings).status();
  }

  /** Returns the exit status of the first finding that prevents the run. */
  private static ExitCode exitCode(List<ScriptFinding> findings) {
    return findings.stream()
        .filter(finding -> !finding.isOk())
        .map(ScriptFinding::exitCode)
        .findFirst()
        .orElse(ExitCode.OK);
  }

  /** Prints the pair before the run, the result, and the pair after it; returns the exit status. */
  public static int show(ScriptRun run, boolean json, Console console) {
    Report report = run.report();
    ReportView.messages(report).forEach(console::log);
    if (json) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("before", StatusView.data(run.before(), StatusContext.NONE));
      data.putAll(ReportView.data(report));
      console.json(data);
    } else {
      console.answer("before:\n" + text(Optional.of(run.before())) + "\n");
      console.answer(report.message() + "\n\nafter:\n" + text(report.status()));
    }
    return report.exitStatus();
  }

  private static String text(Optional<PairStatus> status) {
    return status.map(one -> StatusView.text(ImmutableList.of(one))).orElse("");
  }
}
