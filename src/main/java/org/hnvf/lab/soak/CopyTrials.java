package org.hnvf.lab.soak;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.guest.GuestReader;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Strategy;
import org.hnvf.sim.HostAction;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.SimulatedGuest;

/** Plays every occasion on copies of one guest, and every single fault of each occasion. */
public final class CopyTrials {

  private static final String BRING_UP = "bring-up";
  private static final String BOOT = "boot";

  /** So that a run that ends early has tried some of everything. */
  private static final long ORDER = 1;

  private final CopiedGuest guest;
  private final HnUnit unit;
  private final RcConfShell shell;
  private final Baseline configured;

  /**
   * The trials of a guest.
   *
   * @param unit the hn that gets VFs
   * @param shell evaluates its rc.conf
   * @throws HnvfException if it cannot be read as its rc.conf alone has it
   */
  public CopyTrials(CopiedGuest guest, HnUnit unit, RcConfShell shell) throws HnvfException {
    this.guest = guest;
    this.unit = unit;
    this.shell = shell;
    SimulatedGuest fresh = guest.asConfigured();
    this.configured =
        Baseline.of(new GuestReader(fresh, new NioDurableFiles(fresh.root())).snapshot());
  }

  /** Plays every occasion once, with no fault, each on a fresh copy. */
  public ImmutableList<Played> play() throws HnvfException {
    ImmutableList.Builder<Played> all = ImmutableList.builder();
    boolean refused = false;
    for (String occasion : occasions().keySet()) {
      // A change by hand, which may be the reason of a refusal, does not outlive a boot.
      boolean known = refused && !occasion.equals(BOOT);
      for (Strategy strategy : strategies(occasion)) {
        Played played = play(occasion, strategy, known);
        if (played.refused().isPresent() && !known) {
          // The promises at the end depend on it.
          refused = true;
          known = true;
          played = play(occasion, strategy, true);
        }
        all.add(played);
      }
    }
    return all.build();
  }

  /** Returns the copy that a seed may draw, of the trials of each hn. */
  static Copy drawn(ImmutableList<CopyTrials> ofEach) throws HnvfException {
    ImmutableSet.Builder<Integer> refused = ImmutableSet.builder();
    ImmutableSet.Builder<Integer> afterBoot = ImmutableSet.builder();
    for (CopyTrials trials : ofEach) {
      if (trials.refuses(BRING_UP)) {
        refused.add(trials.unit.number());
      }
      if (trials.refuses(BOOT)) {
        afterBoot.add(trials.unit.number());
      }
    }
    CopyTrials one = ofEach.get(0);
    return new Copy(one.guest, refused.build(), afterBoot.build(), one.configured);
  }

  private boolean refuses(String occasion) throws HnvfException {
    return play(occasion, guest.settings().strategy(), false).refused().isPresent();
  }

  private Played play(String occasion, Strategy strategy, boolean refused) throws HnvfException {
    return new Play(calm(occasion, strategy, refused), unit, shell).run(occasion);
  }

  /**
   * Tells the story of an occasion after which something is not as promised, with no fault.
   *
   * @param played one of those that were played
   */
  public Stranding stranding(Played played) throws HnvfException {
    Case calm = calm(played.occasion(), played.strategy(), played.refused().isPresent());
    return Stranding.of(played.occasion(), Run.of(calm, shell, true));
  }

  /**
   * Tries whether this guest is stranded as another one was: by the same fault in the same command
   * of the same occasion, with a violation of the same kind.
   */
  public Optional<Stranding> like(Stranding other) throws HnvfException {
    Played played = play(other.occasion(), other.strategy(), false);
    boolean refused = played.refused().isPresent();
    Case calm = calm(other.occasion(), other.strategy(), refused);
    if (other.fault().isEmpty()) {
      return like(other, calm);
    }
    for (Case struck : new Exhaustive(shell).withFault(calm, other.fault().get())) {
      Optional<Stranding> found = like(other, struck);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Stranding> like(Stranding other, Case drawn) throws HnvfException {
    return other.isLike(Run.of(drawn, shell, false).violations())
        ? Optional.of(Stranding.of(other.occasion(), Run.of(drawn, shell, true)))
        : Optional.empty();
  }

  /**
   * Returns all single faults of all occasions, in an order in which every part of them has some of
   * everything.
   *
   * @param played the occasions without a fault, which tell whether hnvf refuses the VF
   */
  public SingleFaults faults(ImmutableList<Played> played) throws HnvfException {
    List<SingleFaults.OfOccasion> cases = new ArrayList<>();
    Exhaustive exhaustive = new Exhaustive(shell);
    for (String occasion : occasions().keySet()) {
      boolean boot = occasion.equals(BOOT);
      boolean refused =
          played.stream()
              .anyMatch(each -> each.occasion().equals(BOOT) == boot && each.refused().isPresent());
      for (Strategy strategy : strategies(occasion)) {
        exhaustive.withFaults(calm(occasion, strategy, refused)).stream()
            .map(drawn -> new SingleFaults.OfOccasion(occasion, drawn))
            .forEach(cases::add);
      }
    }
    Collections.shuffle(cases, new Random(ORDER));
    return new SingleFaults(ImmutableList.copyOf(cases), shell);
  }

  private Case calm(String name, Strategy strategy, boolean refused) {
    ImmutableList<ScenarioEvent> script = requireNonNull(occasions().get(name));
    String with = name.startsWith(BRING_UP) ? ", " + strategy.text() : "";
    return Exhaustive.of(name + with, GuestDraw.of(copy(refused), strategy), script);
  }

  private Copy copy(boolean refused) {
    ImmutableSet<Integer> units = refused ? ImmutableSet.of(unit.number()) : ImmutableSet.of();
    return new Copy(guest, units, units, configured);
  }

  /** The order of a bring-up alone depends on the strategy. */
  private ImmutableList<Strategy> strategies(String occasion) {
    return occasion.startsWith(BRING_UP)
        ? ImmutableList.copyOf(Strategy.values())
        : ImmutableList.of(guest.settings().strategy());
  }

  private ImmutableMap<String, ImmutableList<ScenarioEvent>> occasions() {
    return ImmutableMap.<String, ImmutableList<ScenarioEvent>>builder()
        .putAll(Exhaustive.workflows(unit))
        .put(
            BOOT,
            ImmutableList.of(
                new ScenarioEvent.ByHost(Duration.ofSeconds(1), HostAction.plug(unit, "mlxen")),
                new ScenarioEvent.Reboot(Exhaustive.BEGINS)))
        .buildOrThrow();
  }
}
