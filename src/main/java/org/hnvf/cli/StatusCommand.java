package org.hnvf.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hnvf status [HN]}. */
@Command(name = "status", description = "Shows the pairs, or the one of HN. Changes nothing.")
final class StatusCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final GuestOptions place = new GuestOptions();

  @Parameters(arity = "0..1", paramLabel = "HN", description = "the synthetic NIC, such as hn0")
  private @Nullable String name;

  @Option(
      names = "--verbose",
      description = "also show the other users of each hn, and how hnvf handles each")
  private boolean verbose;

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    Optional<InterfaceName> hn =
        name == null ? Optional.empty() : Optional.of(InterfaceName.parse(name));
    try (Session session = place.openRegardless(console)) {
      GuestStatus status = GuestStatus.of(session.orchestrator(), hn, verbose);
      if (place.json()) {
        console.json(status.data());
      } else {
        console.answer(status.text());
      }
    }
    return ExitCode.OK.status();
  }
}
