package org.hnvf.cli;

import static java.util.Objects.requireNonNull;

import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hnvf vf-down HN}. */
@Command(
    name = "vf-down",
    description =
        "Handles a VF of HN that went away: checks the pair, and deletes addresses that "
            + "other programs put on a lagg port.")
final class VfDownCommand extends Verb {

  @Parameters(paramLabel = "HN", description = "the synthetic NIC, such as hn0")
  private @Nullable String name;

  VfDownCommand(Console console) {
    super(console);
  }

  @Override
  Report act(Orchestrator orchestrator) throws HnvfException {
    InterfaceName parsed = InterfaceName.parse(requireNonNull(name));
    return orchestrator.vfDown(parsed);
  }
}
