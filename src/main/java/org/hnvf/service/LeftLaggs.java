package org.hnvf.service;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.DurableFiles;
import org.hnvf.freebsd.Dhclient;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.journal.PairStore;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.SystemException;
import org.hnvf.state.Pairs;
import org.hnvf.workflow.Progress;

/**
 * Laggs that hnvf created for an hn that no longer exists. The kernel removes hn from its lagg, and
 * the lagg remains with the addresses, without a port.
 */
final class LeftLaggs {

  private final PatientReader reader;
  private final PairStore store;
  private final CommandRunner runner;
  private final Progress progress;

  LeftLaggs(PatientReader reader, PairStore store, CommandRunner runner, Progress progress) {
    this.reader = reader;
    this.store = store;
    this.runner = runner;
    this.progress = progress;
  }

  /** Returns a line for each. */
  ImmutableList<String> shown(GuestState guest) throws SystemException {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    for (Map.Entry<HnUnit, InterfaceName> made : store.laggs().entrySet()) {
      if (left(guest, made.getKey(), made.getValue()).isPresent()) {
        lines.add(
            made.getValue()
                + " was created for hn"
                + made.getKey()
                + ", which no longer exists; `hnvf release hn"
                + made.getKey()
                + "` removes it");
      }
    }
    return lines.build();
  }

  /**
   * Destroys the lagg of this hn, stops its dhclient, and deletes the pair's files.
   *
   * @return empty if there is no such lagg
   */
  Optional<Report> release(HnUnit unit) throws HnvfException {
    try (DurableFiles.Lock lock = new PairLocks(store).await(unit, "release")) {
      return underLock(lock, unit);
    }
  }

  /** The lock is a parameter to show that the caller holds it. */
  private Optional<Report> underLock(DurableFiles.Lock held, HnUnit unit) throws HnvfException {
    requireNonNull(held);
    GuestState guest = reader.snapshot();
    Optional<NetInterface> lagg =
        Optional.ofNullable(store.laggs().get(unit)).flatMap(made -> left(guest, unit, made));
    return lagg.isPresent() ? Optional.of(takenAway(guest, unit, lagg.get())) : Optional.empty();
  }

  private Report takenAway(GuestState guest, HnUnit unit, NetInterface lagg) throws HnvfException {
    InterfaceName name = new InterfaceName(lagg.name());
    guest
        .dhcpClientsOn(name)
        .forEach(client -> progress.ran(runner.run(Dhclient.terminate(client.pid())), true));
    Command destroy = Ifconfig.destroy(name);
    CommandResult result = runner.run(destroy);
    progress.ran(result, false);
    if (!result.succeeded()) {
      throw SystemException.failed(
          name
              + " of hn"
              + unit
              + ", which no longer exists, could not be removed: "
              + result.summary());
    }
    store.forgetLagg(unit);
    store.endDelay(unit);
    store.endBackOff(unit);
    store.word(unit, new OperatorWord.Auto());
    return Report.nothing(
        name + ", created for hn" + unit + ", which no longer exists, was removed");
  }

  /** Returns the lagg if it has no port; a lagg with a port carries traffic. */
  private static Optional<NetInterface> left(GuestState guest, HnUnit unit, InterfaceName made) {
    return Pairs.find(guest, unit).isPresent()
        ? Optional.empty()
        : guest.find(made).filter(lagg -> lagg.lagg().isPresent() && lagg.ports().isEmpty());
  }
}
