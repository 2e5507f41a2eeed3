package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.Timer;
import org.hnvf.lab.TerminalProgress;
import org.hnvf.lab.soak.CopiedGuest;
import org.hnvf.lab.soak.CopyTrials;
import org.hnvf.lab.soak.FaultReport;
import org.hnvf.lab.soak.Played;
import org.hnvf.lab.soak.SingleFaults;
import org.hnvf.lab.soak.Stranding;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.UserException;

/** Rehearses hnvf on copies of the guest of one capture. */
public final class Rehearsal {

  private static final int THREADS = 2;

  /** How long smaller guests are searched for at most. */
  private static final Duration SHRINKING = Duration.ofSeconds(60);

  private final Timer clock;
  private final CommandRunner host;
  private final TerminalProgress progress;
  private final UnaryOperator<CopiedGuest> guests;

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
   * @param process the time of a process on this machine, if it was measured
   * @param played each occasion; none if the copy is not faithful
   * @param faults the single faults, if they were tried
   * @param stranded the first stranding, on the smallest guest that was found
   */
  public record Outcome(
      Capture capture,
      HnUnit unit,
      ImmutableList<Difference> differences,
      ImmutableList<String> leftOut,
      Optional<Duration> process,
      ImmutableList<Played> played,
      Optional<FaultReport> faults,
      Optional<Shrunk> stranded) {

    /** Whether the copy has the network configuration of the capture. */
    public boolean isFaithful() {
      return differences.stream().noneMatch(Difference::decides);
    }

    /** Whether something was not as hnvf promises. */
    public boolean isStranded() {
      return played.stream().anyMatch(each -> !each.violations().isEmpty())
          || faults.flatMap(FaultReport::stranded).isPresent()
          || stranded.isPresent();
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
   * @param host runs processes on this machine, to measure them
   */
  public Rehearsal(Timer clock, CommandRunner host, TerminalProgress progress) {
    this(clock, host, progress, copy -> copy);
  }

  /** One on other guests than the copies themselves, for a test. */
  Rehearsal(
      Timer clock,
      CommandRunner host,
      TerminalProgress progress,
      UnaryOperator<CopiedGuest> guests) {
    this.clock = clock;
    this.host = host;
    this.progress = progress;
    this.guests = guests;
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
            capture,
            unit,
            differences,
            captured.leftOut(),
            Optional.empty(),
            ImmutableList.of(),
            Optional.empty(),
            Optional.empty());
    if (!checked.isFaithful()) {
      return checked;
    }
    BooleanSupplier enough =
        () -> request.time().filter(t -> !clock.now().isBefore(began.plus(t))).isPresent();
    return tried(checked, captured, trials(captured, copy, unit), request.quick(), enough);
  }

  private CopyTrials trials(CapturedGuest captured, GuestCopy copy, HnUnit unit)
      throws HnvfException {
    return new CopyTrials(guests.apply(copy), unit, CapturedRc.of(captured.capture()).shell());
  }

  private Outcome tried(
      Outcome checked,
      CapturedGuest captured,
      CopyTrials trials,
      boolean quick,
      BooleanSupplier enough)
      throws HnvfException {
    ImmutableList<Played> played = trials.play();
    if (played.stream().anyMatch(each -> each.cuts().isEmpty() && !each.silent().isEmpty())) {
      throw UserException.badData(
          checked.capture().name()
              + ": no address of hn"
              + checked.unit()
              + " answers on the copy, before anything happens to it; nothing was rehearsed");
    }
    Optional<FaultReport> faults = Optional.empty();
    Optional<Stranding> stranded = Optional.empty();
    Optional<Played> violated =
        played.stream().filter(each -> !each.violations().isEmpty()).findFirst();
    if (violated.isPresent()) {
      stranded = Optional.of(trials.stranding(violated.get()));
    } else if (!quick) {
      SingleFaults all = trials.faults(played);
      progress.begins(all.count());
      FaultReport report = all.run(THREADS, enough, progress::done);
      progress.ends();
      faults = Optional.of(report);
      stranded = report.stranded();
    }
    Optional<Shrunk> shrunk = Optional.empty();
    if (stranded.isPresent()) {
      shrunk = Optional.of(shrunk(captured, checked.unit(), stranded.get(), enough));
    }
    return new Outcome(
        checked.capture(),
        checked.unit(),
        checked.differences(),
        checked.leftOut(),
        ProcessCost.measured(host, clock),
        played,
        faults,
        shrunk);
  }

  private Shrunk shrunk(
      CapturedGuest captured, HnUnit unit, Stranding first, BooleanSupplier enough)
      throws HnvfException {
    Instant end = clock.now().plus(SHRINKING);
    CaptureShrinker shrinker =
        new CaptureShrinker(
            smaller -> again(smaller, unit, first),
            () -> enough.getAsBoolean() || !clock.now().isBefore(end));
    return shrinker.shrink(captured.capture(), Omissions.of(captured, unit), first);
  }

  private Optional<Stranding> again(Capture smaller, HnUnit unit, Stranding first)
      throws HnvfException {
    try {
      CapturedGuest captured = new CapturedGuest(smaller);
      GuestCopy copy = new GuestCopy(captured);
      boolean faithful =
          Faithfulness.differences(captured, copy.asCaptured()).stream()
              .noneMatch(Difference::decides);
      return faithful ? trials(captured, copy, unit).like(first) : Optional.empty();
    } catch (UserException e) {
      // The rest of the capture does not make a guest.
      return Optional.empty();
    }
  }
}
