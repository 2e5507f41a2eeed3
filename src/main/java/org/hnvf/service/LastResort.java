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
 * What is left where a look at a pair ended in a fault before anything was decided: a VF that is up
 * outside a lagg cuts the guest off, and {@code ifconfig VF down} alone restores the traffic over
 * hn. It reads no file and writes none, since a file may be what is at fault.
 *
 * <p>Neither the operator's word nor a back-off wants a VF up outside a lagg, so none is asked for.
 * A script of the administrator may, and then only it knows.
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
   * Takes the pair's VF down where it cuts the guest off.
   *
   * @param unwanted whether an operator has said that the VF is to be down: then it goes down in a
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

  /** There is no such pair, or somebody else is at it. */
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

  /** hn is in the same lagg, and up: it takes over as soon as the VF is down. */
  private static boolean isUpBesideHn(GuestState links, Pair pair) {
    Optional<NetInterface> lagg = links.laggOf(pair.hn());
    return !links.hyperV().isTransparent()
        && pair.vf().flatMap(links::find).map(NetInterface::isUp).orElse(false)
        && lagg.isPresent()
        && pair.vf().flatMap(lagg.get()::port).isPresent()
        && links.find(pair.hn()).map(NetInterface::isUp).orElse(false);
  }

  /** A VF in a lagg without hn may be how somebody wants it, or what is left of a workflow. */
  private static boolean isCutOff(GuestState links, Pair pair) {
    return links.hyperV().vfList().isPresent()
        && Assessment.of(links, pair).isCutOff(links)
        && pair.vf().flatMap(links::laggOf).isEmpty();
  }
}
