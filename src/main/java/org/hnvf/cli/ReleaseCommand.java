package org.hnvf.cli;

import static java.util.Objects.requireNonNull;

import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hnvf release HN}. */
@Command(
    name = "release",
    description =
        "Moves the configuration back to HN, takes the VF down, and destroys the lagg. "
            + "hnvf then changes nothing until failback.")
final class ReleaseCommand extends Verb {

  @Parameters(paramLabel = "HN", description = "the synthetic NIC, such as hn0")
  private @Nullable String name;

  ReleaseCommand(Console console) {
    super(console);
  }

  @Override
  Report act(Orchestrator orchestrator) throws HnvfException {
    InterfaceName parsed = InterfaceName.parse(requireNonNull(name));
    return orchestrator.release(parsed);
  }
}
