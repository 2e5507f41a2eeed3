package org.hnvf.daemon;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.hnvf.exec.LineSource;
import org.hnvf.exec.Timer;

/**
 * Listens to something that stays, for as long as the daemon does. When it ends it is begun again
 * after a pause, which grows while it ends soon; what was told meanwhile is not known then. It runs
 * on a thread of its owner.
 */
public final class HintSource implements Runnable, AutoCloseable {

  private final String name;
  private final LineSource source;
  private final Consumer<String> lines;
  private final Runnable missed;
  private final Pauses pauses;
  private final Timer timer;
  private final FactLog log;

  private Optional<LineSource.Lines> open = Optional.empty();
  private Optional<Thread> runner = Optional.empty();
  private boolean closed;

  /**
   * How long it is waited before it is begun again.
   *
   * @param first after it has lasted
   * @param longest twice as long each time, up to this; one that has lasted as long has lasted
   */
  public record Pauses(Duration first, Duration longest) {
    Duration after(Duration pause) {
      Duration twice = pause.multipliedBy(2);
      return twice.compareTo(longest) < 0 ? twice : longest;
    }
  }

  /**
   * A source that is not listened to yet.
   *
   * @param name for the log
   * @param lines takes each line
   * @param missed is run when it has been begun again
   */
  public HintSource(
      String name,
      LineSource source,
      Consumer<String> lines,
      Runnable missed,
      Pauses pauses,
      Timer timer,
      FactLog log) {
    this.name = name;
    this.source = source;
    this.lines = lines;
    this.missed = missed;
    this.pauses = pauses;
    this.timer = timer;
    this.log = log;
  }

  /** Listens until it is closed, or until there turns out to be nothing to listen to. */
  @Override
  public void run() {
    synchronized (this) {
      runner = Optional.of(Thread.currentThread());
    }
    try {
      listen();
    } catch (NoSuchFileException e) {
      tell(
          Weight.FAULT,
          "is not available (" + e.getMessage() + "); hnvf receives no events from it");
    } catch (InterruptedException e) {
      // It was closed while it waited.
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        runner = Optional.empty();
      }
    }
  }

  private void listen() throws InterruptedException, NoSuchFileException {
    Duration pause = pauses.first();
    boolean told = false;
    for (boolean again = false; !isClosed(); again = true) {
      Instant began = timer.now();
      String why = listenOnce(again);
      if (isClosed()) {
        return;
      }
      boolean lasted = Duration.between(began, timer.now()).compareTo(pauses.longest()) >= 0;
      pause = lasted ? pauses.first() : pause;
      tell(
          told && !lasted ? Weight.DETAIL : Weight.FAULT,
          "ended (" + why + "); hnvf starts it again in " + pause.toMillis() + " ms");
      told = true;
      timer.sleep(pause);
      pause = pauses.after(pause);
    }
  }

  /** Until it ends; why it did. */
  private String listenOnce(boolean again) throws NoSuchFileException {
    try (LineSource.Lines begun = source.open()) {
      if (!keep(begun)) {
        return "closed";
      }
      if (again) {
        missed.run();
      }
      for (Optional<String> line = begun.next(); line.isPresent(); line = begun.next()) {
        lines.accept(line.get());
      }
      return begun.ending();
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      return e.toString();
    }
  }

  private synchronized boolean keep(LineSource.Lines begun) {
    open = Optional.of(begun);
    return !closed;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void tell(Weight weight, String what) {
    log.log(weight, "daemon", name + " " + what);
  }

  /** Nothing is listened to any more, and what was started for it ends. */
  @Override
  public void close() {
    Optional<LineSource.Lines> listenedTo;
    synchronized (this) {
      closed = true;
      listenedTo = open;
      runner.ifPresent(Thread::interrupt);
    }
    listenedTo.ifPresent(LineSource.Lines::close);
  }
}
