package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Strategy;
import org.hnvf.sim.DhcpServer;
import org.hnvf.sim.HostAction;

/** Draws a case from a seed: the same seed draws the same case. */
final class Draw {

  private static final ImmutableList<String> DRIVERS =
      ImmutableList.of("mlxen", "mce", "mana", "mlx4en");
  private static final ImmutableList<Integer> DELAYS = ImmutableList.of(2, 2, 5, 30);
  private static final ImmutableList<Integer> PERIODS = ImmutableList.of(20, 40, 60);

  private static final ImmutableList<Fault.Kind> COMMAND_FAULTS =
      ImmutableList.of(
          Fault.Kind.FAILS,
          Fault.Kind.FAILS,
          Fault.Kind.HANGS,
          Fault.Kind.DONE_BUT_FAILS,
          Fault.Kind.DONE_BUT_HANGS,
          Fault.Kind.NOT_RUN,
          Fault.Kind.CUT_OUTPUT,
          Fault.Kind.KILL_BEFORE,
          Fault.Kind.KILL_AFTER,
          Fault.Kind.VF_REVOKED,
          Fault.Kind.VF_WITHOUT_CARRIER,
          Fault.Kind.RIVAL);
  private static final ImmutableList<Fault.Kind> FILE_FAULTS =
      ImmutableList.of(
          Fault.Kind.KILL_BEFORE, Fault.Kind.KILL_AFTER, Fault.Kind.TORN, Fault.Kind.DISK_FULL);

  private static final int LARGE_ONE_OF = 200;
  private static final int STUBBORN_ONE_OF = 40;
  private static final int PATH_ONE_OF = 5;
  private static final long PATH = 0x2545f4914f6cdd1dL;
  private static final long STUBBORN = 0x5deece66dL;
  private static final Duration STUBBORN_FOR = Duration.ofMinutes(40);

  /** Of so many guests one has a VLAN and one has two. */
  private static final int VLANS_ONE_OF = 6;

  private static final long VLANS_STREAM = 0x766c616e73L;

  private final SplittableRandom random;
  private final List<ScenarioEvent> script = new ArrayList<>();
  private GuestDraw guest;
  private Duration now = Duration.ZERO;

  private Draw(long seed, CopiedGuests copies) {
    // A stream of its own for each seed: neighbours would overlap.
    this.random = new SplittableRandom(seed).split();
    GuestDraw drawn = guest().with(Extras.of(seed)).withVlans(vlans(seed));
    GuestDraw sized = isLarge(seed) ? drawn.enlarged() : drawn;
    // A seed that draws no copy draws the same case with and without copies to draw from.
    this.guest = copies.drawn(seed).map(copy -> GuestDraw.of(copy, drawn.strategy())).orElse(sized);
  }

  /** A stream beside the other: what a seed drew before there were large guests, it draws still. */
  private static boolean isLarge(long seed) {
    return new SplittableRandom(~seed).split().nextInt(LARGE_ONE_OF) == 0;
  }

  /** A stream of its own, for the same reason. */
  private static int vlans(long seed) {
    int drawn = new SplittableRandom(seed ^ VLANS_STREAM).split().nextInt(VLANS_ONE_OF);
    return drawn <= 2 ? drawn : 0;
  }

  /** The case of this seed. */
  static Case of(long seed) {
    return of(seed, CopiedGuests.NONE);
  }

  /** The case of this seed, where there are copied guests to draw from. */
  static Case of(long seed, CopiedGuests copies) {
    return new Draw(seed, copies).draw(seed);
  }

  /** How long a task takes to switch the data path, where the hn(4) of 2026 is drawn. */
  static Optional<Duration> pathTask(long seed) {
    SplittableRandom drawn = new SplittableRandom(seed ^ PATH).split();
    return drawn.nextInt(PATH_ONE_OF) == 0
        ? Optional.of(Duration.ofMillis(drawn.nextInt(12_000)))
        : Optional.empty();
  }

  /** The host takes the association back for a while, whether a VF is there, or up, or not. */
  private void association(long seed) {
    SplittableRandom drawn = new SplittableRandom(seed ^ ~PATH).split();
    HnUnit hn = new HnUnit(drawn.nextInt(guest.nics()));
    Duration at = Duration.ofMillis(drawn.nextInt(60_000));
    script.add(new ScenarioEvent.ByHost(at, HostAction.association(hn, false)));
    script.add(
        new ScenarioEvent.ByHost(
            at.plusMillis(drawn.nextInt(40_000)), HostAction.association(hn, true)));
  }

