package org.hnvf.cli;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.hnvf.control.PlannedVerb;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hnvf plan HN}. */
@Command(
    name = "plan",
    description =
        "Prints what vf-up (or failover, or release) would run on HN now, in order, with the undo "
            + "of each step. Changes nothing.")
final class PlanCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final GuestOptions place = new GuestOptions();

  @Parameters(paramLabel = "HN", description = "the synthetic NIC, such as hn0")
  private @Nullable String name;

  @Option(
      names = "--verb",
      paramLabel = "VERB",
      defaultValue = "vf-up",
      description = "one of ${COMPLETION-CANDIDATES} (default: vf-up)")
  private PlannedVerb verb = PlannedVerb.VF_UP;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    InterfaceName hn = InterfaceName.parse(requireNonNull(name));
    try (Session session = place.open(console)) {
      return ReportView.show(
          session.orchestrator().planned(hn, verb.intent()), place.json(), console);
    }
  }
}
