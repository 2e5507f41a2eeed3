package org.hnvf.cli;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hnvf override run HN}. */
@Command(
    name = "run",
    description =
        "Runs the script of HN now, as hnvf does after the VF is up, and shows the pair before and"
            + " after it. The exit status is that of the script.")
final class OverrideRunCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final GuestOptions place = new GuestOptions();

  @Parameters(paramLabel = "HN", description = "the synthetic NIC, such as hn0")
  private @Nullable String name;

  OverrideRunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    InterfaceName hn = InterfaceName.parse(requireNonNull(name));
    try (Session session = place.open(console)) {
      return session.carryOut(
          orchestrator -> orchestrator.scripts().run(hn),
          run -> OverrideView.show(run, place.json(), console));
    }
  }
}
