package org.hnvf.lab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hnvf.cli.Console;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.SystemTimer;
import org.hnvf.lab.TerminalProgress;
import org.hnvf.lab.rehearse.CapturedGuests;
import org.hnvf.lab.soak.CopiedGuests;
import org.hnvf.lab.soak.Soak;
import org.hnvf.lab.soak.SoakReport;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.UserException;
import org.hnvf.sim.RcConfShell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hnvf sim soak}. */
@Command(
    name = "soak",
    description =
        "Runs many simulated guests with injected faults: each seed draws a guest, its events and"
            + " its faults. At the end of each the promises are checked.")
final class SoakCommand implements Callable<Integer> {

  private final Console console;

  @Option(
      names = "--seeds",
      paramLabel = "NUMBER",
      defaultValue = "1000",
      description = "how many (default: 1000)")
  private long seeds;

  @Option(
      names = "--from",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "the first one (default: 1)")
  private long from;

  @Option(
      names = "--jobs",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "how many at a time (default: 1)")
  private int jobs;

  @Option(
      names = "--captures",
      paramLabel = "DIR",
      description =
          "of one of four seeds, the guest is a copy of a capture in this directory (default: none)")
  private @Nullable Path captures;

  @Option(
      names = "--exhaustive",
      description = "no seeds: every single fault at every place of every workflow")
  private boolean exhaustive;

  @Option(
      names = "--verbose",
      description = "print all events of the seed --from, and no other seed")
  private boolean verbose;

  @Option(
      names = "--no-shrink",
      description =
          "print a failing case as drawn, not the smallest one that fails in the same way")
  private boolean noShrink;

  @Option(names = "--json", description = "show the answer as data")
  private boolean json;

  SoakCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    if (seeds < 1 || jobs < 1) {
      throw UserException.usage("--seeds and --jobs must be 1 or more");
    }
    if (exhaustive && captures != null) {
      throw UserException.usage(
          "--exhaustive has guests of its own, and cannot be used with --captures;"
              + " `hnvf rehearse --from FILE` tries every single fault on the guest of a capture");
    }
    ProcessRunner host = new ProcessRunner();
    CopiedGuests copies =
        captures == null ? CopiedGuests.NONE : CapturedGuests.in(captures, new RcConfShell(host));
    TerminalProgress progress = new TerminalProgress(new SystemTimer(), console::progress, "cases");
    Soak soak =
        new Soak(host, copies, jobs, !noShrink, json ? failure -> {} : this::show, progress);
    if (verbose) {
      soak.story(from).forEach(line -> console.answer(line + "\n"));
      return ExitCode.OK.status();
    }
    SoakReport report = exhaustive ? soak.exhaustive() : soak.seeds(from, seeds);
    if (json) {
      console.json(report);
    } else {
      console.answer(report.text());
    }
    return (report.failures().isEmpty() ? ExitCode.OK : ExitCode.SYSTEM).status();
  }

  private void show(SoakReport.Failure failure) {
    failure.story().forEach(line -> console.answer(line + "\n"));
    if (failure.shrinkingRuns() > 0) {
      console.answer("the smallest failing case, of " + failure.shrinkingRuns() + " runs\n");
    }
    console.answer("replay with: " + failure.replay() + "\n\n");
  }
}
