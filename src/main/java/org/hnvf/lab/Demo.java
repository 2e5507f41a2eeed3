package org.hnvf.lab;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.model.Command;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairStatus;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import org.hnvf.service.Wiring;
import org.hnvf.sim.HistoryEntry;
import org.hnvf.sim.Reachability;
import org.hnvf.sim.SimulatedGuest;

/**
 * The whole story on a simulated guest: a VF attaches, is revoked by a live migration, comes back
 * under another name, and an administrator fails over and back by hand.
 */
public final class Demo {

  private static final HnUnit UNIT = new HnUnit(0);
  private static final InterfaceName HN = UNIT.driverName();
  private static final Duration CALM = Duration.ofSeconds(5);

  private final SimulatedGuest guest;
  private final Narrator narrator;
  private final EventFeed feed;
  private final Orchestrator orchestrator;
  private final List<Transition> transitions = new ArrayList<>();

  /**
   * A story on this guest.
   *
   * @param guest the guest, as it is after boot
   * @param audience is told each line as it happens
   */
  public Demo(SimulatedGuest guest, Consumer<StoryLine> audience) {
    this.guest = guest;
    this.narrator = new Narrator(guest.timer(), audience);
    this.feed = new EventFeed(guest, event -> narrator.tell(event.at(), "devd", event.line()));
    narrator.before(feed::collect);
    this.orchestrator =
        Wiring.orchestrator(
            new Machine(guest, new NioDurableFiles(guest.root()), guest.timer(), guest.root()),
            OwnerPolicy.ANYBODY,
            narrator);
  }

  /** A thing that happens. */
  @FunctionalInterface
  private interface Happening {
    void happen() throws HnvfException;
  }

  /** A verb that an administrator types. */
  @FunctionalInterface
  private interface Verb {
    Report run() throws HnvfException;
  }

  /** Tells it from beginning to end. */
  public Story tell() throws HnvfException {
    introduce();
    transition("VF attached: everything moves to lagg0", () -> plug("mlxen"));
    transition("live migration: the VF is revoked", this::unplug);
    transition("the VF is back, with another driver", () -> plug("mce"));
    transition(
        "failover by hand",
        () -> admin("hnvf failover " + HN, () -> orchestrator.failover(HN, Optional.empty())));
    transition(
        "failback by hand", () -> admin("hnvf failback " + HN, () -> orchestrator.failback(HN)));
    return new Story(narrator.lines(), ImmutableList.copyOf(transitions), status());
  }

  private void introduce() throws HnvfException {
    guest.drainEvents();
    for (PairStatus pair : status()) {
      narrator.tell(
          "guest",
          pair.pair().hn()
              + " has "
              + String.join(", ", pair.addresses())
              + (pair.dhcp().isEmpty() ? "" : " by DHCP")
              + ", default route "
              + pair.defaultRoute().orElse("none"));
    }
    rest();
  }

  private void plug(String driver) throws HnvfException {
    narrator.tell("host", "gives " + HN + " a VF (" + driver + ")");
    guest.host().plug(UNIT, driver);
    deliver();
  }

  private void unplug() throws HnvfException {
    narrator.tell("host", "takes the VF of " + HN + " away");
    guest.host().unplug(UNIT);
    deliver();
  }

  private void admin(String line, Verb verb) throws HnvfException {
    narrator.tell("admin", "# " + line);
    narrator.tell("hnvf", verb.run().message());
    deliver();
  }

  /** Gives hnvf what devd would, one line after the other, until there are no more. */
  private void deliver() throws HnvfException {
    feed.deliverAll(
        orchestrator,
        report -> {
          if (report.plan().isPresent()) {
            narrator.tell("hnvf", report.message());
          }
        });
  }

  private void transition(String name, Happening happening) throws HnvfException {
    Instant began = guest.timer().now();
    int commandsBefore = guest.history().size();
    happening.happen();
    Instant ended = guest.timer().now();
    List<HistoryEntry> ran = guest.history().subList(commandsBefore, guest.history().size());
    int changes =
        (int)
            ran.stream()
                .filter(r -> r.result().command().effect() == Command.Effect.CHANGES)
                .count();
    rest();
    PairStatus after = status().get(0);
    transitions.add(
        new Transition(
            name, began, ended, after.state(), ran.size(), changes, cutoffs(after, began)));
    narrator.tell(
        "guest",
        after.state()
            + ": "
            + after.activePort().map(InterfaceName::value).orElse("nobody")
            + " carries "
            + String.join(", ", after.addresses())
            + "; cut off "
            + transitions.get(transitions.size() - 1).cutoffs().stream()
                .map(c -> c.total().toMillis() + " ms")
                .findFirst()
                .orElse("never"));
  }

  private ImmutableList<Cutoff> cutoffs(PairStatus pair, Instant from) {
    ImmutableList.Builder<Cutoff> all = ImmutableList.builder();
    for (String address : pair.addresses()) {
      InetAddress host = InetAddresses.forString(address.substring(0, address.indexOf('/')));
      Duration total = Duration.ZERO;
      Duration longest = Duration.ZERO;
      for (Reachability.Outage outage :
          guest.reachability().outages(host, from, guest.timer().now())) {
        total = total.plus(outage.length());
        longest = outage.length().compareTo(longest) > 0 ? outage.length() : longest;
      }
      all.add(new Cutoff(InetAddresses.toAddrString(host), total, longest));
    }
    return all.build();
  }

  private ImmutableList<PairStatus> status() throws HnvfException {
    return orchestrator.status(orchestrator.guest(), Optional.empty());
  }

  private void rest() {
    try {
      guest.timer().sleep(CALM);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
