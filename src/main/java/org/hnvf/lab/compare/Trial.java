package org.hnvf.lab.compare;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.HistoryEntry;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Reachability.Outage;
import org.hnvf.sim.SimulatedGuest;

/** One guest in the care of one contender, and what each occasion costs it. */
final class Trial {

  private static final Duration CALM = Duration.ofSeconds(20);

  private final Contender contender;
  private final Kind kind;
  private final int nics;
  private final Start start;
  private final SimulatedGuest guest;
  private final Caretaker caretaker;

  Trial(Contender contender, Kind kind, int nics, Start start, RcConfShell shell) {
    this.contender = contender;
    this.kind = kind;
    this.nics = nics;
    this.start = start;
    this.guest = kind.boot(nics, shell);
    this.caretaker =
        contender.strategy().isPresent()
            ? new HnvfCare(guest, nics, start, contender.strategy().get())
            : new StockCare(guest, nics, start);
  }

  /** Lives through these, one after the other. */
  ImmutableList<Result> live(List<Occasion> occasions) throws HnvfException {
    try {
      guest.timer().sleep(CALM);
      guest.drainEvents();
      ImmutableList.Builder<Result> results = ImmutableList.builder();
      for (Occasion occasion : occasions) {
        results.add(live(occasion));
      }
      return results.build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("virtual time was interrupted", e);
    }
  }

  private Result live(Occasion occasion) throws HnvfException, InterruptedException {
    Instant from = guest.timer().now();
    int before = guest.history().size();
    caretaker.live(occasion);
    List<HistoryEntry> ran = guest.history().subList(before, guest.history().size());
    guest.timer().sleep(CALM);
    Map<String, Cut> worst = new LinkedHashMap<>();
    for (int unit = 0; unit < nics; unit++) {
      for (Kind.View view : kind.views(unit)) {
        worst.merge(view.name(), cut(view, from), Cut::or);
      }
    }
    return new Result(
        contender,
        kind,
        nics,
        start,
        occasion,
        ImmutableList.copyOf(worst.values()),
        inCut(ran, from),
        ran.size());
  }

  private ImmutableList<Outage> outages(Kind.View view, Instant from) {
    return guest.reachability().outages(view.address(), view.vantage(), from, guest.timer().now());
  }

  private Cut cut(Kind.View view, Instant from) {
    Duration longest = Duration.ZERO;
    Duration total = Duration.ZERO;
    boolean lost = false;
    for (Outage outage : outages(view, from)) {
      total = total.plus(outage.length());
      longest = outage.length().compareTo(longest) > 0 ? outage.length() : longest;
      lost = outage.end().equals(guest.timer().now());
    }
    return new Cut(view.name(), longest, total, lost);
  }

  /**
   * The processes that run while the first NIC's first address, or its default route, is away; a
   * default route that does not come back is not waited for.
   */
  private int inCut(List<HistoryEntry> ran, Instant from) {
    Instant end = from;
    Instant begin = guest.timer().now();
    for (Kind.View view : kind.views(0).subList(0, 2)) {
      for (Outage outage : outages(view, from).stream().limit(1).toList()) {
        begin = outage.start().isBefore(begin) ? outage.start() : begin;
        boolean back = outage.end().isBefore(guest.timer().now());
        end = back && outage.end().isAfter(end) ? outage.end() : end;
      }
    }
    int count = 0;
    for (HistoryEntry entry : ran) {
      Instant ended = entry.started().plus(entry.result().elapsed());
      boolean vfUp = entry.result().command().line().matches("ifconfig (mlxen|mce)[0-9]+ up");
      if (!vfUp && ended.isAfter(begin) && entry.started().isBefore(end)) {
        count++;
      }
    }
    return count;
  }
}
