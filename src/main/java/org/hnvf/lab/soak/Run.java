package org.hnvf.lab.soak;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hnvf.event.DevdLine;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.guest.GuestReader;
import org.hnvf.journal.PairStore;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Prefix;
import org.hnvf.model.Settings;
import org.hnvf.model.Wish;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import org.hnvf.service.Trigger;
import org.hnvf.service.Wiring;
import org.hnvf.sim.DevdEvent;
import org.hnvf.sim.HistoryEntry;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Reachability;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.workflow.Progress;

/** Lets one case happen, and holds the promises against what comes of it. */
final class Run {

  /** How many looks a guest may need to come to rest, each when the one before asked for it. */
  private static final int LOOKS = 16;

  private static final Duration REST = Duration.ofSeconds(20);
  private static final Duration BOOT = Duration.ofSeconds(15);

  /** dhclient(8) asks anew after five minutes where no server answered. */
  private static final Duration DHCP_RETRY = Duration.ofMinutes(6);

  private final Case drawn;
  private final SimulatedGuest guest;
  private final Instant began;
  private Baseline baseline;
  private final Trouble trouble;
  private final Chronicle chronicle;
  private final Bounds bounds = new Bounds();
  private Others others;
  private final Feed feed;
  private final Map<String, Object> locks = new HashMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingInt(Due::number));
  private final List<String> violations = new ArrayList<>();
  private final Wishes wishes;
  private Optional<Orchestrator> alive = Optional.empty();
  private int numbered;
  private int told;

  /**
   * Something that is to be done at an instant.
   *
   * @param dies whether it is forgotten when hnvf dies
   * @param first whether a new hnvf begins with it
   */
  private record Due(Instant at, int number, boolean dies, boolean first, Deed deed) {}

  /** Something that is done with hnvf. */
  @FunctionalInterface
  private interface Deed {
    Optional<Report> by(Orchestrator hnvf) throws HnvfException;
  }

  private Run(Case drawn, RcConfShell shell, boolean keep) throws HnvfException {
    this.drawn = drawn;
    this.guest = Homes.boot(drawn.guest(), drawn.seed(), shell);
    this.began = guest.timer().now();
    this.chronicle = new Chronicle(guest.timer(), keep);
    this.baseline = withRc(Baseline.of(look()));
    this.trouble = new Trouble(guest, drawn.guest().nics(), drawn.strikes(), () -> rival());
    this.others = new Others(guest, baseline);
    this.feed = new Feed(drawn.delivery(), new SplittableRandom(drawn.seed()));
    this.wishes = new Wishes(drawn.guest().nics());
    this.told = guest.history().size();
  }

  /**
   * Lets it happen.
   *
   * @param keep whether the story is to be told
   */
  static Verdict of(Case drawn, RcConfShell shell, boolean keep) throws HnvfException {
    Run run = new Run(drawn, shell, keep);
    try {
      return run.verdict();
    } catch (RuntimeException e) {
      // A bug, ours or the simulated guest's: it must be told with the case that shows it.
      run.violations.add("a bug: " + Throwables.getStackTraceAsString(e));
      return run.result(0, 0);
    }
  }

  private Verdict verdict() throws HnvfException {
    script();
    story();
    int commands = trouble.commands();
    int fileChanges = trouble.fileChanges();
    settle();
    judge();
    return result(commands, fileChanges);
  }

  private Verdict result(int commands, int fileChanges) {
    trouble.struck().forEach(s -> chronicle.count("fault " + s.strike().kind()));
    return new Verdict(
        drawn,
        chronicle.lines(),
        ImmutableList.copyOf(violations),
        chronicle.counts(),
        commands,
        fileChanges);
  }

  /** What rc.conf has is added again, also after others took it away. */
  private Baseline withRc(Baseline found) {
    if (drawn.guest().rcAlias()) {
      found.unit(0).inRc.add(Prefix.of("10.0.2.61/32"));
    }
    return found;
  }

  private GuestState look() throws HnvfException {
    return new GuestReader(guest, new NioDurableFiles(guest.root())).snapshot();
  }

  private void script() {
    at(began, false, hnvf -> Optional.of(hnvf.start()));
    for (Happening happening : drawn.script()) {
      Instant at = began.plus(happening.at());
      if (happening instanceof Happening.ByHost host) {
        guest.host().at(at, host.action());
        at(at, false, hnvf -> told(happening));
      } else if (happening instanceof Happening.ByOperator operator) {
        at(at, false, hnvf -> operator(hnvf, operator));
      } else if (happening instanceof Happening.ByOther other) {
        at(at, false, hnvf -> somebody(other));
      } else if (happening instanceof Happening.Reboot) {
        at(at, false, hnvf -> reboot(happening));
      } else {
        at(at, false, hnvf -> restart(happening));
      }
    }
    for (Instant at = began.plus(drawn.delivery().period());
        at.isBefore(began.plus(drawn.length()));
        at = at.plus(drawn.delivery().period())) {
      at(at, false, hnvf -> Optional.of(hnvf.all(Trigger.OTHER)));
    }
  }

  private Optional<Report> told(Happening happening) {
    chronicle.tell(() -> "---- " + happening.toString().strip());
    return Optional.empty();
  }

  private Optional<Report> restart(Happening happening) {
    told(happening);
    die(Duration.ofSeconds(1));
    return Optional.empty();
  }

  private Optional<Report> reboot(Happening happening) throws HnvfException {
    told(happening);
    Instant from = guest.timer().now();
    Homes.reboot(guest, drawn.guest(), BOOT);
    baseline = withRc(Baseline.of(look()));
    others = new Others(guest, baseline);
    Instant to = guest.timer().now();
    bounds.cause("the guest boots", from, to, Duration.between(from, to));
    die(Duration.ofSeconds(1));
    chronicle.count("reboot");
    return Optional.empty();
  }

  private Optional<Report> operator(Orchestrator hnvf, Happening.ByOperator said)
      throws HnvfException {
    told(said);
    InterfaceName hn = new HnUnit(said.unit()).driverName();
    wishes.unknown(said.unit());
    Report report =
        switch (said.verb()) {
          case FAILOVER -> hnvf.failover(hn, said.time());
          case FAILBACK -> hnvf.failback(hn);
          case RELEASE -> hnvf.release(hn);
        };
    if (report.exitStatus() == ExitCode.OK.status()) {
      wishes.said(said, guest.timer().now());
    }
    chronicle.count("verb " + said.verb());
    return Optional.of(report);
  }

  private Optional<Report> somebody(Happening.ByOther other) throws HnvfException {
    Instant from = guest.timer().now();
    Optional<String> done = others.act(other, look());
    done.ifPresent(
        line -> {
          chronicle.tell(() -> "---- somebody: " + line);
          chronicle.count("somebody " + other.act());
          // Of a VF that somebody brings up the host tells by an event.
          boolean told = other.act() == Happening.Stray.VF_UP && drawn.delivery().isReliable();
          Duration patience = told ? Bounds.TOLD : drawn.delivery().period().plus(Bounds.REPAIR);
          bounds.cause(line, from, from.plus(patience), patience);
        });
    return Optional.empty();
  }

  private void at(Instant at, boolean dies, Deed deed) {
    due.add(new Due(at, numbered++, dies, false, deed));
  }

  private void story() {
    Instant end = began.plus(drawn.length());
    Due next = due.poll();
    for (; next != null && next.at().isBefore(end); next = due.poll()) {
      sleepUntil(next.at());
      events();
      perform(next.deed(), Trigger.OTHER);
      events();
    }
    if (next != null) {
      due.add(next);
    }
  }

  private void sleepUntil(Instant at) {
    try {
      guest.timer().sleep(Duration.between(guest.timer().now(), at));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What devd has told since the last time comes to hnvf, or not. */
  private void events() {
    for (DevdEvent event : guest.drainEvents()) {
      for (Duration delay : feed.fate(event)) {
        chronicle.tell(event.at(), () -> "devd: " + event.line() + delayed(delay));
        at(guest.timer().now().plus(delay), false, hnvf -> handle(hnvf, event));
      }
    }
  }

  private static String delayed(Duration delay) {
    return delay.isZero() ? "" : " (" + delay.toMillis() + " ms late)";
  }

  private Optional<Report> handle(Orchestrator hnvf, DevdEvent told) throws HnvfException {
    org.hnvf.event.DevdEvent event = DevdLine.parse(told.line());
    chronicle.tell(() -> "event: " + told.line());
    Report report = hnvf.handle(event);
    again(report, Trigger.of(event));
    return Optional.of(report);
  }

  /** What a daemon does with a report that says when to look again. */
  private void again(Report report, Trigger trigger) {
    if (report.unit().isPresent() && report.lookAgain().isPresent()) {
      HnUnit unit = report.unit().get();
      at(
          report.lookAgain().get(),
          true,
          hnvf -> {
            Report next = hnvf.settle(unit, trigger);
            again(next, trigger);
            return Optional.of(next);
          });
    }
  }

  private void perform(Deed deed, Trigger trigger) {
    Instant from = guest.timer().now();
    int before = trouble.struck().size();
    int commands = guest.commandsSoFar();
    String message = "";
    try {
      Optional<Report> report = deed.by(hnvf());
      report.flatMap(Report::plan).ifPresent(plan -> chronicle.count("plan " + plan.intent()));
      message = report.map(r -> r.exitStatus() + ", " + r.message()).orElse("");
      report.ifPresent(
          r ->
              violations.addAll(
                  FirstUndo.violated(
                      r,
                      trouble.struck().subList(before, trouble.struck().size()),
                      guest.history().subList(told, guest.history().size()))));
    } catch (HnvfException e) {
      message = e.exitCode() + ": " + e.getMessage();
    } catch (KilledError e) {
      message = String.valueOf(e.getMessage());
      die(Duration.ofMillis(feed.pause()));
      Instant now = guest.timer().now();
      bounds.cause(
          message, now, now.plusSeconds(5).plus(Bounds.RECOVERY), Bounds.RECOVERY.plusSeconds(5));
    }
    String heard = message;
    int first = told;
    commands();
    if (!heard.isEmpty()) {
      chronicle.tell(() -> "hnvf (" + trigger + "): " + heard);
    }
    Instant to = guest.timer().now();
    if (guest.commandsSoFar() > commands) {
      bounds.cause("work", from, to, Bounds.WORK);
    }
    for (Trouble.Struck struck : trouble.struck().subList(before, trouble.struck().size())) {
      chronicle.tell(
          struck.at(), () -> "fault: " + struck.strike().kind() + " at " + struck.where());
      bounds.cause(struck.strike().toString(), struck.at(), to, struck.limit().plus(Bounds.FAULT));
      if (struck.where().startsWith("ifconfig ") && struck.where().endsWith(" down")) {
        // The VF leaves its lagg, or hn gets its link back, in another order than it should.
        baseline.units().forEach(unit -> baseline.flapped(unit.number));
      }
      if (struck.strike().kind() == Strike.Kind.VF_WITHOUT_CARRIER) {
        Instant end = began.plus(drawn.latest()).plus(Bounds.REPAIR);
        bounds.cause("a VF without carrier", struck.at(), end, noCarrier(struck, first));
        baseline.units().forEach(unit -> baseline.flapped(unit.number));
      }
    }
  }

  /** In a workflow its check sees it; outside, and on another pair, the next look. */
  private Duration noCarrier(Trouble.Struck struck, int first) {
    if (!struck.inWorkflow() || drawn.guest().nics() > 1) {
      return drawn.delivery().period().plus(Bounds.REPAIR);
    }
    boolean looked =
        guest.history().subList(first, guest.history().size()).stream()
            .filter(entry -> entry.started().isBefore(struck.at()))
            .anyMatch(entry -> entry.result().command().line().startsWith("arp -d "));
    Duration seen = Bounds.NO_CARRIER.plus(Bounds.FAULT);
    return looked ? seen.plus(Bounds.UNANSWERED) : seen;
  }

  private void commands() {
    ImmutableList<HistoryEntry> history = guest.history();
    for (HistoryEntry entry : history.subList(told, history.size())) {
      boolean changes = entry.result().command().effect() == org.hnvf.model.Command.Effect.CHANGES;
      if (changes || !entry.result().succeeded()) {
        chronicle.tell(entry.started(), () -> "  $ " + entry.result().summary());
      }
    }
    told = history.size();
  }

  private Orchestrator hnvf() {
    if (alive.isEmpty()) {
      alive = Optional.of(process(trouble, trouble::fileChange));
    }
    return alive.get();
  }

  private Orchestrator process(org.hnvf.exec.CommandRunner runner, TroubledFiles.Fate fate) {
    return Wiring.resident(
        new Machine(
            runner,
            new TroubledFiles(new NioDurableFiles(guest.root()), fate, locks),
            guest.timer(),
            guest.root()),
        Settings.DEFAULTS.with(drawn.guest().strategy()),
        OwnerPolicy.ANYBODY,
        Progress.NONE);
  }

  /** What a process had in its memory is gone, and its locks are free. */
  private void die(Duration pause) {
    alive = Optional.empty();
    locks.clear();
    due.removeIf(Due::dies);
    due.add(
        new Due(
            guest.timer().now().plus(pause),
            numbered++,
            false,
            true,
            hnvf -> Optional.of(hnvf.start())));
  }

  /** Another process is handed an event while the first one works. */
  private void rival() {
    Orchestrator other = process(guest, change -> Optional.empty());
    try {
      Report report = other.handle(new org.hnvf.event.DevdEvent.VfDown(new HnUnit(0).driverName()));
      chronicle.tell(() -> "another hnvf: " + report.message());
    } catch (HnvfException e) {
      chronicle.tell(() -> "another hnvf: " + e.getMessage());
    }
  }

  /** Nothing is wrong any more, and time passes until hnvf asks for nothing. */
  private void settle() {
    trouble.end();
    chronicle.tell(() -> "==== nothing is wrong any more");
    others.heal(drawn);
    for (DevdEvent event : guest.drainEvents()) {
      chronicle.tell(event.at(), () -> "devd, unheard: " + event.line());
    }
    due.removeIf(next -> !next.first());
    for (Due start = due.poll(); start != null; start = due.poll()) {
      sleepUntil(start.at());
      perform(start.deed(), Trigger.OTHER);
    }
    lookAtAll();
    sleepUntil(guest.timer().now().plus(DHCP_RETRY));
    for (int i = 0; i < LOOKS; i++) {
      Optional<Instant> next = lookAtAll();
      if (next.isEmpty()) {
        break;
      }
      sleepUntil(next.get());
    }
    sleepUntil(guest.timer().now().plus(REST));
    lookAtAll();
    sleepUntil(guest.timer().now().plus(REST));
    guest.drainEvents();
  }

  private Optional<Instant> lookAtAll() {
    List<Instant> next = new ArrayList<>();
    for (Baseline.Unit unit : baseline.units()) {
      perform(
          hnvf -> {
            Report report = hnvf.settle(new HnUnit(unit.number), Trigger.OTHER);
            report.lookAgain().ifPresent(next::add);
            if (report.exitStatus() != ExitCode.OK.status()) {
              next.add(guest.timer().now().plusSeconds(60));
            }
            report
                .status()
                .map(status -> status.wish())
                .flatMap(Run::ends)
                .filter(guest.timer().now()::isBefore)
                .ifPresent(next::add);
            return Optional.of(report);
          },
          Trigger.OTHER);
    }
    return next.stream().min(Comparator.naturalOrder());
  }

  /** A link that goes and comes back. */
  private void linksFlapped() {
    for (Happening happening : drawn.script()) {
      if (happening instanceof Happening.ByHost host) {
        switch (host.action().kind()) {
          case HN_LINK, VF_CARRIER, DHCP -> baseline.flapped(host.action().unit());
          default -> {}
        }
      }
    }
  }

  private void judge() throws HnvfException {
    linksFlapped();
    PairStore store = new PairStore(new NioDurableFiles(guest.root()), guest.timer());
    List<Wish> stored = new ArrayList<>();
    for (Baseline.Unit unit : baseline.units()) {
      Wish wish = store.wish(new HnUnit(unit.number));
      violations.addAll(wishes.violated(unit.number, wish, guest.timer().now()));
      stored.add(wishes.effective(wish, guest.timer().now()));
    }
    Optional<Integer> scripted =
        drawn.guest().script() == GuestDraw.Script.NONE ? Optional.empty() : Optional.of(0);
    violations.addAll(
        Invariants.violated(baseline, look(), guest.reachability(), stored, scripted));
    outages(scripted);
    if (scripted.isPresent() && stored.get(scripted.get()) instanceof Wish.Held) {
      // A script that always fails is tried again when its pause is over, which may be now.
      return;
    }
    int before = guest.history().size();
    lookAtAll();
    guest.history().subList(before, guest.history().size()).stream()
        .map(HistoryEntry::result)
        .filter(r -> r.command().effect() == org.hnvf.model.Command.Effect.CHANGES)
        .filter(r -> !r.command().program().endsWith("sh"))
        .forEach(r -> violations.add("a further look ran " + r.summary()));
  }

  private static Optional<Instant> ends(Wish wish) {
    if (wish instanceof Wish.Held held) {
      return Optional.of(held.nextTry());
    }
    return wish instanceof Wish.Pinned pinned ? pinned.until() : Optional.empty();
  }

  private void outages(Optional<Integer> scripted) {
    if (scripted.isPresent()) {
      return;
    }
    for (Baseline.Unit unit : baseline.units()) {
      others.causes(drawn, began, unit.number, bounds);
      if (unit.fragile) {
        bounds.cause("dhclient asks anew", began, guest.timer().now(), Bounds.SWITCH);
      }
      // What a server that changes its mind gives, or does not, is its own affair.
      boolean leased = unit.dhcp && !Others.dhcpChanges(drawn, unit.number);
      Stream.concat(
              leased ? unit.leases.stream() : Stream.empty(),
              unit.addresses.stream().filter(prefix -> unit.promises(prefix, false)))
          .filter(prefix -> !prefix.isIpv6())
          .limit(1)
          .forEach(
              prefix -> {
                List<Reachability.Outage> outages =
                    guest
                        .reachability()
                        .outages(
                            prefix.address(),
                            Reachability.Vantage.ON_LINK,
                            unit.since(prefix, began),
                            guest.timer().now());
                for (Bounds.Breach breach : bounds.breaches(outages)) {
                  violations.add(
                      prefix.host()
                          + " was cut off for "
                          + breach.outage().length().toMillis()
                          + " ms from "
                          + Words.time(Duration.between(began, breach.outage().start())).strip()
                          + " s, allowed are "
                          + breach.allowed().toMillis()
                          + " ms "
                          + breach.causes());
                }
              });
    }
  }
}
