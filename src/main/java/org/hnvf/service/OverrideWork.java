package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.model.Action;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestState;
import org.hnvf.model.HalfDoneScript;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.Step;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.override.OverrideOccasion;
import org.hnvf.override.OverrideScript;
import org.hnvf.override.OverrideScripts;
import org.hnvf.state.Assessment;
import org.hnvf.state.Pairs;
import org.hnvf.workflow.Progress;

/**
 * Runs an override script instead of the workflow. hnvf does not repair its result unless the
 * operator requests it; only a VF that it leaves up outside a lagg, with the guest cut off, is
 * taken down.
 */
final class OverrideWork {

  private final OverrideScripts scripts;
  private final Machine machine;
  private final PatientReader reader;
  private final Witness witness;
  private final Progress progress;

  OverrideWork(
      OverrideScripts scripts,
      Machine machine,
      PatientReader reader,
      Witness witness,
      Progress progress) {
    this.witness = witness;
    this.scripts = scripts;
    this.machine = machine;
    this.reader = reader;
    this.progress = progress;
  }

  /**
   * The result of a script.
   *
   * @param exitStatus its exit status, which becomes that of hnvf
   * @param message the message
   * @param failures the failures
   * @param halfDone the script, if it was started and did not finish
   * @param vfTakenDown whether it left the guest cut off, and hnvf took the VF down
   * @param after the snapshot afterwards
   */
  record Result(
      int exitStatus,
      String message,
      ImmutableList<String> failures,
      Optional<HalfDoneScript> halfDone,
      boolean vfTakenDown,
      Optional<GuestState> after) {

    boolean succeeded() {
      return exitStatus == ExitCode.OK.status();
    }

    /** Returns whether it was not started because other users may write to it. */
    boolean refused() {
      return halfDone.isEmpty() && exitStatus == ExitCode.CONFIGURATION.status();
    }
  }

  /** Returns whether there is a script for this interface, whether or not it may be run. */
  boolean isThere(InterfaceName hn) {
    return scripts.find(hn).isPresent();
  }

  /** Returns the text of this interface's script, or the reason why it is refused. */
  String text(InterfaceName hn) {
    Optional<OverrideScript> script = scripts.find(hn);
    if (script.isEmpty() || script.get() instanceof OverrideScript.Refused) {
      return script.toString();
    }
    String path = script.get().path();
    try {
      return path + " " + machine.files().read(path);
    } catch (SystemException e) {
      return path;
    }
  }

  /**
   * Returns the plan of {@link #run} for display.
   *
   * @throws UserException (configuration) if the script would be refused
   */
  Plan plan(Look look, Optional<InterfaceName> lagg) throws UserException {
    OverrideScript script = scripts.find(look.pair().hn()).orElseThrow();
    if (script instanceof OverrideScript.Refused refused) {
      throw UserException.configuration(
          refused.path()
              + " would not be run: "
              + refused.reason()
              + "; the default workflow would not run either");
    }
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    if (!look.vfUp() && look.pair().vf().isPresent()) {
      InterfaceName vf = look.pair().vf().get();
      steps.add(
          new Step(
              "bring " + vf + " up",
              ImmutableList.of(Action.Run.of(Ifconfig.up(vf))),
              ImmutableList.of(Action.Run.of(Ifconfig.down(vf))),
              true));
    }
    Command command = scripts.command((OverrideScript.Accepted) script, occasion(look, lagg));
    steps.add(
        new Step(
            "run the script of " + look.pair().hn(),
            ImmutableList.of(Action.Run.of(command)),
            ImmutableList.of(),
            true));
    return new Plan(
        look.pair(),
        Intent.USE_LAGG,
        steps.build(),
        0,
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of("an override script does the work; hnvf does not know its commands"));
  }

  private static OverrideOccasion occasion(Look look, Optional<InterfaceName> lagg) {
    return new OverrideOccasion(look.pair().hn(), look.pair().vf(), lagg, "VF_UP");
  }

