package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.event.DevdEvent;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.HyperV;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.PairDependents;
import org.hnvf.model.PairHistory;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Plan;
import org.hnvf.model.SystemException;
import org.hnvf.model.UnderWay;
import org.hnvf.model.UserException;
import org.hnvf.pairconfig.Dependents;
import org.hnvf.state.Gateways;
import org.hnvf.state.Pairs;
import org.hnvf.workflow.Progress;

/**
 * The verbs of the product and the events of devd: determines the pair and the request for each.
 * The {@link Reconciler} does the rest. A lost, doubled, late or reordered event does not change
 * the result.
 */
public final class Orchestrator {

  private final Machine machine;
  private final PatientReader reader;
  private final PairReader pairs;
  private final Reconciler reconciler;
  private final PairConfigSource configs;
  private final WorkflowRunner workflows;
  private final OverrideWork overrides;
  private final LaggNames laggs;
  private final Progress progress;
  private final LeftLaggs left;
  private final ScriptVerbs scripts;

  Orchestrator(
      Machine machine,
      PatientReader reader,
      PairReader pairs,
      Reconciler reconciler,
      PairConfigSource configs,
      WorkflowRunner workflows,
      OverrideWork overrides,
      LaggNames laggs,
      LeftLaggs left,
      ScriptVerbs scripts,
      Progress progress) {
    this.left = left;
    this.scripts = scripts;
    this.machine = machine;
    this.reader = reader;
    this.pairs = pairs;
    this.reconciler = reconciler;
    this.configs = configs;
    this.workflows = workflows;
    this.overrides = overrides;
    this.laggs = laggs;
    this.progress = progress;
  }

  /**
   * Handles an attached VF: its delay starts again. The report contains the time of the next
   * reconciliation; {@link #patiently} waits for it.
   *
   * @throws UserException (no such pair) if the interface is no VF
   */
  public Report attach(InterfaceName vf) throws HnvfException {
    Pair pair =
        Pairs.ofVf(PairReader.supported(reader.snapshot()), vf)
            .orElseThrow(
                () ->
                    UserException.noSuchPair(
                        vf + " is not the VF of any hn interface (see sysctl hw.hn.vflist)"));
    return reconciler.reconcile(pair.unit(), Request.attach(vf)).orElseThrow();
  }

  /** Handles VF_UP, or the operator's {@code vf-up}, which uses the VF at once. */
  public Report vfUp(InterfaceName hn) throws HnvfException {
    return reconcile(hn, Request.vfUp(hn));
  }

  /** Handles a VF that is down or gone. */
  public Report vfDown(InterfaceName hn) throws HnvfException {
    return reconcile(hn, Request.vfDown(hn));
  }

  /** Reconciles a pair. */
  public Report settle(HnUnit unit, Trigger trigger) throws HnvfException {
    return reconciler.reconcile(unit, Request.of(trigger)).orElseThrow();
  }

  /**
   * Takes the VF out of the lagg and down. It stays down over re-attach and restart, until {@code
   * failback} or the end of {@code duration}.
   */
  public Report failover(InterfaceName hn, Optional<Duration> duration) throws HnvfException {
    return reconcile(hn, Request.failover(hn, duration));
  }

  /** Uses the VF again, at once, and clears the operator's previous word and the back-off. */
  public Report failback(InterfaceName hn) throws HnvfException {
    return reconcile(hn, Request.failback(hn));
  }

  /**
   * Moves the configuration back to hn and destroys the lagg; hnvf then changes nothing until
   * failback. If hn itself is gone, the lagg that was created for it is destroyed.
   */
  public Report release(InterfaceName hn) throws HnvfException {
    try {
      return reconcile(hn, Request.release(hn));
    } catch (UserException e) {
      Optional<HnUnit> gone = hn.hnUnit().filter(u -> e.exitCode() == ExitCode.UNAVAILABLE);
      Optional<Report> done = gone.isPresent() ? left.release(gone.get()) : Optional.empty();
      if (done.isPresent()) {
        return done.get();
      }
      throw e;
    }
  }

  /**
   * Reconciles the pair of an hn. An hn usually has its driver's name, so one reading suffices,
   * which matters while the guest is cut off.
   */
  private Report reconcile(InterfaceName hn, Request request) throws HnvfException {
    Optional<HnUnit> guess = hn.hnUnit();
    Optional<Report> report =
        guess.isPresent() ? reconciler.reconcile(guess.get(), request) : Optional.empty();
    if (report.isPresent()) {
      return report.get();
    }
    HnUnit unit = PairReader.pairOf(reader.snapshot(), hn).unit();
    return reconciler
        .reconcile(unit, request)
        .orElseThrow(
            () ->
                UserException.noSuchPair(
                    hn + " became part of another pair; nothing was changed, try again"));
  }

