package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.Timer;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.freebsd.RouteCommands;
import org.hnvf.journal.PairStore;
import org.hnvf.model.BackOff;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.SystemException;

/** Starts the delay of a VF that has been attached, again if one is running. */
final class DelayStarter {

  private final PairStore store;
  private final BackOffKeeper backOffs;
  private final Timer timer;
  private final CommandRunner runner;

  DelayStarter(PairStore store, BackOffKeeper backOffs, Timer timer, CommandRunner runner) {
    this.store = store;
    this.backOffs = backOffs;
    this.timer = timer;
    this.runner = runner;
  }

  /**
   * The result.
   *
   * @param look the pair afterwards
   * @param report the report
   * @param started whether the delay was started
   */
  record Begun(Look look, Report report, boolean started) {}

  /** Holds a VF down that comes up too often; empty otherwise. */
  Optional<Begun> heldDown(Look look) throws SystemException {
    Optional<BackOff> flapping = backOffs.holdFlapping(look, timer.now());
    if (flapping.isEmpty()) {
      return Optional.empty();
    }
    Look held = look.withBackOff(flapping);
    String message = flapping.get().description();
    return Optional.of(
        new Begun(
            held,
            Report.of(held.status(), ExitCode.OK, message).again(flapping.get().nextTry()),
            false));
  }

  /**
   * Starts the delay with the length from rc.conf.
   *
   * @param told notes for the operator before the move
   */
  Begun start(Look look, GuestConfig rc, ImmutableList<String> told) throws SystemException {
    HnUnit unit = look.pair().unit();
    Instant end = timer.now().plus(rc.vfDelay());
    store.startDelay(unit, end);
    Look waiting = look.withDelay(end);
    haveProgramsInMemory();
    String message =
        look.pair().vf().map(InterfaceName::value).orElse("the VF")
            + " is attached; it is brought up in "
            + rc.vfDelay().toSeconds()
            + " s";
    return new Begun(
        waiting,
        Report.of(waiting.status(), ExitCode.OK, message)
            .noting(told)
            .noting(rc.warnings())
            .again(end),
        true);
  }

  /**
   * Loads the programs of the critical section into memory: the first bring-up after boot would
   * otherwise read them from the disk during the cut. Their output and their failure are ignored;
   * route(8) fails without a default route. A short time limit keeps a hung program from blocking
   * the pair.
   */
  private void haveProgramsInMemory() {
    for (Command command : ImmutableList.of(Ifconfig.list(), RouteCommands.showDefault())) {
      if (runner.run(command).ending() instanceof CommandResult.TimedOut) {
        return;
      }
    }
  }
}
