package org.hnvf.service;

import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.model.CommandResult;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.SystemException;
import org.hnvf.state.Assessment;
import org.hnvf.state.Pairs;
import org.hnvf.workflow.Progress;

/**
 * Takes the VF down if a reconciliation failed before its decision. A VF that is up outside a lagg
 * cuts the guest off, and {@code ifconfig VF down} alone restores the traffic over hn. It neither
 * reads nor writes a file, because a file may be the fault.
 *
 * <p>No operator's word and no back-off permits a VF that is up outside a lagg, so neither is read.
 * An override script may; such a pair is left to its script.
 */
final class LastResort {

  private final PatientReader reader;
  private final OverrideWork overrides;
  private final CommandRunner runner;
  private final Progress progress;

  LastResort(
      PatientReader reader, OverrideWork overrides, CommandRunner runner, Progress progress) {
    this.reader = reader;
    this.overrides = overrides;
    this.runner = runner;
    this.progress = progress;
  }

  /**
   * Takes the pair's VF down if it cuts the guest off.
   *
   * @param unwanted whether the operator has requested the VF to be down: it then goes down in a
   *     lagg, too, where hn takes over at once
   */
  void after(HnUnit unit, Exception fault, boolean unwanted) {
    if (fault instanceof HnvfException known && isNoneOfOurs(known)) {
      return;
    }
    try {
      rescue(unit, unwanted);
    } catch (SystemException | RuntimeException e) {
      progress.says("hnvf could not find out whether the guest is cut off: " + e.getMessage());
      fault.addSuppressed(e);
    }
  }

  /** Returns whether there is no such pair, or another process works on it. */
  private static boolean isNoneOfOurs(HnvfException fault) {
    return fault.exitCode() == ExitCode.UNAVAILABLE || fault.exitCode() == ExitCode.BUSY;
  }

  private void rescue(HnUnit unit, boolean unwanted) throws SystemException {
    GuestState links = reader.links();
    Optional<Pair> found =
        Pairs.find(links, unit)
            .filter(pair -> isCutOff(links, pair) || (unwanted && isUpBesideHn(links, pair)));
    if (found.isEmpty()) {
      return;
    }
    InterfaceName vf = found.get().vf().orElseThrow();
    InterfaceName hn = found.get().hn();
    boolean cutOff = isCutOff(links, found.get());
    String where = cutOff ? " outside a lagg" : "";
    if (cutOff && overrides.isThere(hn)) {
      progress.says(vf + " is up outside a lagg; hnvf leaves it to the override script of " + hn);
      return;
    }
    CommandResult down = runner.run(Ifconfig.down(vf));
    progress.ran(down, false);
    progress.says(
        down.succeeded()
            ? vf + " was up" + where + "; hnvf took it down, and the guest is on " + hn + " again"
            : vf
                + " is up"
                + where
                + " and could not be taken down"
                + (cutOff ? ": the guest is cut off" : ""));
  }

  /** Returns whether hn is up in the same lagg: it then takes over as soon as the VF is down. */
  private static boolean isUpBesideHn(GuestState links, Pair pair) {
    Optional<NetInterface> lagg = links.laggOf(pair.hn());
    return !links.hyperV().isTransparent()
        && pair.vf().flatMap(links::find).map(NetInterface::isUp).orElse(false)
        && lagg.isPresent()
        && pair.vf().flatMap(lagg.get()::port).isPresent()
        && links.find(pair.hn()).map(NetInterface::isUp).orElse(false);
  }

  /**
   * Returns whether the VF is up outside a lagg. A VF in a lagg without hn may be the
   * administrator's configuration, or the remains of a workflow.
   */
  private static boolean isCutOff(GuestState links, Pair pair) {
    return links.hyperV().vfList().isPresent()
        && Assessment.of(links, pair).isCutOff(links)
        && pair.vf().flatMap(links::laggOf).isEmpty();
  }
}