  /**
   * Handles a line of devd. An event that concerns no pair has no effect.
   *
   * @param event the event
   */
  public Report handle(DevdEvent event) throws HnvfException {
    try {
      return answer(event);
    } catch (UserException e) {
      if (e.exitCode() == ExitCode.UNAVAILABLE) {
        return Report.nothing(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /** Returns whether an event may have an effect; if not, the guest need not be read. */
  public static boolean actsOn(DevdEvent event) {
    return Trigger.of(event) != Trigger.OTHER
        || event instanceof DevdEvent.IfDetach
        || event instanceof DevdEvent.LinkDown
        || event instanceof DevdEvent.Renamed;
  }

  private Report answer(DevdEvent event) throws HnvfException {
    if (event instanceof DevdEvent.IfAttach attach) {
      Optional<HnUnit> unit = unitOfVf(attach.name());
      return unit.isPresent()
          ? look(unit.get(), Hint.of(event))
          : Report.nothing(attach.name() + " is not a VF");
    }
    if (event instanceof DevdEvent.VfUp up) {
      return look(unit(up.hn()), Hint.of(event));
    }
    if (event instanceof DevdEvent.VfDown down) {
      return look(unit(down.hn()), Hint.of(event));
    }
    if (event instanceof DevdEvent.IfDetach
        || event instanceof DevdEvent.LinkDown
        || event instanceof DevdEvent.Renamed) {
      return all(Trigger.OTHER);
    }
    return Report.nothing("hnvf does not act on this event");
  }

  /**
   * Reconciles a pair because of a hint. If another process holds the lock, that process is asked
   * to reconcile once more. While a VF's delay is running, the next reconciliation reads less.
   */
  public Report look(HnUnit unit, Hint hint) throws HnvfException {
    return reconciler.reconcileOnHint(unit, hint);
  }

  /**
   * Returns the unit of a VF. One sysctl(8) usually suffices: the VF may be up already, and each
   * process prolongs the cut.
   */
  private Optional<HnUnit> unitOfVf(InterfaceName name) throws HnvfException {
    HyperV told = reader.hyperV();
    Optional<HnUnit> unit = told.unitOfVf(name);
    return unit.isPresent() || !told.hasVf(name)
        ? unit
        : Pairs.ofVf(reader.links(), name).map(Pair::unit);
  }

  /**
   * Returns the unit of an hn. An hn usually has its driver's name, and then nothing needs to be
   * read.
   */
  private HnUnit unit(InterfaceName hn) throws HnvfException {
    Optional<HnUnit> guess = hn.hnUnit();
    return guess.isPresent() ? guess.get() : PairReader.pairOf(reader.snapshot(), hn).unit();
  }

  /** Starts hnvf: recovers interrupted workflows and reconciles every pair. */
  public Report start() throws HnvfException {
    return all(Trigger.OTHER);
  }

  /**
   * Reconciles every pair, even if another one cannot be reconciled. The report has the worst exit
   * status.
   */
  public Report all(Trigger trigger) throws HnvfException {
    Report worst = Report.nothing("no pair");
    Optional<HnvfException> first = Optional.empty();
    for (Pair pair : pairs()) {
      try {
        Report report = settle(pair.unit(), trigger);
        worst = report.exitStatus() >= worst.exitStatus() ? report : worst;
      } catch (HnvfException e) {
        first.ifPresent(earlier -> earlier.addSuppressed(e));
        first = first.or(() -> Optional.of(e));
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
    return worst;
  }

  /**
   * Waits while a VF's delay runs, and reconciles again. If the delay was started again in the
   * meantime, the new one is awaited; a VF that is gone ends it.
   */
  public Report patiently(Report first, Trigger trigger) throws HnvfException {
    Report report = first;
    if (report.awaited().isPresent()) {
      report.notes().forEach(progress::says);
    }
    for (Optional<Instant> end = report.awaited(); end.isPresent(); end = report.awaited()) {
      progress.says(report.message());
      try {
        Countdown.to(end.get(), machine.timer(), progress);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return report;
      }
      report = waited(report, trigger);
    }
    return report;
  }

  /** Reconciles in {@link #patiently} when that time has come. */
  public Report waited(Report before, Trigger trigger) throws HnvfException {
    return settle(before.unit().orElseThrow(), trigger).noting(before.notes());
  }

  /**
   * Returns the plan of {@code vf-up}.
   *
   * @throws UserException (configuration) if another user of hn prevents the use of the VF
   */
  public Plan plan(InterfaceName hn, Intent intent) throws HnvfException {
    return planned(hn, intent).orThrow();
  }

  /** Returns the plan with the other users of hn, even if they prevent the use of the VF. */
  public Planned planned(InterfaceName hn, Intent intent) throws HnvfException {
    GuestState guest = PairReader.supported(reader.snapshot());
    Look look = pairs.shown(guest, PairReader.pairOf(guest, hn));
    if (intent == Intent.USE_LAGG && overrides.isThere(look.pair().hn())) {
      return Planned.of(overrides.plan(look, laggs.of(look).lagg()), look.pair().hn());
    }
    GuestConfig rc = configs.rc(look);
    PairDependents dependents = configs.dependents(look);
    Optional<String> refusal =
        intent.moves()
            ? Dependents.refusal(look.pair(), dependents.dependents())
            : Optional.empty();
    return new Planned(
        refusal.isPresent()
            ? Optional.empty()
            : Optional.of(workflows.plan(look, rc, configs.of(look, rc), intent)),
        refusal,
        dependents);
  }

  /** Returns the other users of the interface of this configuration if it is the hn of a pair. */
  public PairDependents dependents(GuestConfig rc) throws HnvfException {
    InterfaceName hn = rc.hn().interfaceName();
    GuestState guest = reader.snapshot();
    Optional<Pair> pair = Pairs.ofHn(guest, hn);
    return pair.isPresent()
        ? configs.dependents(pairs.shown(guest, pair.get()))
        : new PairDependents(hn, ImmutableList.of(), rc.warnings());
  }

  /** Returns the other users of the hn of each pair, or of this one. */
  public ImmutableList<PairDependents> dependents(GuestState guest, Optional<InterfaceName> hn)
      throws HnvfException {
    ImmutableList.Builder<PairDependents> all = ImmutableList.builder();
    for (Pair pair : pairs(guest, hn)) {
      all.add(configs.dependents(pairs.shown(guest, pair)));
    }
    return all.build();
  }

  private static ImmutableList<Pair> pairs(GuestState guest, Optional<InterfaceName> hn)
      throws HnvfException {
    return hn.isPresent() ? ImmutableList.of(PairReader.pairOf(guest, hn.get())) : Pairs.of(guest);
  }

  /** Returns the status of all pairs in a snapshot, or of this hn's. */
  public ImmutableList<PairStatus> status(GuestState guest, Optional<InterfaceName> hn)
      throws HnvfException {
    ImmutableList.Builder<PairStatus> all = ImmutableList.builder();
    for (Pair pair : pairs(guest, hn)) {
      Look look = pairs.shown(guest, pair);
      Optional<UnderWay> work = pairs.underWay(pair.unit());
      all.add(
          look.status()
              .during(work)
              .at(machine.timer().now())
              .noting(work.isPresent() ? ImmutableList.of() : Gateways.notes(guest, look.pair()))
              .noting(configs.firewallAfterwards(look)));
    }
    return all.build();
  }

  /** Returns the last workflow of a pair, and all its sightings. */
  public PairHistory history(HnUnit unit) {
    return pairs.history(unit);
  }

  /** Returns the time of the guest. */
  public Instant now() {
    return machine.timer().now();
  }

  /**
   * Returns the current pairs. A partial reading suffices, so that each pair is reconciled, or at
   * least not left cut off, even if another part of the guest cannot be read.
   */
  public ImmutableList<Pair> pairs() throws SystemException {
    return Pairs.of(reader.links());
  }

  /** Returns the laggs that were created for an hn that is gone, a line each. */
  public ImmutableList<String> leftLaggs(GuestState guest) throws SystemException {
    return left.shown(guest);
  }

  /** Returns the verbs on override scripts. */
  public ScriptVerbs scripts() {
    return scripts;
  }

  /** Returns a snapshot of the guest. */
  public GuestState guest() throws HnvfException {
    return reader.snapshot();
  }

  /**
   * Returns the configuration of rc.conf for the pair of this hn; rc.conf uses an interface's
   * current name.
   */
  public GuestConfig config(InterfaceName hn) throws HnvfException {
    boolean ofDriver = hn.hnUnit().isPresent();
    return configs.rc(ofDriver ? Pairs.ofHn(reader.snapshot(), hn).map(Pair::hn).orElse(hn) : hn);
  }
}
