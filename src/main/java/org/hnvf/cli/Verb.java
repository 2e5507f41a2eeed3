package org.hnvf.cli;

import java.util.concurrent.Callable;
import org.hnvf.model.HnvfException;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import picocli.CommandLine.Mixin;

/** The common part of verbs that act on a guest: opens it, acts, prints the report. */
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
   * Returns whether this verb is refused if the configuration file is. A verb of the way back is
   * not refused, nor one whose answer no user reads: they use the defaults.
   */
  boolean needsSettings() {
    return false;
  }

  /** Carries out the verb. */
  abstract Report act(Orchestrator orchestrator) throws HnvfException;

  @Override
  public final Integer call() throws HnvfException {
    try (Session session = needsSettings() ? place.open(console) : place.openRegardless(console)) {
      return session.carryOut(this::act, report -> ReportView.show(report, place.json(), console));
    }
  }
}
