package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.util.concurrent.Callable;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.override.OverrideEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hnvf override list}. */
@Command(
    name = "list",
    description =
        "Lists the override scripts, with the reason why one would not be run. Changes nothing.")
final class OverrideListCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final GuestOptions place = new GuestOptions();

  OverrideListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    try (Session session = place.openRegardless(console)) {
      ImmutableList<OverrideEntry> entries = session.orchestrator().scripts().list();
      if (place.json()) {
        console.json(OverrideView.data(entries));
      } else {
        console.answer(OverrideView.text(entries));
      }
    }
    return ExitCode.OK.status();
  }
}
