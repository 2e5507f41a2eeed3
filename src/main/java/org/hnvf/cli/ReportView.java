package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hnvf.model.GuestState;
import org.hnvf.model.PairStatus;
import org.hnvf.report.PlanView;
import org.hnvf.report.StatusView;
import org.hnvf.service.Report;

/** How a report and a status are shown, by a verb and by the daemon. */
final class ReportView {

  private ReportView() {}

  /** Shows a report, and returns its exit status. */
  static int show(Report report, boolean json, Console console) {
    messages(report).forEach(console::log);
    if (json) {
      console.json(data(report));
    } else {
      console.answer(text(report));
    }
    return report.exitStatus();
  }

  /** What an operator should know: notes, and what went wrong. */
  static ImmutableList<String> messages(Report report) {
    ImmutableList.Builder<String> messages = ImmutableList.builder();
    report.notes().forEach(note -> messages.add("note: " + note));
    return messages.addAll(report.failures()).build();
  }

  /** What happened, and the pair afterwards. */
  static String text(Report report) {
    return report.message()
        + "\n"
        + report.status().map(s -> StatusView.table(ImmutableList.of(s))).orElse("");
  }

  /** All of it, as data. */
  static Map<String, Object> data(Report report) {
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

  /** The pairs of a guest, and what holds for all of it. */
  static String statusText(GuestState guest, ImmutableList<PairStatus> pairs) {
    return StatusView.table(pairs) + StatusView.footer(guest);
  }

  /** The same, as data. */
  static Map<String, Object> statusData(GuestState guest, ImmutableList<PairStatus> pairs) {
    return ImmutableMap.of(
        "transparent", guest.hyperV().isTransparent(),
        "integrationDaemons", guest.integrationDaemons(),
        "pairs", StatusView.data(pairs));
  }
}
