package org.hnvf.daemon;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.hnvf.event.DevdEvent;
import org.hnvf.event.RouteNews;
import org.hnvf.exec.Timer;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Settings;
import org.hnvf.model.SystemException;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Orchestrators;
import org.hnvf.service.Report;

/**
 * The daemon: reconciles a pair after an event, at a deadline, and periodically; different pairs at
 * the same time, one reconciliation at a time for each.
 *
 * <p>It creates no thread. {@link #serve} needs its own thread and gives reconciliations to an
 * executor; {@link #runUntil} does all on the caller's thread, in the time of the machine's timer,
 * which may be virtual. Both use {@link #beginDue}.
 */
public final class Daemon {

  /** The interval of the check for a hung reconciliation. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final Timer timer;
  private final Executor executor;
  private final ResidentOrchestrators orchestrators;
  private final Reload reload;
  private final DaemonLog log;
  private final Causes causes = new Causes();
  private final ManagedPairs managed = new ManagedPairs();
  private final HintQueue queue = new HintQueue();
  private final Optional<Readiness> readiness;
  private final EventHints events = new EventHints(queue, causes, managed);
  private final Looks looks;

  /** Guards the following fields; signalled when one of them or a mailbox has changed. */
  private final Object changed = new Object();

  private boolean news;
  private boolean stopping;
  private int verbs;
  private Optional<Throwable> fatal = Optional.empty();

  /** Reads the settings again. */
  @FunctionalInterface
  public interface Reload {
    /** Returns the settings that apply from now on; throws if they are not valid. */
    Settings read() throws HnvfException;
  }

  /** A verb of an operator. */
  @FunctionalInterface
  public interface Deed<T> {
    /** Carries it out. */
    T by(Orchestrator orchestrator) throws HnvfException;
  }

  /**
   * Creates a daemon that is about to reconcile everything.
   *
   * @param timer the clock of the guest
   * @param executor runs the reconciliations
   * @param settings the settings until the first reload
   * @param log receives each fact
   */
  public Daemon(
      Timer timer,
      Executor executor,
      Orchestrators orchestrators,
      Settings settings,
      Reload reload,
      FactLog log) {
    this(
        timer,
        executor,
        orchestrators,
        settings,
        reload,
        log,
        Optional.empty(),
        StatusListener.NONE);
  }

  /**
   * Creates a daemon on which an event script relies.
   *
   * @param readiness receives the state that the script reads
   * @param listener receives the status of each pair
   */
  public Daemon(
      Timer timer,
      Executor executor,
      Orchestrators orchestrators,
      Settings settings,
      Reload reload,
      FactLog log,
      Optional<Readiness> readiness,
      StatusListener listener) {
    this.timer = timer;
    this.executor = executor;
    this.orchestrators = new ResidentOrchestrators(orchestrators, settings);
    this.reload = reload;
    this.log = new DaemonLog(log);
    this.readiness = readiness;
    this.looks =
        new Looks(timer, this.orchestrators, queue, causes, managed, readiness, listener, this.log);
    queue.everything();
  }

  /**
   * Puts an event into its mailbox.
   *
   * @return whether it will be handled; false if the daemon is about to end, or a reconciliation is
   *     hung
   */
  public boolean tell(DevdEvent event) {
    Instant now = timer.now();
    log.detail(Causes.words(event));
    boolean live = events.heard(event, now);
    synchronized (changed) {
      wake();
      return live && !stopping;
    }
  }

  /**
   * Handles a change that the kernel reported and that hnvf may have made itself: the pair is
   * reconciled after a moment.
   */
  public void hear(RouteNews news) {
    log.detail("the kernel reports: " + news.text());
    ImmutableSet<HnUnit> units = managed.concerned(news);
    if (!units.isEmpty()) {
      units.forEach(unit -> causes.supposed(unit, "the kernel reports: " + news.text()));
      queue.later(units, timer.now());
      synchronized (changed) {
        wake();
      }
    }
  }

  /** Requests the reconciliation of all pairs. */
  public void lookAtEverything() {
    queue.everything();
    synchronized (changed) {
      wake();
    }
  }

  /**
   * Reads the settings again and reconciles everything.
   *
   * @throws HnvfException if they are not valid; the old ones continue to apply
   */
  public void reload() throws HnvfException {
    orchestrators.settings(reload.read());
    lookAtEverything();
  }

  /**
   * Carries out an operator's verb that only reads, on the caller's thread. It is not logged.
   *
   * @param about its subject, for the log of a failure
   * @throws SystemException (busy) if the daemon is about to end
   */
  public <T> T read(String about, Deed<T> deed) throws HnvfException {
    return act(about, Optional.empty(), deed);
  }

  /**
   * Carries out an operator's verb on the caller's thread. The pair's lock separates it from
   * reconciliations.
   *
   * @param about its subject, for the log
   * @param verb its name, for the log
   * @throws SystemException (busy) if the daemon is about to end
   */
  public <T> T act(String about, String verb, Deed<T> deed) throws HnvfException {
    return act(about, Optional.of(verb), deed);
  }

