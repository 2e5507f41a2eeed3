package org.hnvf.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hnvf.control.Answer;
import org.hnvf.control.ControlClient;
import org.hnvf.control.ControlServer;
import org.hnvf.control.Limits;
import org.hnvf.daemon.Daemon;
import org.hnvf.daemon.FactLog;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.SystemTimer;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Settings;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;
import org.hnvf.service.Wiring;
import org.hnvf.workflow.Progress;

/**
 * A program for {@link FastLaneTest}: a daemon with all its parts on a simulated guest, to see
 * which classes it takes.
 */
final class WholeDaemon {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private WholeDaemon() {}

  /**
   * Tells an event, and asks for a bring-up and the status.
   *
   * @param arguments the socket, and the user's id
   */
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]).resolveSibling("root");
    CommandRunner nothing =
        command ->
            new CommandResult(command, new CommandResult.NotFound("/sbin"), "", "", Duration.ZERO);
    Machine machine = new Machine(nothing, new NioDurableFiles(root), new SystemTimer(), root);
    ExecutorService threads = Executors.newCachedThreadPool();
    Daemon daemon =
        new Daemon(
            machine.timer(),
            threads,
            Wiring.residents(machine, OwnerPolicy.ANYBODY, about -> Progress.NONE),
            Settings.DEFAULTS,
            () -> Settings.DEFAULTS,
            FactLog.lines(System.out::println));
    Path socket = Path.of(arguments[0]);
    List<String> lines = new ArrayList<>();
    try (ControlServer server =
        ControlServer.open(
            socket,
            Long.parseLong(arguments[1]),
            new Limits(4096, PATIENCE, PATIENCE, 32),
            new ControlHandler(daemon, threads),
            line -> {})) {
      ControlClient client = new ControlClient(socket);
      Answer event = client.ask("event !system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP", PATIENCE);
      Answer up = client.ask("vf-up hn0", PATIENCE);
      Answer status = client.ask("status", PATIENCE);
      lines.add(event.isOk() + " " + up.exitStatus() + " " + status.err());
      server.stopAccepting();
    }
    threads.shutdownNow();
    lines.forEach(System.out::println);
  }
}
