package org.hnvf.lab.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hnvf.cli.Console;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.SystemTimer;
import org.hnvf.lab.TerminalProgress;
import org.hnvf.lab.rehearse.Capture;
import org.hnvf.lab.rehearse.CaptureFile;
import org.hnvf.lab.rehearse.Rehearsal;
import org.hnvf.lab.rehearse.RehearsalView;
import org.hnvf.model.Durations;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code hnvf rehearse [HN] [--from FILE]}. Without a file the front makes the capture: this class
 * is of the laboratory, which does not run as root.
 */
@Command(
    name = "rehearse",
    description =
        "Rehearses hnvf on a simulated copy of a guest, of which `hnvf capture` made the file: each"
            + " occasion once, and then with every single fault. Nothing is changed but in memory.",
    footer = {
      "",
      "Exit status: 0 no fault strands the copy; 65 the file is no capture, or its guest cannot be",
      "copied; 69 the guest has no such HN; 71 a fault strands the copy; 75 --time was over before",
      "all faults were tried."
    })
final class RehearseCommand implements Callable<Integer> {

  /** Names the standard input. */
  private static final String INPUT = "-";

  private final Console console;
  private final InputStream input;

  @Parameters(paramLabel = "HN", arity = "0..1", description = "the hn to rehearse (default: hn0)")
  private @Nullable String name;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "the capture of the guest; - is the standard input (default: a new one, as root on the guest)")
  private @Nullable Path from;

  @Option(
      names = "--non-transparent",
      description =
          "of a guest in transparent mode, in which hnvf changes nothing: rehearse the other mode")
  private boolean nonTransparent;

  @Option(names = "--quick", description = "each occasion once, without faults")
  private boolean quick;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "try no further faults after this time: 90s, 3m (default: try all)")
  private @Nullable String time;

  @Option(names = "--json", description = "show the answer as data")
  private boolean json;

  /**
   * The verb.
   *
   * @param input the standard input
   */
  RehearseCommand(Console console, InputStream input) {
    this.console = console;
    this.input = input;
  }

  @Override
  public Integer call() throws HnvfException {
    if (from == null) {
      throw UserException.usage(
          "rehearse needs the capture of a guest: run `hnvf capture FILE` on the guest as root, then"
              + " `hnvf rehearse --from FILE` here; root rehearses this guest without --from");
    }
    Optional<HnUnit> unit = name == null ? Optional.empty() : Optional.of(unit(name));
    Rehearsal.Request request =
        new Rehearsal.Request(
            unit,
            quick,
            time == null ? Optional.empty() : Optional.of(Durations.ofOption("--time", time)));
    Capture capture =
        from.toString().equals(INPUT) ? CaptureFile.read("stdin", input) : CaptureFile.read(from);
    requireScratch(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    SystemTimer clock = new SystemTimer();
    Rehearsal.Outcome outcome =
        new Rehearsal(
                clock,
                new ProcessRunner(),
                new TerminalProgress(clock, console::progress, "single faults"))
            .run(nonTransparent ? capture.inNonTransparentMode() : capture, request);
    if (json) {
      console.json(RehearsalView.data(outcome));
    } else {
      console.answer(RehearsalView.text(outcome));
    }
    return outcome.exitCode().status();
  }

  /**
   * Refuses to begin if no directory can be made in a temporary directory: the copies need them for
   * their rc.conf. Under Linux emulation the second one was seen to fail.
   *
   * @throws SystemException if there is none
   */
  static void requireScratch(Path temporary) throws SystemException {
    try {
      Path made = Files.createTempDirectory(temporary, "hnvf-");
      Files.delete(Files.createDirectory(made.resolve("etc")));
      Files.delete(made);
    } catch (IOException e) {
      throw SystemException.failed(
          "the laboratory cannot make a directory in "
              + temporary
              + ": "
              + e
              + "; nothing was rehearsed; every user must be able to write there",
          e);
    }
  }

  private static HnUnit unit(String hn) throws UserException {
    InterfaceName name = InterfaceName.parse(hn);
    return name.hnUnit()
        .orElseThrow(() -> UserException.noSuchPair(name + " is not a synthetic NIC (hnX)"));
  }
}
