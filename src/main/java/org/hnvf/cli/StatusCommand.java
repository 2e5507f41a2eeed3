package org.hnvf.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;
import org.hnvf.report.Style;
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
      description = "also show the dependents of each hn, and how hnvf handles each")
  private boolean verbose;

  @Option(
      names = "--color",
      description = "colour the state; given by itself on a terminal, unless NO_COLOR is set")
  private boolean colour;

  @Option(
      names = "--watch",
      description =
          "show the status again every two seconds until interrupted: in place on a terminal, and"
              + " elsewhere after each change")
  private boolean watch;

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    Optional<InterfaceName> hn =
        name == null ? Optional.empty() : Optional.of(InterfaceName.parse(name));
    if (watch && place.json()) {
      throw UserException.usage("--watch shows text; it cannot be used with --json");
    }
    if (watch) {
      StatusWatch.show(console, () -> text(hn));
      return ExitCode.OK.status();
    }
    if (place.json()) {
      console.json(read(hn).data());
    } else {
      console.answer(text(hn));
    }
    return ExitCode.OK.status();
  }

  private String text(Optional<InterfaceName> hn) throws HnvfException {
    return read(hn).text(colour ? Style.COLOUR : Style.PLAIN);
  }

  /** Reads the guest; it is opened each time, because a simulated guest changes only so. */
  private GuestStatus read(Optional<InterfaceName> hn) throws HnvfException {
    try (Session session = place.openRegardless(console)) {
      return GuestStatus.of(session.orchestrator(), hn, verbose);
    }
  }
}
