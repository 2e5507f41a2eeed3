package org.hnvf.service;

import java.util.function.Function;
import org.hnvf.guest.FirewallReader;
import org.hnvf.guest.GuestReader;
import org.hnvf.guest.OtherUseReader;
import org.hnvf.guest.StandingRoutes;
import org.hnvf.journal.Journal;
import org.hnvf.journal.PairStore;
import org.hnvf.journal.Sightings;
import org.hnvf.journal.UnstoredWords;
import org.hnvf.model.Settings;
import org.hnvf.override.OverrideScripts;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.plan.Planner;
import org.hnvf.rcconf.RcConf;
import org.hnvf.rcconf.RememberedRcConf;
import org.hnvf.workflow.ActionRunner;
import org.hnvf.workflow.Engine;
import org.hnvf.workflow.Progress;
import org.hnvf.workflow.Verifier;

/** Creates orchestrators with their collaborators. */
public final class Wiring {

  private Wiring() {}

  /** Creates an orchestrator of a machine with the default settings. */
  public static Orchestrator orchestrator(Machine machine, OwnerPolicy owner, Progress progress) {
    return orchestrator(machine, Settings.DEFAULTS, owner, progress);
  }

  /**
   * Creates an orchestrator of a machine. All lasting state is the machine's, so an orchestrator
   * with other settings continues where the previous one ended.
   *
   * @param machine the guest
   * @param settings the settings of the configuration file
   * @param owner the required owner of override scripts: root on every real machine
   * @param progress receives the progress
   */
  public static Orchestrator orchestrator(
      Machine machine, Settings settings, OwnerPolicy owner, Progress progress) {
    return orchestrator(machine, settings, owner, progress, Hooks.NONE);
  }

  /**
   * Creates an orchestrator whose outcomes are given to hooks.
   *
   * @param hooks receives each outcome
   */
  public static Orchestrator orchestrator(
      Machine machine, Settings settings, OwnerPolicy owner, Progress progress, Hooks hooks) {
    return orchestrator(
        machine,
        settings,
        owner,
        progress,
        reader(machine),
        new UnstoredWords(),
        new Works(),
        hooks);
  }

  /**
   * Creates the orchestrators of a daemon. They share the last snapshot, unstored words of the
   * operator, and the running workflows, because all work on the same guest. Each reads rc.conf
   * itself, so that none waits for another's sh(1).
   *
   * @param progress receives the progress, with the subject of the orchestrator
   */
  public static Orchestrators residents(
      Machine machine, OwnerPolicy owner, Function<String, Progress> progress) {
    return residents(machine, owner, progress, Hooks.NONE);
  }

  /**
   * Creates the orchestrators of a daemon whose outcomes are given to hooks.
   *
   * @param progress receives the progress, with the subject of the orchestrator
   * @param hooks receives each outcome
   */
  public static Orchestrators residents(
      Machine machine, OwnerPolicy owner, Function<String, Progress> progress, Hooks hooks) {
    GuestReader reader = reader(machine);
    UnstoredWords unstored = new UnstoredWords();
    Works works = new Works();
    return (settings, about) ->
        orchestrator(
            machine, settings, owner, progress.apply(about), reader, unstored, works, hooks);
  }

  private static GuestReader reader(Machine machine) {
    return new GuestReader(machine.runner(), machine.files(), journal(machine)::destinations);
  }

  private static Journal journal(Machine machine) {
    return new Journal(machine.files(), machine.timer());
  }

  private static RcConf rcConf(Machine machine) {
    return new RcConf(machine.runner(), machine.shellRoot(), RcConf.DEFAULT_TIME_LIMIT);
  }

  private static Orchestrator orchestrator(
      Machine machine,
      Settings settings,
      OwnerPolicy owner,
      Progress audience,
      GuestReader reader,
      UnstoredWords unstored,
      Works works,
      Hooks hooks) {
    Progress progress = new WatchedProgress(audience, works, machine.timer());
    RememberedRcConf rcConf = new RememberedRcConf(rcConf(machine)::evaluate, machine.files());
    Journal journal = journal(machine);
    PatientReader patient = new PatientReader(reader, machine.timer());
    PairStore store =
        new PairStore(machine.files(), machine.timer(), unstored, settings.holdLongest());
    Planner planner = new Planner(settings.strategy());
    Engine engine =
        new Engine(
            new ActionRunner(machine.runner(), machine.files(), machine.timer(), progress),
            new Verifier(reader, machine.timer()),
            planner,
            journal,
            machine.timer(),
            progress);
    OverrideScripts scripts =
        new OverrideScripts(
            machine.root(), machine.prefix(), machine.runner(), owner, settings.scriptTimeLimit());
    Witness witness = new Witness(new Sightings(machine.files()), machine.timer(), progress);
    OverrideWork overrides = new OverrideWork(scripts, machine, patient, witness, progress);
    PairReader pairs = new PairReader(patient, store, journal, works);
    OtherUses others =
        new OtherUses(
            new OtherUseReader(machine.runner(), machine.files()),
            new FirewallReader(machine.runner()),
            settings.moving(),
            machine.timer());
    PairConfigSource configs =
        new PairConfigSource(
            rcConf, journal, store, others, new StandingRoutes(machine.runner()), progress);
    BackOffKeeper backOffs =
        new BackOffKeeper(
            HoldDown.of(settings),
            new Fingerprints(configs, overrides, settings.strategy()),
            store,
            machine.timer());
    LaggNames laggs = new LaggNames(configs);
    OutcomeRecorder recorder = new OutcomeRecorder(store, backOffs);
    Outcomes outcomes = new Outcomes(hooks, settings.hookTimeLimit(), machine.timer());
    WorkflowRunner workflows = new WorkflowRunner(planner, engine, recorder, store, outcomes);
    RecoveryWork recovery =
        new RecoveryWork(
            machine, journal, backOffs, pairs, configs, overrides, workflows, recorder, progress);
    Reconciler reconciler =
        new Reconciler(
            machine.timer(),
            settings.strategy(),
            store,
            pairs,
            new Preparation(patient),
            recovery,
            configs,
            workflows,
            new DelayStarter(store, backOffs, machine.timer(), machine.runner()),
            overrides,
            new ScriptTurn(overrides, store, backOffs, laggs, outcomes),
            backOffs,
            works,
            witness,
            new LastResort(patient, overrides, machine.runner(), progress),
            outcomes);
    return new Orchestrator(
        machine,
        patient,
        pairs,
        reconciler,
        configs,
        workflows,
        overrides,
        laggs,
        new LeftLaggs(patient, store, machine.runner(), progress),
        new ScriptVerbs(scripts, machine, patient, pairs, reconciler),
        progress);
  }
}
