package org.hnvf.cli;

import static java.util.Objects.requireNonNull;

import org.hnvf.event.DevdEvent;
import org.hnvf.event.DevdLine;
import org.hnvf.model.HnvfException;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import org.hnvf.service.Trigger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hnvf event LINE}. */
@Command(name = "event", description = "Handles a line of devd(8) from beginning to end.")
final class EventCommand extends Verb {

  @Parameters(
      paramLabel = "LINE",
      description = "the line, as one argument: '!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP'")
  private @Nullable String line;

  EventCommand(Console console) {
    super(console);
  }

  @Override
  Report act(Orchestrator orchestrator) throws HnvfException {
    DevdEvent event = DevdLine.parse(requireNonNull(line));
    return orchestrator.patiently(orchestrator.handle(event), Trigger.of(event));
  }
}
