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
 * The resident hnvf: looks at a pair when something happened to it, when its time has come, and
 * every now and then; different pairs at the same time, each by one look at a time.
 *
 * <p>It makes no thread. {@link #serve} is for a thread of its own and hands looks to an executor;
 * {@link #runUntil} does all on the caller's thread, in the time of the machine's timer, which may
 * be a virtual one. Both are made of {@link #beginDue}.
 */
public final class Daemon {

  /** Now and then it is seen whether a look is stuck. */
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

  /** Guards what follows; signalled when something of it, or a mailbox, has changed. */
  private final Object changed = new Object();

  private boolean news;
  private boolean stopping;
  private int verbs;
  private Optional<Throwable> fatal = Optional.empty();

  /** Reads the settings anew. */
  @FunctionalInterface
  public interface Reload {
    /** The settings that hold from now on; throws where they cannot be used. */
    Settings read() throws HnvfException;
  }

  /** A verb of an operator. */
  @FunctionalInterface
  public interface Deed<T> {
    /** Does it. */
    T by(Orchestrator orchestrator) throws HnvfException;
  }

  /**
   * A daemon that has everything to look at.
   *
   * @param timer the clock of the guest
   * @param executor runs the looks
   * @param settings what holds until the first reload
   * @param log takes each fact
   */
  public Daemon(
      Timer timer,
      Executor executor,
      Orchestrators orchestrators,
      Settings settings,
      Reload reload,
      FactLog log) {
    this(timer, executor, orchestrators, settings, reload, log, Optional.empty());
  }

  /**
   * The same, for an event script that relies on it.
   *
   * @param readiness is told what the script may rely on
   */
  public Daemon(
      Timer timer,
      Executor executor,
      Orchestrators orchestrators,
      Settings settings,
      Reload reload,
      FactLog log,
      Optional<Readiness> readiness) {
    this.timer = timer;
    this.executor = executor;
    this.orchestrators = new ResidentOrchestrators(orchestrators, settings);
    this.reload = reload;
    this.log = new DaemonLog(log);
    this.readiness = readiness;
    this.looks = new Looks(timer, this.orchestrators, queue, causes, managed, readiness, this.log);
    queue.everything();
  }

  /**
   * Puts an event into the mailbox it belongs to.
   *
   * @return whether it will be looked at: not where the daemon is about to end, or a look is stuck
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
   * The kernel told of a change, which may be our own: a pair that it concerns is looked at in a
   * moment.
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

  /** All pairs are to be looked at. */
  public void lookAtEverything() {
    queue.everything();
    synchronized (changed) {
      wake();
    }
  }

  /**
   * Reads the settings anew and looks at everything.
   *
   * @throws HnvfException where they cannot be used; the old ones go on to hold
   */
  public void reload() throws HnvfException {
    orchestrators.settings(reload.read());
    lookAtEverything();
  }

  /**
   * What an operator wants done now, on the caller's thread. The pair's lock keeps it apart from
   * looks.
   *
   * @param about what it is about, for the log
   * @param verb what is wanted, for the log
   * @throws SystemException (busy) where the daemon is about to end
   */
  public <T> T act(String about, String verb, Deed<T> deed) throws HnvfException {
    synchronized (changed) {
      if (stopping) {
        throw SystemException.busy(
            "the daemon is stopping; nothing was done, try again when it has started");
      }
      verbs++;
    }
    log.begins(about, verb);
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
   * Works until {@link #stop} is called; what is under way then goes on.
   *
   * @throws InterruptedException where the thread was interrupted
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
   * Does, on this thread, all that comes until then, or until {@link #stop}. The executor must do
   * so too: so a day of a simulated guest is one thread and one call.
   *
   * @throws InterruptedException where the thread was interrupted
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
   * Begins all that is due now. With an executor that runs it on this thread it has been done then,
   * and the caller can do other things until the next is due.
   *
   * @return when something will be due, which may be now; empty where only an event, or the end of
   *     a look, can bring that
   */
  public Optional<Instant> beginDue() {
    boolean quiet = verbsUnderWay() == 0;
    if (quiet) {
      queue.settle(timer.now());
    }
    handOut();
    Optional<Instant> next = queue.nextDue(timer.now());
    return Stream.concat(next.stream(), quiet ? queue.nextSettling().stream() : Stream.empty())
        .min(Comparator.naturalOrder());
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

  private void handOut() {
    handOut(queue.take(timer.now()));
  }

  private void handOut(List<DueLook> errands) {
    for (DueLook errand : errands) {
      executor.execute(() -> safely(() -> looks.take(errand)));
    }
  }

  /** Nothing that goes wrong in a look ends the daemon in silence. */
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
   * Something after which this process is not to be trusted, such as a lack of memory: it ends in
   * good order, and daemon(8) starts another one.
   */
  public void fail(Throwable fault) {
    synchronized (changed) {
      fatal = fatal.or(() -> Optional.of(fault));
    }
    stop();
    log.bug("the daemon ends", fault);
  }

  /** What made the daemon end, where nobody asked it to. */
  public Optional<Throwable> fatal() {
    synchronized (changed) {
      return fatal;
    }
  }

  /**
   * No more events and verbs. What is under way goes on; events that were taken before are still
   * looked at by {@link #awaitIdle}.
   */
  public void stop() {
    synchronized (changed) {
      stopping = true;
      wake();
    }
  }

  /**
   * After {@link #stop}: has those events looked at that were taken and not come to, since whoever
   * brought them has gone away and relies on us; and waits until nothing is under way. What a look
   * would only do at a later time is left to the next start. So is what would begin in the second
   * half of the patience: a workflow is worse cut short than not begun.
   *
   * @return whether nothing is under way; not where it took longer
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