  /** A stream of its own, too. */
  private static boolean isStubborn(long seed) {
    return new SplittableRandom(seed ^ STUBBORN).split().nextInt(STUBBORN_ONE_OF) == 0;
  }

  /** A VF that passes nothing from the beginning on, and time enough for many a try. */
  private void stubborn() {
    HnUnit hn = new HnUnit(0);
    script.add(new ScenarioEvent.ByHost(Duration.ZERO, HostAction.vfPassesTraffic(hn, false)));
    script.add(
        new ScenarioEvent.ByHost(Duration.ofSeconds(1), HostAction.plug(hn, DRIVERS.get(0))));
    now = now.plus(STUBBORN_FOR);
  }

  private Case draw(long seed) {
    int scenes = 1 + random.nextInt(5);
    for (int i = 0; i < scenes; i++) {
      now = now.plusMillis(random.nextInt(20_000));
      scene(random.nextInt(guest.nics()));
    }
    ImmutableList<Fault> faults = faults();
    Case.Delivery delivery = delivery();
    if (chance(10) && script.stream().noneMatch(Draw::isOfTheNetwork)) {
      script.add(new ScenarioEvent.Reboot(Duration.ofMillis(random.nextInt(60_000))));
    }
    if (guest.pathTask(seed).isPresent()) {
      association(seed);
    }
    if (isStubborn(seed)) {
      stubborn();
    }
    script.sort(Comparator.comparing(ScenarioEvent::at));
    return new Case(
        "seed " + seed,
        seed,
        guest,
        ImmutableList.copyOf(script),
        faults,
        delivery,
        now.plusSeconds(60));
  }

  /** A guest that boots in a network which is not well may have anything, or nothing. */
  private static boolean isOfTheNetwork(ScenarioEvent scenarioEvent) {
    return scenarioEvent instanceof ScenarioEvent.ByHost host
        && host.action().kind() != HostAction.Kind.PLUG
        && host.action().kind() != HostAction.Kind.UNPLUG;
  }

  private GuestDraw guest() {
    return new GuestDraw(
        chance(50) ? GuestDraw.Address.DHCP : GuestDraw.Address.STATIC,
        pick(ImmutableList.copyOf(GuestDraw.Ipv6.values())),
        chance(25),
        chance(15),
        chance(30) ? 1 + random.nextInt(2) : 0,
        chance(72) ? 1 : chance(75) ? 2 : 3 + random.nextInt(6),
        kernel(),
        chance(80)
            ? GuestDraw.Foreign.NONE
            : pick(ImmutableList.copyOf(GuestDraw.Foreign.values())),
        chance(90) ? GuestDraw.Script.NONE : pick(ImmutableList.copyOf(GuestDraw.Script.values())),
        pick(DELAYS),
        chance(20),
        chance(60) ? Strategy.ON_VF_UP : Strategy.BEFORE_VF_UP);
  }

  private GuestDraw.Kernel kernel() {
    int percent = random.nextInt(100);
    return percent < 78
        ? GuestDraw.Kernel.NETLINK
        : percent < 90
            ? GuestDraw.Kernel.IOCTL
            : percent < 97 ? GuestDraw.Kernel.OLD : GuestDraw.Kernel.TRANSPARENT;
  }

