package org.hnvf.cli;

import static java.util.Objects.requireNonNull;

import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hnvf failback HN}. */
@Command(
    name = "failback",
    description = "Uses the VF of HN again, at once: ends failover, release and any back-off.")
final class FailbackCommand extends Verb {

  @Parameters(paramLabel = "HN", description = "the synthetic NIC, such as hn0")
  private @Nullable String name;

  FailbackCommand(Console console) {
    super(console);
  }

  @Override
  boolean needsSettings() {
    return true;
  }

  @Override
  Report act(Orchestrator orchestrator) throws HnvfException {
    InterfaceName parsed = InterfaceName.parse(requireNonNull(name));
    return orchestrator.failback(parsed);
  }
}
