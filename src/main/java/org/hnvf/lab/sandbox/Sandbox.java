package org.hnvf.lab.sandbox;

import com.google.common.collect.ImmutableSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.Timer;
import org.hnvf.lab.SimulatedMachine;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.ExitCode;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/**
 * A simulated guest in a directory, for other programs on this machine: {@code bin/ifconfig} and
 * its like answer for it, {@code host} is Hyper-V, {@code root} has its files, {@code devd.log}
 * what devd tells. While it is open it has the guest for itself; the guest is kept when it closes,
 * and now and then before.
 */
public final class Sandbox implements AutoCloseable {

  /** No program of the guest takes longer: dhclient without a server ends after 77 s. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration SAVE = Duration.ofSeconds(2);

  private final LiveGuest live;
  private final SandboxServer server;
  private final DevdSocket devdSocket;
  private final HostVerbs host;
  private final ImmutableSet<String> programs;
  private final Consumer<String> complaints;
  private final ExecutorService threads = Executors.newCachedThreadPool(daemons());
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, daemons());
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private Sandbox(
      SimulatedMachine machine,
      SandboxFiles files,
      DevdOutlet devd,
      DevdSocket devdSocket,
      Timer wall,
      boolean costs,
      Consumer<String> complaints)
      throws SystemException {
    this.complaints = complaints;
    this.devdSocket = devdSocket;
    this.live = new LiveGuest(machine, wall, costs, devd);
    this.programs = machine.guest().programs();
    this.host = new HostVerbs(live, stopped::countDown);
    files.write(programs);
    this.server = SandboxServer.listen(files.socket(), this::answer, complaints);
    machine.guest().onRouteMessage(server::tellWatchers);
    threads.execute(() -> server.work(threads));
    threads.execute(devdSocket::work);
    threads.execute(devd::work);
    every(TICK, live::pass);
    every(SAVE, live::save);
  }

  /**
   * Opens the sandbox in a directory, with the guest that is kept there.
   *
   * @param kind the kind of a new guest, in the place of the one that may be there
   * @param costs whether every command takes the time here that it takes in the guest
   * @param wall the clock that the guest's follows
   * @param runner runs programs on this machine
   * @param complaints is told, in a line, what goes wrong later
   * @throws UserException (usage) where there is no such kind, or no Unix socket can be in a
   *     directory of such a name
   * @throws SystemException where this machine does not let it be, or (busy) another hnvf has the
   *     guest open
   */
  public static Sandbox open(
      Path directory,
      Optional<String> kind,
      boolean costs,
      Timer wall,
      CommandRunner runner,
      Consumer<String> complaints)
      throws SystemException, UserException {
    Path place = directory.toAbsolutePath().normalize();
    SandboxFiles files = new SandboxFiles(place, netcat());
    files.makeDirectory();
    SimulatedMachine machine =
        kind.isPresent() || !SimulatedMachine.isIn(place)
            ? SimulatedMachine.reset(place, kind.orElse("azure"), runner, wall)
            : SimulatedMachine.open(place, runner, wall);
    DevdSocket devdSocket = DevdSocket.listen(place.resolve("root"), complaints);
    DevdOutlet devd = new DevdOutlet(place, runner, devdSocket, complaints);
    return new Sandbox(machine, files, devd, devdSocket, wall, costs, complaints);
  }

  private static Path netcat() throws SystemException {
    return Stream.of("/usr/bin/nc", "/bin/nc", "/usr/local/bin/nc")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                SystemException.failed(
                    "there is no nc(1), neither in /usr/bin nor in /bin; FreeBSD has it, Debian has"
                        + " it as netcat-openbsd"));
  }

  /** Returns the names of the guest's programs. */
  ImmutableSet<String> programs() {
    return programs;
  }

  /** Waits until {@code host stop} is called. */
  public void await() throws InterruptedException {
    stopped.await();
  }

  private Optional<ShellAnswer> answer(List<String> words) throws InterruptedException {
    String kind = words.isEmpty() ? "" : words.get(0);
    try {
      if (kind.equals("host")) {
        return Optional.of(host.run(words.subList(1, words.size())));
      }
      if (kind.equals("run") && words.size() > 1 && programs.contains(words.get(1))) {
        return run(words.get(1), words.subList(2, words.size()));
      }
      return Optional.of(
          ShellAnswer.fault(
              ExitCode.USAGE.status(), "the sandbox does not know " + String.join(" ", words)));
    } catch (RuntimeException e) {
      complaints.accept("this is a bug of hnvf: " + words + ": " + e);
      return Optional.of(
          ShellAnswer.fault(ExitCode.SOFTWARE.status(), "a bug of the simulated guest: " + e));
    }
  }

  private Optional<ShellAnswer> run(String program, List<String> arguments)
      throws InterruptedException {
    LiveGuest.Outcome outcome =
        live.run(Command.changing(LIMIT, program, arguments.toArray(String[]::new)));
    CommandResult result = outcome.result();
    if (outcome.hangs()) {
      return Optional.empty();
    }
    if (result.ending() instanceof CommandResult.Exited exited) {
      return Optional.of(new ShellAnswer(exited.status(), result.stdout(), result.stderr()));
    }
    return Optional.of(ShellAnswer.fault(ExitCode.SYSTEM.status(), result.summary()));
  }

  /** Ends the sandbox and keeps the guest. A second time, it waits for the first. */
  @Override
  public void close() throws SystemException {
    synchronized (closed) {
      if (closed.getCount() == 0) {
        return;
      }
      stopped.countDown();
      clock.shutdownNow();
      server.close();
      devdSocket.close();
      threads.shutdownNow();
      live.end();
      closed.countDown();
    }
  }

  /** Something that is done again and again. */
  @FunctionalInterface
  private interface Chore {
    void run() throws InterruptedException, SystemException;
  }

  private void every(Duration period, Chore chore) {
    Runnable once =
        () -> {
          try {
            chore.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (SystemException | RuntimeException e) {
            complaints.accept("the sandbox: " + e.getMessage());
          }
        };
    var unused =
        clock.scheduleWithFixedDelay(
            once, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ThreadFactory daemons() {
    return work -> {
      Thread thread = new Thread(work, "hnvf sandbox");
      thread.setDaemon(true);
      return thread;
    };
  }
}
