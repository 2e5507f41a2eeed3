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
 * Reads lines from a source for as long as the daemon runs. When the source ends, it is started
 * again after a pause, which grows while it ends soon; events in between are lost. It runs on its
 * owner's thread.
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
   * The pauses before a restart.
   *
   * @param first the pause after a long run
   * @param longest the limit of the doubled pauses; a run of this length counts as long
   */
  public record Pauses(Duration first, Duration longest) {
    Duration after(Duration pause) {
      Duration twice = pause.multipliedBy(2);
      return twice.compareTo(longest) < 0 ? twice : longest;
    }
  }

  /**
   * Creates a source that is not started yet.
   *
   * @param name its name in the log
   * @param lines receives each line
   * @param missed runs after a restart
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

  /** Reads until it is closed, or until the source turns out not to exist. */
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
      // It was closed during the pause.
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

  /** Reads until the source ends; returns the reason. */
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

  /** Stops reading, and ends the process of the source. */
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
