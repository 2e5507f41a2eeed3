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

/** Starts the delay of a VF that has been attached, anew where one is running. */
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
   * What has been done.
   *
   * @param look the pair afterwards
   * @param report what is told of it
   * @param started whether the delay was started
   */
  record Begun(Look look, Report report, boolean started) {}

  /**
   * One that comes so often that it is no service is held down instead; empty where it does not.
   */
  Optional<Begun> heldDown(Look look) throws SystemException {
    Optional<BackOff> flapping = backOffs.holdFlapping(look, timer.now());
    if (flapping.isEmpty()) {
      return Optional.empty();
    }
    Look held = look.withBackOff(flapping);
    String message = flapping.get().told();
    return Optional.of(
        new Begun(
            held,
            Report.of(held.status(), ExitCode.OK, message).again(flapping.get().nextTry()),
            false));
  }

  /**
   * The delay that rc.conf sets begins now.
   *
   * @param told what an operator is to know before anything is moved
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
   * The first bring-up after boot is slower than the next, because the programs of the cut come
   * from the disk in it. What they say here does not matter, nor that they fail: without a default
   * route route(8) does. One that hangs does not keep the pair for longer than it must.
   */
  private void haveProgramsInMemory() {
    for (Command command : ImmutableList.of(Ifconfig.list(), RouteCommands.showDefault())) {
      if (runner.run(command).ending() instanceof CommandResult.TimedOut) {
        return;
      }
    }
  }
}
