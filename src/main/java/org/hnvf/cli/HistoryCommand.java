package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.hnvf.journal.History;
import org.hnvf.model.Durations;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HistoryEvent;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairHistory;
import org.hnvf.model.UserException;
import org.hnvf.report.HistoryView;
import org.hnvf.service.Machine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hnvf history [HN]}. */
@Command(
    name = "history",
    description =
        "Shows each workflow of the pairs, or of the one of HN: its cause, its steps with their"
            + " durations, how long the guest was cut off, and its outcome; and each VF that came"
            + " or went. Changes nothing.")
final class HistoryCommand implements Callable<Integer> {

  /** No limit of the number of workflows: the history is bounded by itself. */
  private static final int ALL = Integer.MAX_VALUE;

  private final Console console;

  @Mixin private final GuestBin guestBin = new GuestBin();

  @Parameters(
      arity = "0..1",
      paramLabel = "HN",
      description = "the synthetic NIC by its driver's name, such as hn0")
  private @Nullable String name;

  @Option(names = "--last", description = "only the last workflow of each pair")
  private boolean last;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "only the events of the last TIME: 30m, 12h, 2d")
  private @Nullable String since;

  @Option(names = "--json", description = "show the answer as data")
  private boolean json;

  HistoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    Optional<HnUnit> unit = name == null ? Optional.empty() : Optional.of(unit(name));
    Optional<Duration> age = since == null ? Optional.empty() : Optional.of(age(since));
    ImmutableList<PairHistory> pairs;
    Instant now;
    try (OpenGuest guest = console.guests().open(guestBin.directory())) {
      Machine machine = guest.machine();
      now = machine.timer().now();
      pairs = read(new History(machine.files()), unit);
    }
    ImmutableList<HistoryEvent> events = chosen(pairs, age.map(now::minus));
    ImmutableList<String> problems =
        pairs.stream()
            .flatMap(pair -> pair.problems().stream())
            .collect(ImmutableList.toImmutableList());
    problems.forEach(console::log);
    if (json) {
      console.json(HistoryView.data(events, problems));
    } else {
      console.answer(HistoryView.text(events));
    }
    return (problems.isEmpty() ? ExitCode.OK : ExitCode.BAD_DATA).status();
  }

  private ImmutableList<PairHistory> read(History history, Optional<HnUnit> unit)
      throws HnvfException {
    ImmutableSet<HnUnit> known = history.units();
    if (unit.isPresent() && !known.contains(unit.get())) {
      throw UserException.noSuchPair(
          "no history of hn" + unit.get() + " is recorded" + others(known));
    }
    ImmutableList.Builder<PairHistory> pairs = ImmutableList.builder();
    for (HnUnit one : unit.map(ImmutableSet::of).orElse(known)) {
      pairs.add(history.read(one, last ? 1 : ALL));
    }
    return pairs.build();
  }

  private static String others(ImmutableSet<HnUnit> known) {
    return known.isEmpty()
        ? ""
        : "; there is one of "
            + String.join(", ", known.stream().map(other -> "hn" + other).toList());
  }

  private ImmutableList<HistoryEvent> chosen(
      ImmutableList<PairHistory> pairs, Optional<Instant> from) {
    Stream<HistoryEvent> events = HistoryEvent.of(pairs).stream();
    if (last) {
      events =
          pairs.stream()
              .flatMap(pair -> pair.lastWorkflow().stream())
              .map(HistoryEvent.Workflow::new);
    }
    return events
        .filter(event -> from.isEmpty() || !event.at().isBefore(from.get()))
        .collect(ImmutableList.toImmutableList());
  }

  private static HnUnit unit(String text) throws HnvfException {
    return InterfaceName.parse(text)
        .hnUnit()
        .orElseThrow(
            () ->
                UserException.usage(
                    "the history is kept by the driver's name, such as hn0, not \"" + text + "\""));
  }

  private static Duration age(String text) throws UserException {
    return Durations.parse(text)
        .orElseThrow(
            () ->
                UserException.usage(
                    "--since takes a time such as 30m, 12h or 2d, up to a year, not \""
                        + text
                        + "\""));
  }
}
