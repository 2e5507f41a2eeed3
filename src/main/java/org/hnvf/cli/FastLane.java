package org.hnvf.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hnvf.event.DevdEvent;
import org.hnvf.event.DevdLine;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Settings;
import org.hnvf.report.SettingsView;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Trigger;
import org.hnvf.settings.GivenSettings;
import org.hnvf.settings.SettingsFile;

/**
 * The verbs that must start quickly or stay small: {@code hnvf event LINE}, as devd starts it,
 * {@code hnvf daemon}, and {@code hnvf config --check}, for which each start and restart of the
 * service waits. Neither picocli nor databind is loaded for them; {@code FastLaneTest} checks it.
 */
public final class FastLane {

  private final Console console;

  /**
   * Creates it.
   *
   * @param out receives answers
   * @param err receives messages, one line a fact
   * @param guests opens the guest
   */
  public FastLane(PrintWriter out, PrintWriter err, GuestOpener guests) {
    this.console = new Console(out, err, guests);
  }

  /** Runs one command line and returns the exit status; empty if {@link Cli} must run it. */
  public OptionalInt run(List<String> words) {
    try {
      if (words.size() == 2 && words.get(0).equals("event") && !words.get(1).startsWith("-")) {
        return OptionalInt.of(event(words.get(1)));
      }
      if (words.equals(List.of("config", "--check"))) {
        return OptionalInt.of(check());
      }
      if (!words.isEmpty() && words.get(0).equals("daemon")) {
        return daemon(words.subList(1, words.size()));
      }
      return OptionalInt.empty();
    } catch (HnvfException | RuntimeException e) {
      return OptionalInt.of(console.explain(e));
    }
  }

  /** Handles an event; one without an effect needs no guest. */
  private int event(String line) throws HnvfException {
    DevdEvent event = DevdLine.parse(line);
    if (!Orchestrator.actsOn(event)) {
      console.answer("hnvf does not act on this event\n");
      return ExitCode.OK.status();
    }
    try (Session session =
        Session.on(
            console.guests().open(Optional.empty()),
            file -> file.readOr(Settings.DEFAULTS, console::log),
            console)) {
      return session.carryOut(
          orchestrator -> orchestrator.patiently(orchestrator.handle(event), Trigger.of(event)),
          report -> ReportView.show(report, false, console));
    }
  }

  private int check() throws HnvfException {
    SettingsFile file = console.guests().settings(Optional.empty());
    GivenSettings read = file.read();
    console.answer(SettingsView.table(file.path(), read.settings(), read.given()));
    return ExitCode.OK.status();
  }

  private OptionalInt daemon(List<String> words) throws HnvfException {
    Optional<DaemonOptions> options = DaemonOptions.of(words, console.guests());
    return options.isPresent()
        ? OptionalInt.of(DaemonProcess.run(options.get(), console))
        : OptionalInt.empty();
  }
}
