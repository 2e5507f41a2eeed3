package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.event.DevdEvent;
import org.hnvf.journal.PairStore;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.HyperV;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Plan;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.model.Wish;
import org.hnvf.state.Pairs;
import org.hnvf.workflow.Progress;

/**
 * The verbs of the product, and what devd tells. Each is a look at one pair: read the guest,
 * compare it with what should be, and run the difference. A lost, doubled, late or reordered event
 * changes nothing.
 */
public final class Orchestrator {

  private final Machine machine;
  private final PatientReader reader;
  private final PairStore store;
  private final Looks looks;
  private final RcConfigs rcConfigs;
  private final PairWork work;
  private final RecoveryWork recovery;
  private final Progress progress;
  private final Preparation preparation;

  Orchestrator(
      Machine machine,
      PatientReader reader,
      PairStore store,
      RcConfigs rcConfigs,
      PairWork work,
      RecoveryWork recovery,
      LastResort lastResort,
      Progress progress) {
    this.machine = machine;
    this.reader = reader;
    this.store = store;
    this.looks = new Looks(reader, store, lastResort, this::settle);
    this.rcConfigs = rcConfigs;
    this.work = work;
    this.recovery = recovery;
    this.progress = progress;
    this.preparation = new Preparation(reader);
  }

  /**
   * A VF has been attached: its delay starts anew. The report says when to look again; {@link
   * #patiently} waits for it.
   *
   * @throws UserException (no such pair) where the interface is no VF
   */
  public Report attach(InterfaceName vf) throws HnvfException {
    Pair pair =
        Pairs.ofVf(Looks.supported(reader.snapshot()), vf)
            .orElseThrow(
                () ->
                    UserException.noSuchPair(
                        vf + " is not the VF of any hn interface (see sysctl hw.hn.vflist)"));
    return looks.onUnit(pair.unit(), "attach " + vf, this::attached);
  }

  private Report attached(Look look) throws HnvfException {
    return recovered(
        look,
        true,
        now -> {
          boolean waits = !now.guest().hyperV().isTransparent() && !now.vfUp();
          boolean wanted = now.wish() instanceof Wish.Auto;
          return waits && wanted && now.pair().vf().isPresent()
              ? work.startDelay(now, Trigger.IFATTACH)
              : work.settle(now, Trigger.IFATTACH);
        });
  }

  private Report settle(Look look, Trigger trigger) throws HnvfException {
    return recovered(look, true, now -> work.settle(now, trigger));
  }

  /** What a dead hnvf left unfinished comes before anything else. */
  private Report recovered(Look look, boolean vfWanted, Looks.PairVerb body) throws HnvfException {
    RecoveryWork.Recovered recovered = recovery.recover(look, vfWanted, looks::again);
    return body.on(recovered.look()).noting(recovered.notes());
  }

  /** The host may have switched the data path, or the operator wants the VF used now. */
  public Report vfUp(InterfaceName hn) throws HnvfException {
    return looks.onPair(
        hn,
        "vf-up",
        look ->
            recovered(
                look,
                true,
                now -> work.settle(now.withDelay(machine.timer().now()), Trigger.VF_UP)));
  }

  /** The VF is down, or gone. */
  public Report vfDown(InterfaceName hn) throws HnvfException {
    return looks.onPair(hn, "vf-down", look -> settle(look, Trigger.VF_DOWN));
  }

  /** Looks at a pair and does what is to be done. */
  public Report settle(HnUnit unit, Trigger trigger) throws HnvfException {
    return looks.onUnit(
        unit,
        trigger.toString(),
        () -> preparation.read(trigger.callsOverride()),
        look -> settle(look, trigger));
  }

  /**
   * The VF leaves the lagg, goes down and stays so, over re-attach and restart, until {@code
   * failback} or the end of {@code duration}.
   */
  public Report failover(InterfaceName hn, Optional<Duration> duration) throws HnvfException {
    return looks.onPair(
        hn,
        "failover",
        found ->
            recovered(
                found,
                false,
                look -> {
                  refuseTransparent(look.guest());
                  Wish pinned = new Wish.Pinned(duration.map(d -> machine.timer().now().plus(d)));
                  store.wish(look.pair().unit(), pinned);
                  return work.act(look.wanting(pinned), Trigger.OPERATOR, Intent.HOLD_VF_DOWN);
                }));
  }

  /** The VF is used again, now, whatever was wished before. */
  public Report failback(InterfaceName hn) throws HnvfException {
    return looks.onPair(
        hn,
        "failback",
        found ->
            recovered(
                found,
                true,
                look -> {
                  refuseTransparent(look.guest());
                  Wish auto = new Wish.Auto();
                  store.wish(look.pair().unit(), auto);
                  return work.settle(
                      look.wanting(auto).withDelay(machine.timer().now()), Trigger.OPERATOR);
                }));
  }

  /** hn gets everything back, the lagg goes away, and hnvf keeps its hands off until failback. */
  public Report release(InterfaceName hn) throws HnvfException {
    return looks.onPair(
        hn,
        "release",
        found ->
            recovered(
                found,
                false,
                look -> {
                  refuseTransparent(look.guest());
                  Wish released = new Wish.Released();
                  store.wish(look.pair().unit(), released);
                  Report report =
                      work.act(look.wanting(released), Trigger.OPERATOR, Intent.RELEASE);
                  boolean back =
                      report.exitStatus() != ExitCode.OK.status()
                          && report.status().flatMap(status -> status.pair().lagg()).isPresent();
                  if (back) {
                    store.wish(look.pair().unit(), look.wish());
                  }
                  return report;
                }));
  }