  private <T> T act(String about, Optional<String> verb, Deed<T> deed) throws HnvfException {
    synchronized (changed) {
      if (stopping) {
        throw SystemException.busy(
            "the daemon is stopping; nothing was done, try again when it has started");
      }
      verbs++;
    }
    verb.ifPresent(name -> log.requested(about, name));
    try {
      T result = deed.by(orchestrators.another(about));
      if (result instanceof Report report && report.unit().isPresent()) {
        log.tell(report.unit().get(), report);
        report.status().ifPresent(looks::seen);
        Instant now = timer.now();
        queue.alarm(report.unit().get(), Alarm.after(report, now), now);
      }
      return result;
    } catch (HnvfException e) {
      log.refused(about, e);
      throw e;
    } finally {
      synchronized (changed) {
        verbs--;
        wake();
      }
    }
  }

  /**
   * Runs until {@link #stop} is called; running reconciliations then continue.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  public void serve() throws InterruptedException {
    while (true) {
      synchronized (changed) {
        if (stopping) {
          return;
        }
        news = false;
      }
      Optional<Instant> next = beginDue();
      Instant now = timer.now();
      readiness.ifPresent(told -> told.live(queue.allLive(now)));
      synchronized (changed) {
        if (!news && !stopping) {
          changed.wait(
              next.map(at -> Math.max(1, Duration.between(now, at).toMillis()))
                  .filter(wait -> wait < LONGEST_WAIT.toMillis())
                  .orElse(LONGEST_WAIT.toMillis()));
        }
      }
    }
  }

  /**
   * Does everything due until this instant or {@link #stop} on this thread. The executor must run
   * on this thread, too: so a day of a simulated guest is one thread and one call.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  public void runUntil(Instant end) throws InterruptedException {
    while (!isStopping()) {
      Optional<Instant> next = beginDue().filter(at -> at.isBefore(end));
      Instant now = timer.now();
      Instant until = next.orElse(end);
      if (until.isAfter(now)) {
        timer.sleep(Duration.between(now, until));
      }
      if (next.isEmpty()) {
        return;
      }
    }
  }

  /**
   * Starts everything that is due. With an executor on this thread it is then done.
   *
   * @return when the next thing is due, which may be now; empty if only an event or the end of a
   *     reconciliation can bring it
   */
  public Optional<Instant> beginDue() {
    boolean quiet = verbsUnderWay() == 0;
    if (quiet) {
      queue.settle(timer.now());
    }
    handOut(queue.take(timer.now()));
    Optional<Instant> next = queue.nextDue(timer.now());
    return Stream.concat(next.stream(), quiet ? queue.nextSettling().stream() : Stream.empty())
        .min(Comparator.naturalOrder());
  }

  /** Returns whether neither a reconciliation nor a verb runs. */
  public boolean isAtRest() {
    return queue.isIdle() && verbsUnderWay() == 0;
  }

  private int verbsUnderWay() {
    synchronized (changed) {
      return verbs;
    }
  }

  private boolean isStopping() {
    synchronized (changed) {
      return stopping;
    }
  }

  private void handOut(List<DueLook> errands) {
    for (DueLook errand : errands) {
      executor.execute(() -> safely(() -> looks.take(errand)));
    }
  }

  /** Runs a reconciliation so that no failure ends the daemon without a message. */
  private void safely(Runnable look) {
    try {
      look.run();
    } catch (Error e) {
      fail(e);
    } finally {
      synchronized (changed) {
        wake();
      }
    }
  }

  /**
   * Ends the daemon in an orderly way after a fault that makes this process unreliable, such as a
   * lack of memory; daemon(8) starts another one.
   */
  public void fail(Throwable fault) {
    synchronized (changed) {
      fatal = fatal.or(() -> Optional.of(fault));
    }
    stop();
    log.bug("the daemon ends", fault);
  }

  /** Returns the fault that ended the daemon, if there was one. */
  public Optional<Throwable> fatal() {
    synchronized (changed) {
      return fatal;
    }
  }

  /**
   * Stops accepting events and verbs. Running reconciliations continue; {@link #awaitIdle} still
   * handles accepted events.
   */
  public void stop() {
    synchronized (changed) {
      stopping = true;
      wake();
    }
  }

  /**
   * After {@link #stop}: handles accepted events, whose senders rely on this process, and waits
   * until nothing runs. Deadlines are left to the next start. So are reconciliations that would
   * start in the second half of the patience: an interrupted workflow is worse than one that was
   * not started.
   *
   * @return whether nothing runs; false if it took longer
   */
  public boolean awaitIdle(Duration patience) throws InterruptedException {
    long begun = System.nanoTime();
    boolean idle = false;
    boolean over = false;
    while (!idle && !over) {
      long left = patience.minusNanos(System.nanoTime() - begun).toMillis();
      over = left <= 0;
      boolean begins;
      synchronized (changed) {
        news = false;
        begins = fatal.isEmpty() && left > patience.toMillis() / 2;
      }
      if (begins) {
        handOut(queue.takePromised(timer.now()));
      }
      synchronized (changed) {
        boolean kept = !begins || queue.promised().isEmpty();
        idle = verbs == 0 && queue.isIdle() && kept;
        if (!idle && !over && !news) {
          changed.wait(left);
        }
      }
    }
    ImmutableList<String> forsaken = queue.promised();
    if (!forsaken.isEmpty()) {
      log.complain(
          "the daemon stopped before it checked these pairs; the next start checks "
              + "them: "
              + String.join(", ", forsaken));
    }
    return idle;
  }

  private void wake() {
    news = true;
    changed.notifyAll();
  }
}
