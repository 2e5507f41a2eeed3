package org.hnvf.cli;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.hnvf.model.Durations;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hnvf failover HN}. */
@Command(
    name = "failover",
    description =
        "Takes the VF of HN out of the lagg and down, and keeps it down, over re-attach "
            + "and restart, until failback.")
final class FailoverCommand extends Verb {

  @Parameters(paramLabel = "HN", description = "the synthetic NIC, such as hn0")
  private @Nullable String name;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "the duration: 90s, 15m, 2h (default: until failback)")
  private @Nullable String duration;

  FailoverCommand(Console console) {
    super(console);
  }

  @Override
  Report act(Orchestrator orchestrator) throws HnvfException {
    InterfaceName hn = InterfaceName.parse(requireNonNull(name));
    return orchestrator.failover(
        hn,
        duration == null ? Optional.empty() : Optional.of(Durations.ofOption("--for", duration)));
  }
}
