package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.guest.GuestReader;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Prefix;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Reachability;
import org.hnvf.sim.SimulatedGuest;

/** One guest, its clock, and what is known of what happens on it. */
final class Stage {

  final Case drawn;
  final SimulatedGuest guest;
  final Instant began;
  final Timeline timeline;
  final Agenda agenda = new Agenda();
  final Bounds bounds = new Bounds();
  final Cuts cuts;

  private final GuestReader reader;
  private final List<String> violations = new ArrayList<>();
  private final GuestState before;
  private Baseline baseline;
  private ThirdParty others;

  /**
   * A guest that has booted and come to rest.
   *
   * @param keep whether the story is to be told
   */
  Stage(Case drawn, RcConfShell shell, boolean keep) throws HnvfException {
    this.drawn = drawn;
    this.guest = GuestFactory.boot(drawn.guest(), drawn.seed(), shell);
    this.began = guest.timer().now();
    this.reader = new GuestReader(guest, new NioDurableFiles(guest.root()));
    this.timeline = new Timeline(guest.timer(), keep);
    this.cuts = new Cuts(timeline);
    this.before = look();
    this.baseline = found(before);
    this.others = new ThirdParty(guest, baseline);
  }

  Instant now() {
    return guest.timer().now();
  }

  void sleepUntil(Instant at) {
    try {
      guest.timer().sleep(Duration.between(now(), at));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns a snapshot; reading takes time, as everywhere. */
  GuestState look() throws HnvfException {
    return reader.snapshot();
  }

  /** The guest has booted: what it has now is what must be there. */
  void booted() throws HnvfException {
    baseline = found(look());
    others = new ThirdParty(guest, baseline);
    cuts.somethingChanged();
  }

  /**
   * Returns the configuration; hnvf adds configuration of rc.conf again even after others deleted
   * it.
   */
  private Baseline found(GuestState guest) {
    Baseline found = Baseline.of(guest);
    if (drawn.guest().rcAlias()) {
      found.unit(0).inRc.add(Prefix.of("10.0.2.61/32"));
    }
    Optional<Copy> copy = drawn.guest().copy();
    if (copy.isPresent()) {
      found.units().forEach(unit -> asCopied(unit, copy.get().configured()));
    }
    return found;
  }

  /**
   * An address of a copied guest that does not answer before anything happens need not answer
   * later; and addresses and routes of rc.conf that the guest has not may be there later.
   */
  private void asCopied(Baseline.Unit unit, Baseline configured) {
    configured.units().stream()
        .filter(other -> other.number == unit.number)
        .forEach(
            other -> {
              unit.copied = true;
              unit.perhaps.addAll(other.addresses);
              unit.perhapsRoutes.addAll(other.routes);
            });
    Stream.concat(unit.addresses.stream(), unit.leases.stream())
        .filter(
            prefix ->
                !guest.reachability().isReachable(prefix.address(), Reachability.Vantage.ON_LINK))
        .forEach(unit.silent::add);
  }

  /** The guest as it was at the beginning. */
  GuestState before() {
    return before;
  }

  Baseline baseline() {
    return baseline;
  }

  ThirdParty thirdParty() {
    return others;
  }

  void violated(String what) {
    violations.add(what);
  }

  ImmutableList<String> violations() {
    return ImmutableList.copyOf(violations);
  }
}
