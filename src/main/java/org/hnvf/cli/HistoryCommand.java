package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HistoryEvent;
import org.hnvf.model.HnvfException;
import org.hnvf.report.HistoryView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hnvf history [HN]}. */
@Command(
    name = "history",
    description =
        "Shows each workflow of the pairs, or of the one of HN: its cause, its steps with their"
            + " durations, how long the guest was cut off, and its outcome; and each VF that came"
            + " or went. Changes nothing.")
final class HistoryCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final GuestBin guestBin = new GuestBin();

  @Option(names = "--last", description = "only the last workflow of each pair")
  private boolean last;

  @Mixin private final HistoryChoice choice = new HistoryChoice();

  @Option(names = "--json", description = "show the answer as data")
  private boolean json;

  HistoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    // No limit of the number of workflows: the history is bounded by itself.
    HistoryChoice.Found found =
        choice.read(console.guests(), guestBin.directory(), last ? 1 : Integer.MAX_VALUE);
    ImmutableList<HistoryEvent> events = chosen(found);
    ImmutableList<String> problems = found.problems();
    problems.forEach(console::log);
    if (json) {
      console.json(HistoryView.data(events, problems));
    } else {
      console.answer(HistoryView.text(events));
    }
    return (problems.isEmpty() ? ExitCode.OK : ExitCode.BAD_DATA).status();
  }

  private ImmutableList<HistoryEvent> chosen(HistoryChoice.Found found) {
    Stream<HistoryEvent> events = HistoryEvent.of(found.pairs()).stream();
    if (last) {
      events =
          found.pairs().stream()
              .flatMap(pair -> pair.lastWorkflow().stream())
              .map(HistoryEvent.Workflow::new);
    }
    return events
        .filter(event -> event.isSince(found.from()))
        .collect(ImmutableList.toImmutableList());
  }
}
