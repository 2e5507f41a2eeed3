package org.hnvf.daemon;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.exec.Timer;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.PairStatus;
import org.hnvf.service.Hint;
import org.hnvf.service.Report;

/** Runs the reconciliations that are due, and determines when the next ones are. */
final class Looks {

  private final Timer timer;
  private final ResidentOrchestrators orchestrators;
  private final HintQueue queue;
  private final Causes causes;
  private final ManagedPairs managed;
  private final Optional<Readiness> readiness;
  private final StatusListener listener;
  private final DaemonLog log;

  Looks(
      Timer timer,
      ResidentOrchestrators orchestrators,
      HintQueue queue,
      Causes causes,
      ManagedPairs managed,
      Optional<Readiness> readiness,
      StatusListener listener,
      DaemonLog log) {
    this.timer = timer;
    this.orchestrators = orchestrators;
    this.queue = queue;
    this.causes = causes;
    this.managed = managed;
    this.readiness = readiness;
    this.listener = listener;
    this.log = log;
  }

  /** Runs one task to its end. */
  void take(DueLook due) {
    if (due instanceof DueLook.Pair pair) {
      look(pair);
    } else if (due instanceof DueLook.Round round) {
      look(round);
    }
  }

  private void look(DueLook.Pair errand) {
    Optional<Alarm> next = Optional.empty();
    HnUnit unit = errand.unit();
    log.begins("hn" + unit, causes.take(unit, errand.hint()));
    try {
      Report report = orchestrators.of(unit).look(unit, errand.hint());
      log.tell(unit, report);
      report.status().ifPresent(this::seen);
      next = Alarm.after(report, timer.now());
    } catch (HnvfException e) {
      log.failed("hn" + unit, e);
      if (e.exitCode() == ExitCode.UNAVAILABLE) {
        managed.gone(unit);
        readiness.ifPresent(told -> told.gone(unit));
        listener.gone(unit);
        orchestrators.dismiss(unit);
      } else {
        next = Optional.of(Alarm.retry(errand.hint(), timer.now()));
      }
    } catch (RuntimeException e) {
      log.bug("hn" + unit, e);
    } finally {
      queue.ended(unit, next, timer.now());
    }
  }

  /** Reports the status of a pair. */
  void seen(PairStatus status) {
    managed.seen(status.pair());
    readiness.ifPresent(told -> told.seen(status));
    listener.seen(status);
  }

  private void look(DueLook.Round errand) {
    Optional<Alarm> next = Optional.empty();
    try {
      for (Pair pair : orchestrators.ofAll().pairs()) {
        managed.seen(pair);
        if (errand.everything()) {
          causes.supposed(pair.unit(), "a look at everything");
          queue.hint(pair.unit(), Hint.OTHER);
        }
        errand.names().forEach((name, hint) -> pass(pair, name, hint));
      }
      if (errand.everything()) {
        next = Optional.of(nextRound());
      }
    } catch (HnvfException e) {
      log.failed("looking at everything", e);
      queue.putBack(errand);
      next = Optional.of(Alarm.retry(Hint.OTHER, timer.now()));
    } catch (RuntimeException e) {
      log.bug("looking at everything", e);
      next = Optional.of(nextRound());
    } finally {
      queue.roundEnded(next, timer.now());
    }
  }

  private Alarm nextRound() {
    Instant now = timer.now();
    return new Alarm(now, now.plus(orchestrators.settings().lookEvery()), Hint.OTHER);
  }

  private void pass(Pair pair, InterfaceName name, Hint hint) {
    boolean vf = pair.vf().filter(name::equals).isPresent();
    boolean other = pair.hn().equals(name) || pair.lagg().filter(name::equals).isPresent();
    if (vf || (other && !hint.startsDelay())) {
      causes.heard(pair.unit(), (hint.startsDelay() ? "IFATTACH of " : "an event of ") + name);
      queue.hint(pair.unit(), hint);
    }
  }
}
