package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hnvf.model.HnvfException;
import org.hnvf.report.PlanView;
import org.hnvf.report.StatusView;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import picocli.CommandLine.Mixin;

/** What the verbs that act on a guest have in common: open it, act, show the report. */
abstract sealed class Verb implements Callable<Integer>
    permits AttachCommand,
        EventCommand,
        FailbackCommand,
        FailoverCommand,
        ReleaseCommand,
        VfDownCommand,
        VfUpCommand {

  private final Console console;

  @Mixin private final Place place = new Place();

  Verb(Console console) {
    this.console = console;
  }

  /**
   * Whether this verb is refused where the configuration file is. The way back is not, nor what
   * nobody is there to read the answer of: they go on with the defaults.
   */
  boolean needsSettings() {
    return false;
  }

  /** What this verb does. */
  abstract Report act(Orchestrator orchestrator) throws HnvfException;

  @Override
  public final Integer call() throws HnvfException {
    Report report;
    try (Session session = needsSettings() ? place.open(console) : place.openRegardless(console)) {
      report = act(session.orchestrator());
    }
    show(report);
    return report.exitStatus();
  }

  private void show(Report report) {
    report.notes().forEach(note -> console.log("note: " + note));
    report.failures().forEach(console::log);
    if (place.json()) {
      console.json(data(report));
      return;
    }
    console.answer(report.message() + "\n");
    report.status().ifPresent(status -> console.answer(StatusView.table(ImmutableList.of(status))));
  }

  private static Map<String, Object> data(Report report) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("exitStatus", report.exitStatus());
    data.put("message", report.message());
    data.put("failures", report.failures());
    data.put("notes", report.notes());
    report.status().ifPresent(status -> data.put("status", StatusView.data(status)));
    report.plan().ifPresent(plan -> data.put("plan", PlanView.data(plan)));
    report.lookAgain().ifPresent(at -> data.put("lookAgain", at.toString()));
    return data;
  }
}
