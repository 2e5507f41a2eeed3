package org.hnvf.cli;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.concurrent.Callable;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.service.ScriptFinding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hnvf override check HN}. */
@Command(
    name = "check",
    description =
        "Checks everything that decides whether the script of HN is run, and its syntax with"
            + " sh -n. Changes nothing.",
    footer = {
      "",
      "Exit status: 0 the script would be run; 69 there is no script, or no HN; 71 sh could not be",
      "run; 78 the script would not be run, or has a syntax error."
    })
final class OverrideCheckCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final GuestOptions place = new GuestOptions();

  @Parameters(paramLabel = "HN", description = "the synthetic NIC, such as hn0")
  private @Nullable String name;

  OverrideCheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    InterfaceName hn = InterfaceName.parse(requireNonNull(name));
    ImmutableList<ScriptFinding> findings;
    try (Session session = place.openRegardless(console)) {
      findings = session.orchestrator().scripts().check(hn);
    }
    return OverrideView.show(hn, findings, place.json(), console);
  }
}
