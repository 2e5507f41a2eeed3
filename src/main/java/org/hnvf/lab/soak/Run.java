package org.hnvf.lab.soak;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
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
import org.hnvf.model.Wish;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import org.hnvf.service.Trigger;
import org.hnvf.sim.DevdEvent;
import org.hnvf.sim.HistoryEntry;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.SimulatedGuest;

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
  private final StrikeCauses strikes;
  private Others others;
  private final Feed feed;
  private final Agenda agenda = new Agenda();
  private final List<String> violations = new ArrayList<>();
  private final Wishes wishes;
  private final Processes processes;
  private int told;

  private Run(Case drawn, RcConfShell shell, boolean keep) throws HnvfException {
    this.drawn = drawn;
    this.guest = Homes.boot(drawn.guest(), drawn.seed(), shell);
    this.began = guest.timer().now();
    this.strikes = new StrikeCauses(drawn, guest, began, bounds);
    this.chronicle = new Chronicle(guest.timer(), keep);
    this.baseline = withRc(Baseline.of(look()));
    this.trouble = new Trouble(guest, drawn.guest().nics(), drawn.strikes(), () -> rival());
    this.processes = new Processes(guest, drawn.guest().strategy(), trouble);
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
    agenda.add(began, hnvf -> Optional.of(hnvf.start()));
    for (Happening happening : drawn.script()) {
      Instant at = began.plus(happening.at());
      if (happening instanceof Happening.ByHost host) {
        guest.host().at(at, host.action());
        agenda.add(at, hnvf -> told(happening));
      } else if (happening instanceof Happening.ByOperator operator) {
        agenda.add(at, hnvf -> operator(hnvf, operator));
      } else if (happening instanceof Happening.ByOther other) {
        agenda.add(at, hnvf -> somebody(other));
      } else if (happening instanceof Happening.Reboot) {
        agenda.add(at, hnvf -> reboot(happening));
      } else {
        agenda.add(at, hnvf -> restart(happening));
      }
    }
    for (Instant at = began.plus(drawn.delivery().period());
        at.isBefore(began.plus(drawn.length()));
        at = at.plus(drawn.delivery().period())) {
      agenda.add(at, hnvf -> Optional.of(hnvf.all(Trigger.OTHER)));
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

  private void story() {
    Instant end = began.plus(drawn.length());
    for (Optional<Agenda.Due> next = agenda.before(end);
        next.isPresent();
        next = agenda.before(end)) {
      sleepUntil(next.get().at());
      events();
      perform(next.get().deed(), Trigger.OTHER);
      events();
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
        agenda.add(guest.timer().now().plus(delay), hnvf -> handle(hnvf, event));
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
      agenda.addUntilDeath(
          report.lookAgain().get(),
          hnvf -> {
            Report next = hnvf.settle(unit, trigger);
            again(next, trigger);
            return Optional.of(next);
          });
    }
  }

  private void perform(Agenda.Deed deed, Trigger trigger) {
    Instant from = guest.timer().now();
    int before = trouble.struck().size();
    int commands = guest.commandsSoFar();
    String message = "";
    try {
      Optional<Report> report = deed.by(processes.hnvf());
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
      strikes.add(struck, first, to, baseline);
    }
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

  private void die(Duration pause) {
    processes.die();
    agenda.hnvfDies(guest.timer().now().plus(pause));
  }

  /** Another process is handed an event while the first one works. */
  private void rival() {
    try {
      Report report =
          processes
              .another()
              .handle(new org.hnvf.event.DevdEvent.VfDown(new HnUnit(0).driverName()));
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
    agenda.onlyStarts();
    for (Optional<Agenda.Due> start = agenda.before(Instant.MAX);
        start.isPresent();
        start = agenda.before(Instant.MAX)) {
      sleepUntil(start.get().at());
      perform(start.get().deed(), Trigger.OTHER);
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
    if (scripted.isEmpty()) {
      Outages outages =
          new Outages(drawn, began, guest.timer().now(), guest.reachability(), bounds);
      baseline.units().forEach(unit -> violations.addAll(outages.violated(unit, others)));
    }
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
}
