package org.hnvf.cli;

import java.util.concurrent.Callable;
import org.hnvf.model.HnvfException;
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

  @Mixin private final GuestOptions place = new GuestOptions();

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
    return ReportView.show(report, place.json(), console);
  }
}