  /**
   * What devd told. An event that concerns no pair is nothing to do.
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

  /** Whether an event may lead to anything; if not, the guest need not be looked at. */
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
          : Report.nothing(attach.name() + " is no VF");
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
    return Report.nothing("nothing that hnvf acts on");
  }

  /**
   * Looks at a pair because of a hint, unless somebody is at it, who is then asked to. Where a VF's
   * delay is running, the next look has less to read.
   */
  public Report look(HnUnit unit, Hint hint) throws HnvfException {
    boolean counts = hint.trigger().callsOverride() && !hint.startsDelay();
    Looks.PairVerb body =
        hint.startsDelay() ? this::attached : look -> settle(look, hint.trigger());
    return looks.onHint(
        unit,
        hint.trigger(),
        () -> preparation.read(counts),
        look -> {
          Report report = body.on(look);
          preparation.keep(look.guest(), report);
          return report;
        });
  }

  /** One sysctl tells nearly always: the VF may be up already, and every process counts. */
  private Optional<HnUnit> unitOfVf(InterfaceName name) throws HnvfException {
    HyperV told = reader.hyperV();
    Optional<HnUnit> unit = told.unitOfVf(name);
    return unit.isPresent() || !told.hasVf(name)
        ? unit
        : Pairs.ofVf(reader.links(), name).map(Pair::unit);
  }

  /** An hn has its driver's name nearly always: then nothing needs to be read to know its unit. */
  private HnUnit unit(InterfaceName hn) throws HnvfException {
    Optional<HnUnit> guess = hn.hnUnit();
    return guess.isPresent() ? guess.get() : Looks.pairOf(reader.snapshot(), hn).unit();
  }

  /** hnvf begins to run: what was left unfinished is recovered, and every pair is looked at. */
  public Report start() throws HnvfException {
    return all(Trigger.OTHER);
  }

  /**
   * Looks at every pair, also where another one cannot be looked at. The worst exit status is the
   * report's.
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
   * Goes on for as long as a VF's delay runs: waits, and looks again. A delay that was started anew
   * meanwhile is waited for; a VF that has gone ends it.
   */
  public Report patiently(Report first, Trigger trigger) throws HnvfException {
    Report report = first;
    for (Optional<Instant> end = waitsUntil(report); end.isPresent(); end = waitsUntil(report)) {
      progress.says(report.message());
      try {
        machine.timer().sleep(Duration.between(machine.timer().now(), end.get()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return report;
      }
      report = waited(report, trigger);
    }
    return report;
  }

  /** Until when {@link #patiently} waits after this report; empty where it is the last one. */
  public static Optional<Instant> waitsUntil(Report report) {
    return report
        .lookAgain()
        .filter(at -> report.unit().isPresent())
        .filter(
            at -> report.status().flatMap(PairStatus::delayEnds).filter(at::equals).isPresent());
  }

  /** The look of {@link #patiently} when that time has come. */
  public Report waited(Report before, Trigger trigger) throws HnvfException {
    return settle(before.unit().orElseThrow(), trigger).noting(before.notes());
  }

  /** What {@code vf-up} would do now. */
  public Plan plan(InterfaceName hn, Intent intent) throws HnvfException {
    GuestState guest = Looks.supported(reader.snapshot());
    Pair pair = Looks.pairOf(guest, hn);
    return work.plan(looks.of(guest, pair), intent);
  }

  /** The pairs of a guest that was just looked at, or the one of this hn. */
  public ImmutableList<PairStatus> status(GuestState guest, Optional<InterfaceName> hn)
      throws HnvfException {
    ImmutableList.Builder<PairStatus> all = ImmutableList.builder();
    for (Pair pair :
        hn.isPresent() ? ImmutableList.of(Looks.pairOf(guest, hn.get())) : Pairs.of(guest)) {
      all.add(looks.of(guest, pair).status());
    }
    return all.build();
  }

  /**
   * Which pairs there are now. Less than a whole reading is enough: each of them is looked at, or
   * at least not left cut off, also where something else of the guest cannot be read.
   */
  public ImmutableList<Pair> pairs() throws SystemException {
    return Pairs.of(reader.links());
  }

  /** What the guest shows, as hnvf sees it. */
  public GuestState guest() throws HnvfException {
    return reader.snapshot();
  }

  /** What rc.conf says of the pair of this hn; rc.conf knows an interface by its name of now. */
  public GuestConfig config(InterfaceName hn) throws HnvfException {
    boolean ofDriver = hn.hnUnit().isPresent();
    return rcConfigs.of(ofDriver ? Pairs.ofHn(reader.snapshot(), hn).map(Pair::hn).orElse(hn) : hn);
  }

  private static void refuseTransparent(GuestState guest) throws UserException {
    if (guest.hyperV().isTransparent()) {
      throw UserException.configuration(
          "hw.hn.vf_transparent is 1: the kernel does the failover by itself and hnvf changes"
              + " nothing; set hw.hn.vf_transparent=\"0\" in /boot/loader.conf and reboot to have"
              + " hnvf do it");
    }
  }
}
