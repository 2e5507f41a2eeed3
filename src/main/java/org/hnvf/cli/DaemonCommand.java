package org.hnvf.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Strategy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hnvf daemon}, where its options take a parser of command lines. */
@Command(
    name = "daemon",
    description =
        "Runs resident and reconciles every pair, until SIGTERM. It stays in the "
            + "foreground: daemon(8) detaches it. SIGHUP: reads the configuration again and "
            + "reconciles everything. SIGINFO: writes the status to the log.")
final class DaemonCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final GuestBin guestBin = new GuestBin();

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description =
          "listen there (default: /var/run/hnvf/hnvf.sock, of another guest below DIR/root)")
  private @Nullable Path socket;

  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      converter = StrategyName.class,
      completionCandidates = StrategyName.class,
      description =
          "when the configuration moves: on-vf-up or before-vf-up (default: as in the "
              + "configuration file)")
  private @Nullable Strategy strategy;

  DaemonCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    return DaemonProcess.run(
        new DaemonOptions(
            guestBin.directory(), Optional.ofNullable(socket), Optional.ofNullable(strategy)),
        console);
  }
}
