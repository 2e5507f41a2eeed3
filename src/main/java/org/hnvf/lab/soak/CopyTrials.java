package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
    for (Map.Entry<String, ImmutableList<ScenarioEvent>> occasion : occasions().entrySet()) {
      // A change by hand, which may be the reason of a refusal, does not outlive a boot.
      boolean known = refused && !occasion.getKey().equals(BOOT);
      for (Strategy strategy : strategies(occasion.getKey())) {
        Played played = play(occasion.getKey(), occasion.getValue(), strategy, known);
        if (played.refused().isPresent() && !known) {
          // The promises at the end depend on it.
          refused = true;
          known = true;
          played = play(occasion.getKey(), occasion.getValue(), strategy, true);
        }
        all.add(played);
      }
    }
    return all.build();
  }

  private Played play(
      String name, ImmutableList<ScenarioEvent> script, Strategy strategy, boolean refused)
      throws HnvfException {
    return new Play(calm(name, script, strategy, refused), unit, shell).run(name);
  }

  /**
   * Returns all single faults of all occasions, in an order in which every part of them has some of
   * everything.
   *
   * @param played the occasions without a fault, which tell whether hnvf refuses the VF
   */
  public SingleFaults faults(ImmutableList<Played> played) throws HnvfException {
    List<Case> cases = new ArrayList<>();
    Exhaustive exhaustive = new Exhaustive(shell);
    for (Map.Entry<String, ImmutableList<ScenarioEvent>> occasion : occasions().entrySet()) {
      boolean boot = occasion.getKey().equals(BOOT);
      boolean refused =
          played.stream()
              .anyMatch(each -> each.occasion().equals(BOOT) == boot && each.refused().isPresent());
      for (Strategy strategy : strategies(occasion.getKey())) {
        cases.addAll(
            exhaustive.withFaults(calm(occasion.getKey(), occasion.getValue(), strategy, refused)));
      }
    }
    Collections.shuffle(cases, new Random(ORDER));
    return new SingleFaults(ImmutableList.copyOf(cases), shell);
  }

  private Case calm(
      String name, ImmutableList<ScenarioEvent> script, Strategy strategy, boolean refused) {
    String with = name.startsWith(BRING_UP) ? ", " + strategy.text() : "";
    return Exhaustive.of(
        name + with, GuestDraw.of(new Copy(guest, unit, refused, configured), strategy), script);
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
