package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.RcConfShell;

/** Cases of one fault each, on copies of one guest. */
public final class SingleFaults {

  private final ImmutableList<OfOccasion> cases;
  private final RcConfShell shell;

  /**
   * A fault.
   *
   * @param occasion the occasion in which it strikes
   */
  record OfOccasion(String occasion, Case drawn) {}

  SingleFaults(ImmutableList<OfOccasion> cases, RcConfShell shell) {
    this.cases = cases;
    this.shell = shell;
  }

  /** How many there are. */
  public int count() {
    return cases.size();
  }

  /** A case of a certain number that failed. */
  private record Failed(int number, OfOccasion failing) {}

  /** The first of those that failed, for all threads. */
  private static final class First {
    private Optional<Failed> found = Optional.empty();

    synchronized void failed(Failed other) {
      if (found.isEmpty() || other.number() < found.get().number()) {
        found = Optional.of(other);
      }
    }

    synchronized Optional<Failed> found() {
      return found;
    }
  }

  /**
   * Tries them until one strands its guest.
   *
   * @param threads on how many threads
   * @param enough whether to end before all were tried
   * @param done is told how many were tried so far, by any of the threads
   */
  public FaultReport run(int threads, BooleanSupplier enough, IntConsumer done)
      throws HnvfException {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger tried = new AtomicInteger();
    First first = new First();
    Workers.run(
        threads,
        () -> {
          while (first.found().isEmpty() && !enough.getAsBoolean()) {
            int number = next.getAndIncrement();
            if (number >= cases.size()) {
              break;
            }
            OfOccasion one = cases.get(number);
            if (!Run.of(one.drawn(), shell, false).violations().isEmpty()) {
              first.failed(new Failed(number, one));
            }
            done.accept(tried.incrementAndGet());
          }
          return null;
        });
    Optional<Stranding> stranded = Optional.empty();
    if (first.found().isPresent()) {
      stranded = Optional.of(told(first.found().get().failing()));
    }
    return new FaultReport(tried.get(), cases.size(), stranded);
  }

  /** It is run once more, to tell its story: it is the same. */
  private Stranding told(OfOccasion failing) throws HnvfException {
    return Stranding.of(failing.occasion(), Run.of(failing.drawn(), shell, true));
  }
}
