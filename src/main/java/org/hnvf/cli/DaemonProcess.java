package org.hnvf.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hnvf.control.ControlServer;
import org.hnvf.control.Limits;
import org.hnvf.daemon.Daemon;
import org.hnvf.daemon.HintSource;
import org.hnvf.daemon.Readiness;
import org.hnvf.daemon.Weight;
import org.hnvf.event.DevdLine;
import org.hnvf.event.RouteMessages;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.LineSource;
import org.hnvf.exec.OwnDirectories;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.SystemTimer;
import org.hnvf.journal.Counts;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Settings;
import org.hnvf.model.SystemException;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.HookLog;
import org.hnvf.service.HookRunner;
import org.hnvf.service.Machine;
import org.hnvf.service.Wiring;
import org.hnvf.settings.SettingsFile;

/** The resident process: threads, signals, socket and log of {@link Daemon}. */
final class DaemonProcess {

  private static final String SOCKET = OwnDirectories.RUN.substring(1) + "/hnvf.sock";
  private static final String LOCK = OwnDirectories.RUN + "/daemon.lock";

  /**
   * The time limit of the end. rc.shutdown(8) gives all services 90 s together
   * (rcshutdown_timeout); the rc.d script waits longer than this limit and then kills.
   */
  static final Duration LAST_STEPS = Duration.ofSeconds(60);

