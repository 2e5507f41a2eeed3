package org.hnvf.exec;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.hnvf.model.CommandResult.Ending;
import org.hnvf.model.CommandResult.Exited;
import org.hnvf.model.CommandResult.NotRun;
import org.hnvf.model.CommandResult.TimedOut;

/**
 * One run of one program. commons-exec starts the program and waits for it in a separate thread;
 * the caller's thread collects the output and checks the deadline. commons-exec clears the
 * interrupt flag of the thread in which it waits, so the caller does not wait there and keeps its
 * interrupts.
 *
 * <p>The watchdog of commons-exec is not used: it kills only the program and not its descendants.
 */
final class Execution extends DefaultExecutor implements ExecuteResultHandler {

  private static final File ROOT = new File("/");
  private static final File NO_INPUT = new File("/dev/null");

  /**
   * The shortest sleep between two polls, in nanoseconds, and the first sleep for a program without
   * output.
   */
  private static final long SHORTEST_LOOK = 50_000;

  private static final long LONGEST_LOOK = 16_000_000;

  /** The number of polls without output after which the caller sleeps. */
  private static final int LOOKS_WITHOUT_SLEEP = 50;

  private static final Duration KILL_GRACE = Duration.ofSeconds(2);

  private final ProcessBuilder builder;
  private final ProgramOutput output;
  private final CompletableFuture<Process> started = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Ending ending = new NotRun("not started");
  private volatile ImmutableList<Long> survivors = ImmutableList.of();

  /**
   * The constructor and the setter are deprecated in favour of a builder, but the builder cannot
   * create a subclass, and only a subclass can redirect the output.
   */
  @SuppressWarnings("deprecation")
  Execution(ProcessBuilder builder, ProgramOutput output) {
    this.builder = builder;
    this.output = output;
    builder.directory(ROOT).redirectInput(NO_INPUT);
    output.redirect(builder);
    setWorkingDirectory(ROOT);
    setStreamHandler(output);
    setExitValues(null);
  }

  /**
   * Runs the program until it ends or its deadline passes.
   *
   * @param limit after this much of {@code nanoTime} the program is killed with its descendants
   */
  Ending run(Duration limit, LongSupplier nanoTime) {
    try {
      execute(new CommandLine(builder.command().get(0)), this);
      if (endsWithin(TimeUnit.NANOSECONDS.convert(limit), nanoTime)) {
        return ending;
      }
      kill();
      return new TimedOut(limit);
    } catch (IOException e) {
      return new NotRun(reason(e));
    } catch (InterruptedException e) {
      Ending how = ended.getCount() == 0 ? ending : interrupted();
      Thread.currentThread().interrupt();
      return how;
    }
  }

  private Ending interrupted() {
    kill();
    return new NotRun("interrupted, and killed with all its descendants");
  }

  /** Returns the ids of the killed processes that did not end. */
  ImmutableList<Long> survivors() {
    return survivors;
  }

  /**
   * Collects the output until the program ends. A program fills the 64 KiB of a pipe in a few
   * hundredths of a millisecond, so this method yields a number of times before it sleeps. The
   * effect of a yield changes only the speed.
   */
  @SuppressWarnings("ThreadPriorityCheck")
  private boolean endsWithin(long limit, LongSupplier nanoTime) throws InterruptedException {
    long start = nanoTime.getAsLong();
    long look = SHORTEST_LOOK;
    int soon = 0;
    while (!ended.await(look, TimeUnit.NANOSECONDS)) {
      if (nanoTime.getAsLong() - start >= limit) {
        return false;
      }
      soon = output.pump() ? LOOKS_WITHOUT_SLEEP : Math.max(soon - 1, 0);
      if (soon > 0) {
        Thread.yield();
        look = 0;
      } else {
        look = Math.min(Math.max(2 * look, SHORTEST_LOOK), LONGEST_LOOK);
      }
    }
    return true;
  }

  /** Kills the program, even if the system is still starting it. */
  private void kill() {
    CompletableFuture<Void> killed = started.thenAccept(this::killTree);
    if (killed.isDone()) {
      killed.join();
      Uninterruptibles.joinUninterruptibly(getExecutorThread(), KILL_GRACE);
    }
  }

  private void killTree(Process process) {
    survivors = ProcessTree.kill(process.toHandle(), KILL_GRACE);
  }

  @Override
  protected Thread createThread(Runnable work, String name) {
    Thread thread = new Thread(work, "hnvf waits for " + builder.command().get(0));
    thread.setDaemon(true);
    return thread;
  }

  @Override
  protected Process launch(CommandLine line, Map<String, String> environment, Path directory)
      throws IOException {
    Process process = builder.start();
    started.complete(process);
    return process;
  }

  @Override
  public void onProcessComplete(int status) {
    end(new Exited(status));
  }

  /**
   * Called if the program could not be started, or if closing its pipes failed after its end; the
   * second case is ignored.
   */
  @Override
  public void onProcessFailed(ExecuteException e) {
    Optional<Process> process = Optional.ofNullable(started.getNow(null)).filter(p -> !p.isAlive());
    end(process.<Ending>map(p -> new Exited(p.exitValue())).orElseGet(() -> new NotRun(reason(e))));
  }

  private void end(Ending how) {
    ending = how;
    ended.countDown();
  }

  private static String reason(IOException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }
}
