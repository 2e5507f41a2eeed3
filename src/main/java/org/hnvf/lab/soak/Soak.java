package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.hnvf.exec.CommandRunner;
import org.hnvf.lab.TerminalProgress;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.RcConfShell;

/** Runs many cases on several threads, each on a guest of its own in virtual time. */
public final class Soak {

  /** The number of failures after which the soak ends. */
  private static final int MOST_FAILURES = 20;

  /** How often a case that fails is run again to find the smallest that does. */
  private static final int SHRINKING_RUNS = 500;

  private final RcConfShell shell;
  private final CopiedGuests copies;
  private final int jobs;
  private final boolean shrinks;
  private final Consumer<SoakReport.Failure> audience;
  private final TerminalProgress progress;

  /**
   * A soak.
   *
   * @param host runs sh(1) on this machine, to evaluate each rc.conf once
   * @param copies the guests of which some seeds draw a copy
   * @param jobs how many threads
   * @param shrinks whether a case that fails is made as small as it can be before it is told
   * @param audience is told of each case that fails, as it does
   * @param progress is told of each case
   */
  public Soak(
      CommandRunner host,
      CopiedGuests copies,
      int jobs,
      boolean shrinks,
      Consumer<SoakReport.Failure> audience,
      TerminalProgress progress) {
    this.progress = progress;
    this.shell = new RcConfShell(host);
    this.copies = copies;
    this.jobs = jobs;
    this.shrinks = shrinks;
    this.audience = audience;
  }

  /** The seeds from {@code from} on. */
  public SoakReport seeds(long from, long count) throws HnvfException {
    return run(count, number -> Draw.of(from + number, copies));
  }

  /** The whole story of one seed, whether it fails or not. */
  public ImmutableList<String> story(long seed) throws HnvfException {
    return SoakReport.lines(Run.of(Draw.of(seed, copies), shell, true));
  }

  /** Every single fault at every command and every change of a file, in every workflow. */
  public SoakReport exhaustive() throws HnvfException {
    ImmutableList<Case> cases = new Exhaustive(shell).cases();
    return run(cases.size(), number -> cases.get((int) number));
  }

  SoakReport run(long count, LongFunction<Case> cases) throws HnvfException {
    long began = System.nanoTime();
    AtomicLong next = new AtomicLong();
    Tally tally = new Tally();
    progress.begins(count);
    Workers.run(
        jobs,
        () -> {
          for (long n = next.getAndIncrement();
              n < count && tally.failures() < MOST_FAILURES;
              n = next.getAndIncrement()) {
            one(cases.apply(n), tally);
          }
          return null;
        });
    progress.ends();
    return tally.report(Duration.ofNanos(System.nanoTime() - began));
  }

  /** A case that fails is run once more, to tell its story: it is the same. */
  private void one(Case drawn, Tally tally) throws HnvfException {
    Verdict verdict = Run.of(drawn, shell, false);
    if (!verdict.violations().isEmpty()) {
      SoakReport.Failure failure = told(drawn, verdict.violations());
      tally.failed(failure);
      audience.accept(failure);
    }
    progress.done(tally.add(verdict));
  }

  private SoakReport.Failure told(Case drawn, ImmutableList<String> violations)
      throws HnvfException {
    if (!shrinks) {
      return SoakReport.failure(Run.of(drawn, shell, true), copies, 0);
    }
    Shrinker shrinker =
        new Shrinker(smaller -> Run.of(smaller, shell, false).violations(), SHRINKING_RUNS);
    Shrinker.Shrunk shrunk = shrinker.shrink(drawn, violations);
    return SoakReport.failure(Run.of(shrunk.drawn(), shell, true), copies, shrunk.runs());
  }

  /** Counts, for all threads. */
  private static final class Tally {
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<SoakReport.Failure> failures = new ArrayList<>();
    private long cases;
    private long commands;

    /** Returns the number of cases with this one. */
    synchronized long add(Verdict verdict) {
      cases++;
      commands += verdict.commands();
      verdict.counts().forEach((what, n) -> counts.merge(what, (long) n, Long::sum));
      return cases;
    }

    synchronized void failed(SoakReport.Failure failure) {
      failures.add(failure);
    }

    synchronized int failures() {
      return failures.size();
    }

    synchronized SoakReport report(Duration took) {
      return new SoakReport(
          cases,
          took.toMillis(),
          commands,
          com.google.common.collect.ImmutableMap.copyOf(counts),
          ImmutableList.copyOf(failures));
    }
  }
}
