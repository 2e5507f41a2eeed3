package org.hnvf.cli;

import static java.util.Objects.requireNonNull;

import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import org.hnvf.service.Trigger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hnvf attach VF}. */
@Command(
    name = "attach",
    description =
        "Handles an attached VF: waits for hyperv_vf_delay, brings it up, and moves the "
            + "configuration of its hn to a lagg of both.")
final class AttachCommand extends Verb {

  @Parameters(paramLabel = "VF", description = "the VF, such as mlxen0")
  private @Nullable String name;

  AttachCommand(Console console) {
    super(console);
  }

  @Override
  boolean needsSettings() {
    return true;
  }

  @Override
  Report act(Orchestrator orchestrator) throws HnvfException {
    InterfaceName parsed = InterfaceName.parse(requireNonNull(name));
    return orchestrator.patiently(orchestrator.attach(parsed), Trigger.IFATTACH);
  }
}
