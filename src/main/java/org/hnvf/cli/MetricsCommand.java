package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hnvf.journal.Counts;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Settings;
import org.hnvf.report.MetricsView;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hnvf metrics}. */
@Command(
    name = "metrics",
    description =
        "Reads the guest and shows the state of each pair, and the numbers of its history, in the"
            + " text format of Prometheus. Needs no daemon. Changes nothing.")
final class MetricsCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final GuestBin guestBin = new GuestBin();

  MetricsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    OpenGuest guest = console.guests().open(guestBin.directory());
    Machine machine = guest.machine();
    Settings settings = Session.settingsOf(machine).readOr(Settings.DEFAULTS, console::log);
    ImmutableList<MetricsView.Shown> pairs;
    try (Session session = Session.on(guest, file -> settings, console)) {
      pairs = read(session.orchestrator(), new Counts(machine.files()));
    }
    pairs.forEach(pair -> pair.counts().problems().forEach(console::log));
    console.answer(MetricsView.text(Version.number(), settings.lookEvery(), pairs));
    boolean whole = pairs.stream().allMatch(pair -> pair.counts().problems().isEmpty());
    return (whole ? ExitCode.OK : ExitCode.BAD_DATA).status();
  }

  private static ImmutableList<MetricsView.Shown> read(Orchestrator orchestrator, Counts counts)
      throws HnvfException {
    ImmutableList.Builder<MetricsView.Shown> pairs = ImmutableList.builder();
    Instant now = orchestrator.now();
    for (PairStatus status : orchestrator.status(orchestrator.guest(), Optional.empty())) {
      pairs.add(new MetricsView.Shown(status, now, counts.of(status.pair().unit())));
    }
    return pairs.build();
  }
}
