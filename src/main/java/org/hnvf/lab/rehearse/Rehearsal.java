package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.hnvf.exec.Timer;
import org.hnvf.lab.soak.CopiedGuest;
import org.hnvf.lab.soak.CopyTrials;
import org.hnvf.lab.soak.FaultReport;
import org.hnvf.lab.soak.Played;
import org.hnvf.lab.soak.SingleFaults;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.UserException;

/** Rehearses hnvf on copies of the guest of one capture. */
public final class Rehearsal {

  private static final int THREADS = 2;

  private final Timer clock;
  private final RehearsalProgress progress;

  /**
   * The parts of a rehearsal.
   *
   * @param quick whether without faults
   * @param time how long it may take
   */
  public record Request(Optional<HnUnit> unit, boolean quick, Optional<Duration> time) {}

  /**
   * The result.
   *
   * @param unit the hn that got VFs
   * @param differences the answers of the copy that are not those of the capture
   * @param leftOut the interfaces that the copy does not have
   * @param played each occasion; none if the copy is not faithful
   * @param faults the single faults, if they were tried
   */
  public record Outcome(
      Capture capture,
      HnUnit unit,
      ImmutableList<Difference> differences,
      ImmutableList<String> leftOut,
      ImmutableList<Played> played,
      Optional<FaultReport> faults) {

    /** Whether the copy has the network configuration of the capture. */
    public boolean isFaithful() {
      return differences.stream().noneMatch(Difference::decides);
    }

    /** Whether something was not as hnvf promises. */
    public boolean isStranded() {
      return played.stream().anyMatch(each -> !each.violations().isEmpty())
          || faults.flatMap(FaultReport::stranded).isPresent();
    }

    /** The exit status. */
    public ExitCode exitCode() {
      if (!isFaithful()) {
        return ExitCode.BAD_DATA;
      }
      if (isStranded()) {
        return ExitCode.SYSTEM;
      }
      return faults.map(FaultReport::isWhole).orElse(true) ? ExitCode.OK : ExitCode.BUSY;
    }
  }

  /**
   * A rehearsal.
   *
   * @param clock this machine's, for the limit
   */
  public Rehearsal(Timer clock, RehearsalProgress progress) {
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Rehearses.
   *
   * @throws UserException (bad data) if no guest can be built of the capture; (no such pair) if it
   *     does not have this hn
   */
  public Outcome run(Capture capture, Request request) throws HnvfException {
    Instant began = clock.now();
    CapturedGuest captured = new CapturedGuest(capture);
    HnUnit unit = request.unit().orElse(new HnUnit(0));
    if (!captured.nics().containsKey(unit)) {
      throw UserException.noSuchPair(
          "the guest of " + capture.name() + " has no hn" + unit + "; nothing was rehearsed");
    }
    GuestCopy copy = new GuestCopy(captured);
    ImmutableList<Difference> differences = Faithfulness.differences(captured, copy.asCaptured());
    Outcome checked =
        new Outcome(
            capture, unit, differences, captured.leftOut(), ImmutableList.of(), Optional.empty());
    if (!checked.isFaithful()) {
      return checked;
    }
    BooleanSupplier enough =
        () -> request.time().filter(t -> !clock.now().isBefore(began.plus(t))).isPresent();
    return tried(checked, copy, copy.trials(unit), request.quick(), enough);
  }

  /** Tries everything on a guest; separate so that a test can give another guest. */
  Outcome tried(
      Outcome checked, CopiedGuest copy, CopyTrials trials, boolean quick, BooleanSupplier enough)
      throws HnvfException {
    ImmutableList<Played> played = trials.play();
    Optional<FaultReport> faults = Optional.empty();
    if (!quick && played.stream().allMatch(each -> each.violations().isEmpty())) {
      SingleFaults all = trials.faults(played);
      progress.begins(all.count());
      faults = Optional.of(all.run(THREADS, enough, progress::done));
      progress.ends();
    }
    return new Outcome(
        checked.capture(),
        checked.unit(),
        checked.differences(),
        checked.leftOut(),
        played,
        faults);
  }
}
