package org.hnvf.bench;

import com.google.common.collect.ImmutableList;
import com.sun.security.auth.module.UnixSystem;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.hnvf.control.Answer;
import org.hnvf.control.ControlClient;
import org.hnvf.control.ControlServer;
import org.hnvf.control.Limits;
import org.hnvf.daemon.Daemon;
import org.hnvf.event.DevdLine;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Settings;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;
import org.hnvf.service.Wiring;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.workflow.Progress;

/**
 * The daemon on simulated guests in one process, by the clock on the wall: how long from an event
 * on the socket to the first changing command, the guest's own time aside; what it takes of memory
 * after a thousand workflows, and of the processor at rest. The simulated guest is in the memory
 * that is counted.
 */
public final class DaemonBench {

  private static final int ROUNDS = 60;
  private static final int WARM = 20;
  private static final int WORKFLOWS = 1000;
  private static final ImmutableList<String> HEAPS = ImmutableList.of("-Xmx16m", "-Xmx24m");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofSeconds(10);
  private static final HnUnit UNIT = new HnUnit(0);

  /** The commands of the first look at everything: two tell the pairs, four are the one look. */
  private static final int FIRST_ROUND = 6;

  /** Those that an attach takes: the same, and rc.conf. */
  private static final int ATTACH = 7;

  private static final String IFATTACH = "!system=ETHERNET subsystem=mlxen0 type=IFATTACH";
  private static final String VF_UP = "!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP";

  private final RcConfShell shell = new RcConfShell(new ProcessRunner());
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private DaemonBench() {}

  /** Prints all three. */
  public static void main(String[] arguments) throws Exception {
    DaemonBench bench = new DaemonBench();
    bench.firstCommand();
    memory();
    bench.rest();
    System.exit(0);
  }

  /** Passes commands on, counts them and their time, and says when the first changing one comes. */
  private static final class Watched implements CommandRunner {
    private final SimulatedGuest guest;
    private final CompletableFuture<Long> firstChange = new CompletableFuture<>();
    private volatile boolean counting;
    private final AtomicLong inGuest = new AtomicLong();
    private final AtomicInteger commands = new AtomicInteger();

    Watched(SimulatedGuest guest) {
      this.guest = guest;
    }

    @Override
    public CommandResult run(Command command) {
      long begun = System.nanoTime();
      if (!counting || firstChange.isDone()) {
        return guest.run(command);
      }
      if (command.effect() == Command.Effect.CHANGES) {
        firstChange.complete(begun);
        return guest.run(command);
      }
      CommandResult result = guest.run(command);
      commands.incrementAndGet();
      inGuest.addAndGet(System.nanoTime() - begun);
      return result;
    }
  }

  private Daemon daemon(SimulatedGuest guest, CommandRunner runner) {
    Machine machine =
        new Machine(runner, new NioDurableFiles(guest.root()), guest.timer(), guest.root());
    return new Daemon(
        guest.timer(),
        threads,
        Wiring.residents(machine, OwnerPolicy.ANYBODY, about -> Progress.NONE),
        Settings.DEFAULTS,
        () -> Settings.DEFAULTS,
        (weight, about, text) -> {});
  }

  private void firstCommand() throws Exception {
    List<Double> own = new ArrayList<>();
    List<Integer> processes = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      SimulatedGuest guest = Scenario.azure().shell(shell).start();
      Watched watched = new Watched(guest);
      Daemon daemon = daemon(guest, watched);
      Path socket = Files.createTempDirectory("hnvf-bench").resolve("s");
      try (ControlServer server =
          ControlServer.open(
              socket,
              new UnixSystem().getUid(),
              Limits.DEFAULT,
              (line, reply) -> reply.accept(told(daemon, line)),
              line -> {})) {
        CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(daemon), threads);
        awaitCommands(guest, FIRST_ROUND);
        awaitIdle(daemon);
        guest.host().plug(UNIT);
        tell(daemon, IFATTACH);
        awaitCommands(guest, FIRST_ROUND + ATTACH);
        awaitIdle(daemon);
        guest.run(Command.changing(PATIENCE, "ifconfig", "mlxen0", "up"));
        watched.counting = true;
        long sent = System.nanoTime();
        ask(new ControlClient(socket));
        long first = watched.firstChange.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (round >= WARM) {
          own.add((first - sent - watched.inGuest.get()) / 1e6);
          processes.add(watched.commands.get());
        }
        daemon.stop();
        served.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        awaitIdle(daemon);
        server.stopAccepting();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "event on the socket to first changing command: %.1f ms of hnvf's own, %d processes"
            + " (medians of %d)%n",
        own.stream().sorted().skip(own.size() / 2).findFirst().orElseThrow(),
        processes.stream().sorted().skip(processes.size() / 2).findFirst().orElseThrow(),
        own.size());
  }

  private static void ask(ControlClient client) throws HnvfException {
    if (!client.ask("event " + VF_UP, PATIENCE).isOk()) {
      throw new IllegalStateException("the event was not taken");
    }
  }

  private static Answer told(Daemon daemon, String line) {
    tell(daemon, line.substring("event ".length()));
    return Answer.ok();
  }

  private static void tell(Daemon daemon, String line) {
    try {
      boolean unused = daemon.tell(DevdLine.parse(line));
    } catch (HnvfException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void serve(Daemon daemon) {
    try {
      daemon.serve();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitCommands(SimulatedGuest guest, int number) throws InterruptedException {
    long begun = System.nanoTime();
    while (guest.commandsSoFar() < number) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "of " + number + " commands only " + guest.commandsSoFar() + " were run");
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static void awaitIdle(Daemon daemon) throws InterruptedException {
    if (!daemon.awaitIdle(PATIENCE)) {
      throw new IllegalStateException("the daemon does not come to rest");
    }
  }

  private static void memory() throws Exception {
    for (String heap : HEAPS) {
      System.out.printf(
          "resident after %d workflows, %s: %s%n",
          WORKFLOWS, heap, new GuestServer().run(heap, WORKFLOWS));
    }
  }

  private void rest() throws Exception {
    SimulatedGuest guest = Scenario.azure().shell(shell).start();
    Daemon daemon = daemon(guest, guest);
    Path socket = Files.createTempDirectory("hnvf-bench").resolve("s");
    Consumer<String> log = line -> {};
    try (ControlServer server =
        ControlServer.open(
            socket,
            new UnixSystem().getUid(),
            Limits.DEFAULT,
            (line, reply) -> reply.accept(Answer.ok()),
            log)) {
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(daemon), threads);
      ask(new ControlClient(socket));
      TimeUnit.SECONDS.sleep(1);
      Optional<Long> before = processorNanos();
      TimeUnit.SECONDS.sleep(REST.toSeconds());
      Optional<Long> after = processorNanos();
      System.out.printf(
          Locale.ROOT,
          "processor time in %d s at rest: %.0f ms%n",
          REST.toSeconds(),
          (after.orElse(0L) - before.orElse(0L)) / 1e6);
      daemon.stop();
      served.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      server.stopAccepting();
    }
  }

  private static Optional<Long> processorNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean bean
        ? Optional.of(bean.getProcessCpuTime())
        : Optional.empty();
  }
}