  /**
   * Brings the VF up, if it is down, and runs the script; refuses one that other users may write
   * to.
   *
   * @param lagg the pair's lagg, or the one that hnvf would create
   */
  Result run(Look look, Optional<InterfaceName> lagg) throws SystemException {
    OverrideScript script = scripts.find(look.pair().hn()).orElseThrow();
    ImmutableList.Builder<String> failures = ImmutableList.builder();
    if (script instanceof OverrideScript.Refused refused) {
      failures.add(refused.path() + " was not run: " + refused.reason());
      return failed(
          look,
          lagg,
          ExitCode.CONFIGURATION.status(),
          "the override script is refused",
          failures,
          false);
    }
    OverrideScript.Accepted accepted = (OverrideScript.Accepted) script;
    if (!look.vfUp()) {
      CommandResult up = perform(Ifconfig.up(look.pair().vf().orElseThrow()));
      if (!up.succeeded()) {
        failures.add(up.summary());
        return failed(
            look, lagg, ExitCode.SYSTEM.status(), "the VF does not come up", failures, false);
      }
    }
    progress.scriptBegins(look.pair(), accepted.path());
    CommandResult result = scripts.run(accepted, occasion(look, lagg));
    witness.ran(look.pair().unit(), accepted.path(), result);
    progress.ran(result, false);
    progress.scriptEnded();
    if (!result.succeeded()) {
      failures.add(result.summary());
      int status =
          result.ending() instanceof CommandResult.Exited exited
              ? exited.status()
              : ExitCode.SYSTEM.status();
      return failed(look, lagg, status, accepted.path() + " failed", failures, true);
    }
    return new Result(
        ExitCode.OK.status(),
        accepted.path() + " has succeeded",
        ImmutableList.of(),
        Optional.empty(),
        false,
        Optional.of(reader.snapshot()));
  }

  private Result failed(
      Look look,
      Optional<InterfaceName> lagg,
      int exitStatus,
      String message,
      ImmutableList.Builder<String> failures,
      boolean begun)
      throws SystemException {
    GuestState after = reader.snapshot();
    Optional<HalfDoneScript> halfDone =
        Optional.of(new HalfDoneScript(failures.build().get(0), madeLagg(look, lagg, after)))
            .filter(script -> begun);
    Optional<Pair> pair = Pairs.find(after, look.pair().unit());
    boolean cutOff = pair.isPresent() && Assessment.of(after, pair.get()).isCutOff(after);
    if (!cutOff) {
      return new Result(
          exitStatus,
          message + "; hnvf did not change what it had done",
          failures.build(),
          halfDone,
          false,
          Optional.of(after));
    }
    CommandResult down = perform(Ifconfig.down(pair.get().vf().orElseThrow()));
    if (!down.succeeded()) {
      failures.add(down.summary());
    }
    GuestState last = reader.snapshot();
    boolean reachable = !vfUp(last, pair.get());
    return new Result(
        exitStatus,
        message
            + (reachable
                ? "; the VF was taken down, the guest is reachable over " + pair.get().hn()
                : "; the VF could not be taken down and the guest is cut off"),
        failures.build(),
        halfDone,
        true,
        Optional.of(last));
  }

  /**
   * Returns the pair's lagg, or a new one of which hn is not a port: the one that the script was
   * given, or one with the VF. Another lagg without a port may belong to another pair.
   */
  private static Optional<InterfaceName> madeLagg(
      Look look, Optional<InterfaceName> told, GuestState after) {
    Optional<Pair> pair = Pairs.find(after, look.pair().unit());
    return pair.flatMap(Pair::lagg)
        .or(
            () ->
                after.interfaces().values().stream()
                    .filter(i -> !look.guest().interfaces().containsKey(i.name()))
                    .filter(
                        i ->
                            !i.ports().isEmpty()
                                || told.filter(t -> t.value().equals(i.name())).isPresent())
                    .flatMap(i -> InterfaceName.of(i.name()).stream())
                    .filter(
                        name ->
                            pair.filter(p -> Pairs.withOrphan(after, p, name).lagg().isPresent())
                                .isPresent())
                    .findFirst());
  }

  private CommandResult perform(Command command) {
    CommandResult result = machine.runner().run(command);
    progress.ran(result, false);
    return result;
  }

  private static boolean vfUp(GuestState guest, Pair pair) {
    return pair.vf().flatMap(guest::find).map(NetInterface::isUp).orElse(false);
  }
}