  private void scene(int unit) {
    HnUnit hn = new HnUnit(unit);
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> plug(hn);
      case 3 -> {
        plug(hn);
        later(guest.vfDelay() * 1000 + 2_000);
        host(HostAction.unplug(hn));
      }
      case 4 -> {
        plug(hn);
        later(random.nextInt(8_000));
        host(HostAction.unplug(hn));
        later(random.nextInt(500));
        plug(hn);
      }
      case 5 -> host(HostAction.unplug(hn));
      case 6, 7 -> operator(unit);
      case 8 -> {
        plug(hn);
        later(guest.vfDelay() * 1000 + random.nextInt(5_000));
        somebody(unit);
      }
      case 9 -> somebody(unit);
      case 10 -> network(hn);
      default -> {
        script.add(new ScenarioEvent.Restart(now));
        later(random.nextInt(3_000));
      }
    }
  }

  private void plug(HnUnit hn) {
    host(HostAction.plug(hn, pick(DRIVERS)));
  }

  private void operator(int unit) {
    ScenarioEvent.Verb verb = pick(ImmutableList.copyOf(ScenarioEvent.Verb.values()));
    boolean timed = verb == ScenarioEvent.Verb.FAILOVER && chance(50);
    script.add(
        new ScenarioEvent.ByOperator(
            now,
            verb,
            unit,
            timed ? Optional.of(Duration.ofSeconds(30 + random.nextInt(600))) : Optional.empty()));
  }

  private void somebody(int unit) {
    script.add(
        new ScenarioEvent.ByOther(
            now, pick(ImmutableList.copyOf(ScenarioEvent.Stray.values())), unit));
  }

  /** Something that is wrong for a while and then right again. */
  private void network(HnUnit hn) {
    Duration length = Duration.ofMillis(random.nextInt(30_000));
    int what = random.nextInt(9);
    switch (what) {
      case 0 -> between(HostAction.vfCarrier(hn, false), length, HostAction.vfCarrier(hn, true));
      case 1 ->
          between(
              HostAction.vfPassesTraffic(hn, false), length, HostAction.vfPassesTraffic(hn, true));
      case 2 -> between(HostAction.hnLink(hn, false), length, HostAction.hnLink(hn, true));
      case 3, 4, 5, 6 ->
          Given.of(guest, hn.number()).ifPresent(given -> server(what, hn, given, length));
      case 7 ->
          between(
              HostAction.routerAdvertisements(hn, false),
              length,
              HostAction.routerAdvertisements(hn, true));
      default -> between(HostAction.gateway(hn, false), length, HostAction.gateway(hn, true));
    }
  }

  private void server(int what, HnUnit hn, Given given, Duration length) {
    DhcpServer usual = DhcpServer.giving(given.usual().host());
    switch (what) {
      case 3 ->
          between(
              HostAction.dhcp(hn, DhcpServer.silent()),
              length.multipliedBy(4),
              HostAction.dhcp(hn, usual));
      case 4 ->
          host(
              HostAction.dhcp(
                  hn,
                  usual
                      .delayedBy(Duration.ofMillis(random.nextInt(4_000)))
                      .leasing(Duration.ofMinutes(10 + random.nextInt(600)))));
      case 5 -> host(HostAction.dhcp(hn, DhcpServer.giving(given.other().host())));
      default -> host(HostAction.dhcp(hn, usual.refusingOldLeases()));
    }
  }

  private void between(HostAction begin, Duration length, HostAction end) {
    host(begin);
    script.add(new ScenarioEvent.ByHost(now.plus(length), end));
    // The next event may come in the middle of it.
    if (chance(50)) {
      now = now.plus(length);
    }
  }

  private void host(HostAction action) {
    script.add(new ScenarioEvent.ByHost(now, action));
  }

  private void later(int millis) {
    now = now.plusMillis(millis);
  }

  private ImmutableList<Fault> faults() {
    int count = chance(25) ? 0 : 1 + random.nextInt(chance(30) ? 4 : 1);
    ImmutableList.Builder<Fault> faults = ImmutableList.builder();
    for (int i = 0; i < count; i++) {
      faults.add(fault());
    }
    return faults.build();
  }

  private Fault fault() {
    int percent = random.nextInt(100);
    if (percent < 45) {
      return new Fault(Fault.Target.CHANGE, random.nextInt(30), pick(COMMAND_FAULTS));
    }
    if (percent < 75) {
      return new Fault(Fault.Target.COMMAND, random.nextInt(120), pick(COMMAND_FAULTS));
    }
    return new Fault(Fault.Target.FILE, random.nextInt(80), pick(FILE_FAULTS));
  }

  private Case.Delivery delivery() {
    Duration period = Duration.ofSeconds(pick(PERIODS));
    return chance(40)
        ? new Case.Delivery(0, 0, 0, period)
        : new Case.Delivery(
            random.nextInt(3) * 15, random.nextInt(3) * 15, random.nextInt(3) * 15, period);
  }

  private <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
