package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hnvf.model.ExitCode;
import org.hnvf.report.DependentsView;
import org.hnvf.report.PlanView;
import org.hnvf.report.StatusContext;
import org.hnvf.report.StatusView;
import org.hnvf.service.Planned;
import org.hnvf.service.Report;

/** Formats a report and a status, for a verb and for the daemon. */
final class ReportView {

  private ReportView() {}

  /** Prints a report and returns its exit status. */
  static int show(Report report, boolean json, Console console) {
    messages(report).forEach(console::log);
    if (json) {
      console.json(data(report));
    } else {
      console.answer(text(report));
    }
    return report.exitStatus();
  }

  /** Prints a plan and returns the exit status. */
  static int show(Planned planned, boolean json, Console console) {
    planned.refusal().ifPresent(console::log);
    if (json) {
      console.json(data(planned));
    } else {
      console.answer(text(planned));
    }
    return status(planned);
  }

  static int status(Planned planned) {
    return planned.refusal().isPresent() ? ExitCode.CONFIGURATION.status() : ExitCode.OK.status();
  }

  /** Returns the plan and the other users of the hn. */
  static String text(Planned planned) {
    return planned.plan().map(PlanView::text).orElse("refused; nothing would be changed\n")
        + DependentsView.text(planned.dependents());
  }

  /** Returns the same as data. */
  static Map<String, Object> data(Planned planned) {
    Map<String, Object> data = new LinkedHashMap<>();
    planned.refusal().ifPresent(why -> data.put("refused", why));
    planned.plan().ifPresent(plan -> data.putAll(PlanView.data(plan)));
    data.put("dependents", DependentsView.data(planned.dependents()));
    data.put("warnings", planned.dependents().warnings());
    return data;
  }

  /** Returns the notes and the failures for an operator. */
  static ImmutableList<String> messages(Report report) {
    ImmutableList.Builder<String> messages = ImmutableList.builder();
    report.notes().forEach(note -> messages.add("note: " + note));
    return messages.addAll(report.failures()).build();
  }

  /** Returns the result, and the pair's status afterwards. */
  static String text(Report report) {
    return report.message()
        + "\n"
        + report.status().map(s -> StatusView.text(ImmutableList.of(s))).orElse("");
  }

  /** Returns all of it as data. */
  static Map<String, Object> data(Report report) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("exitStatus", report.exitStatus());
    data.put("message", report.message());
    data.put("failures", report.failures());
    data.put("notes", report.notes());
    report
        .status()
        .ifPresent(status -> data.put("status", StatusView.data(status, StatusContext.NONE)));
    report.plan().ifPresent(plan -> data.put("plan", PlanView.data(plan)));
    report.lookAgain().ifPresent(at -> data.put("lookAgain", at.toString()));
    return data;
  }
}