  private static final HintSource.Pauses MONITOR_PAUSES =
      new HintSource.Pauses(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private static final HintSource.Pauses DEVD_PAUSES =
      new HintSource.Pauses(Duration.ofSeconds(1), Duration.ofSeconds(1));

  /** The time to read the rest of a socket. */
  private static final Duration LAST_EVENTS = Duration.ofMillis(200);

  /** The time in which running hooks are killed. */
  private static final Duration LAST_HOOKS = Duration.ofSeconds(5);

  private static final int THREADS = 64;
  private static final Duration THREAD_RESTS = Duration.ofSeconds(10);

  private static final String ABOUT = "daemon";

  private final ServiceLog log;
  private final Executor threads;

  /** Those of the hooks are others, so that hooks that hang take no thread of a workflow. */
  private final ExecutorService hookThreads;

  private final Machine machine;
  private final Readiness readiness;
  private final MetricsFile metrics;
  private final Daemon daemon;

  private DaemonProcess(DaemonOptions options, ServiceLog log, Machine machine, OwnerPolicy owner) {
    this.log = log;
    this.threads = threads();
    this.hookThreads = threads();
    this.machine = machine;
    this.readiness = new Readiness(machine.files(), ProcessHandle.current().pid(), log);
    this.metrics =
        new MetricsFile(machine.root(), machine.timer(), new Counts(machine.files()), log);
    SettingsFile file = Session.settingsOf(machine);
    this.daemon =
        new Daemon(
            machine.timer(),
            threads,
            Wiring.residents(
                machine,
                owner,
                about -> new TimedProgress(machine.timer(), about, log),
                new HookRunner(machine, owner, hookThreads, hookLog(log))),
            inForce(options.over(file.readOr(Settings.DEFAULTS, this::complain))),
            () -> inForce(options.over(file.read().settings())),
            log,
            Optional.of(readiness),
            metrics);
  }

  /** Runs until it is stopped; returns the exit status. */
  static int run(DaemonOptions options, Console console) throws HnvfException {
    try (OpenGuest guest = console.guests().openToStay(options.guestBin());
        ServiceLog log = console.serviceLog(guest.machine())) {
      Machine machine = guest.machine();
      DaemonProcess process = new DaemonProcess(options, log, machine, guest.owner());
      guest.onDevdLine(process::tell);
      return process.run(options.socket().orElse(machine.root().resolve(SOCKET)), guest);
    }
  }

  private static HookLog hookLog(ServiceLog log) {
    return new HookLog() {
      @Override
      public void fact(HnUnit unit, String text) {
        log.log(Weight.FACT, "hn" + unit, text);
      }

      @Override
      public void fault(HnUnit unit, String text) {
        log.log(Weight.FAULT, "hn" + unit, text);
      }
    };
  }

  /** Passes a line of devd to the daemon. */
  private void tell(String line) {
    try {
      boolean unused = daemon.tell(DevdLine.parse(line));
    } catch (HnvfException e) {
      // An interface of a virtual machine may have any name, and belongs to no pair.
      log.log(Weight.DETAIL, ABOUT, String.valueOf(e.getMessage()));
    }
  }

  private int run(Path socket, OpenGuest guest) throws HnvfException {
    try (DurableFiles.Lock lock = lock()) {
      return serve(socket, lock, guest);
    }
  }

  /** Serves. The lock is a parameter to show that the caller holds it. */
  private int serve(Path socket, DurableFiles.Lock held, OpenGuest guest) throws HnvfException {
    requireNonNull(held);
    long uid = ThisProcess.uid(new ProcessRunner());
    readiness.begin();
    ControlHandler answers = new ControlHandler(daemon, threads);
    try (ControlServer server =
        ControlServer.open(socket, uid, Limits.DEFAULT, answers, this::complain)) {
      listenToSignals();
      new MetricsThread(metrics, metrics::awaitChange, daemon::isAtRest, new SystemTimer()).start();
      outcome("process " + ProcessHandle.current().pid() + " listens on " + socket);
      Optional<HintSource> devd = guest.devdLines().map(this::hear);
      Optional<HintSource> hints = guest.routeMessages().map(this::listenTo);
      try {
        serve();
      } finally {
        readiness.close();
        hints.ifPresent(HintSource::close);
      }
      server.stopAccepting();
      finish();
      devd.ifPresent(HintSource::close);
    }
    return (daemon.fatal().isPresent() ? ExitCode.SOFTWARE : ExitCode.OK).status();
  }

  /**
   * Reads devd's own socket, on which an event arrives before devd has started a program for it.
   */
  private HintSource hear(LineSource devd) {
    return started(
        new HintSource(
            "devd's socket",
            readiness.connectedBy(devd),
            this::tell,
            daemon::lookAtEverything,
            DEVD_PAUSES,
            machine.timer(),
            log));
  }

  private HintSource started(HintSource source) {
    Thread thread =
        new Thread(
            () -> {
              try {
                source.run();
              } catch (Error e) {
                daemon.fail(e);
              }
            },
            "hnvf hints");
    thread.setDaemon(true);
    thread.start();
    return source;
  }

  /** Reads the kernel's messages about routes, so that changes by others are noticed at once. */
  private HintSource listenTo(LineSource routes) {
    RouteMessages messages = new RouteMessages();
    return started(
        new HintSource(
            "route -n monitor",
            routes,
            line -> messages.read(line).ifPresent(daemon::hear),
            daemon::lookAtEverything,
            MONITOR_PAUSES,
            machine.timer(),
            log));
  }

  private void serve() {
    try {
      daemon.serve();
    } catch (InterruptedException e) {
      daemon.stop();
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      daemon.fail(e);
    }
  }

  private void finish() {
    try {
      boolean idle = daemon.awaitIdle(LAST_STEPS);
      endHooks();
      outcome(
          idle
              ? "stopped; no lagg was changed"
              : "stopped during a workflow; the next start finishes it or rolls it back");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A hook that runs is killed with its descendants; its time limit would end with this process.
   */
  private void endHooks() throws InterruptedException {
    hookThreads.shutdownNow();
    if (!hookThreads.awaitTermination(LAST_HOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
      complain("a hook could not be ended before the daemon");
    }
  }

  private DurableFiles.Lock lock() throws SystemException {
    DurableFiles files = machine.files();
    Optional<DurableFiles.Lock> lock = files.tryLock(LOCK, "the daemon");
    if (lock.isEmpty()) {
      throw SystemException.busy(
          "cannot start: another hnvf daemon runs on this guest ("
              + files.read(LOCK).orElse("unknown")
              + "); nothing was done");
    }
    return lock.get();
  }

  private void listenToSignals() {
    Signals.on("TERM", () -> threads.execute(this::end));
    Signals.on("INT", () -> threads.execute(this::end));
    Signals.on("HUP", () -> threads.execute(this::reload));
    Signals.on("INFO", () -> threads.execute(this::showStatus));
  }

  /**
   * Makes the event script use another process for an event. Events that it left to this daemon
   * before are in devd's socket by now, and are still handled.
   */
  private void end() {
    readiness.close();
    try {
      machine.timer().sleep(LAST_EVENTS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    daemon.stop();
  }

  private void reload() {
    try {
      daemon.reload();
      outcome("the configuration was read again; all pairs are checked");
    } catch (HnvfException e) {
      complain(
          "the new configuration was not accepted, the previous one stays in "
              + "force: "
              + e.getMessage());
    }
  }

  private void showStatus() {
    new ControlHandler(daemon, Runnable::run)
        .answer(
            "status",
            answer -> {
              answer.out().forEach(this::fact);
              answer.err().forEach(this::fact);
            });
  }

  private Settings inForce(Settings settings) {
    log.level(settings.logLevel());
    log.format(settings.reporting().logFormat());
    metrics.settings(settings);
    return settings;
  }

  private void complain(String text) {
    log.log(Weight.FAULT, ABOUT, text);
  }

  private void outcome(String text) {
    log.log(Weight.OUTCOME, ABOUT, text);
  }

  private void fact(String text) {
    log.log(Weight.FACT, ABOUT, text);
  }

  /**
   * Returns an executor whose threads end after a while without work, so that there are none at
   * rest.
   */
  private static ExecutorService threads() {
    return new ThreadPoolExecutor(
        0,
        THREADS,
        THREAD_RESTS.toMillis(),
        TimeUnit.MILLISECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "hnvf work");
          thread.setDaemon(true);
          return thread;
        });
  }
}
