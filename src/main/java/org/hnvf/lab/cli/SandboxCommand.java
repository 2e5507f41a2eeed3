package org.hnvf.lab.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hnvf.cli.Console;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.SystemTimer;
import org.hnvf.lab.sandbox.Sandbox;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.SystemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hnvf sandbox DIR}. */
@Command(
    name = "sandbox",
    description =
        "Offers a simulated guest to other programs, until it is ended by a signal or by "
            + "`DIR/host stop`: the programs DIR/bin/ifconfig and others answer for the guest, "
            + "DIR/root has its files, DIR/host has the verbs of Hyper-V, DIR/devd.log the "
            + "lines of devd. An executable DIR/devd-hook is run for each line of devd, with "
            + "the line as its argument.")
final class SandboxCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      paramLabel = "DIR",
      description = "created if it does not exist; the guest is kept in it")
  private @Nullable Path directory;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      completionCandidates = GuestKinds.class,
      description =
          "forget the guest that may be there, and make a new one: azure, static, slaac, two,"
              + " vlans, late-path, transparent or foreign-lagg (default: the one that is there,"
              + " or azure)")
  private @Nullable String kind;

  @Option(
      names = "--costs",
      description = "let every command take the time that it takes on a slow virtual machine")
  private boolean costs;

  SandboxCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    Path place = requireNonNull(directory).toAbsolutePath().normalize();
    try (Sandbox sandbox =
        Sandbox.open(
            place,
            Optional.ofNullable(kind),
            costs,
            new SystemTimer(),
            new ProcessRunner(),
            console::log)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(sandbox), "hnvf sandbox ends"));
      console.answer("a simulated guest is in " + place + "; " + place + "/host tells its verbs\n");
      sandbox.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK.status();
  }

  /** Ends the program on a signal; the guest is kept. */
  private void end(Sandbox sandbox) {
    try {
      sandbox.close();
    } catch (SystemException e) {
      console.log(String.valueOf(e.getMessage()));
    }
  }
}
