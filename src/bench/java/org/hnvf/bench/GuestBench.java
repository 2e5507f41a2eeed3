package org.hnvf.bench;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.Strategy;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.plan.Planner;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import org.hnvf.service.Trigger;
import org.hnvf.service.Wiring;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.state.Pairs;
import org.hnvf.workflow.Progress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The planner, and whole failovers of simulated guests. */
@State(Scope.Benchmark)
public class GuestBench {

  private static final HnUnit UNIT = new HnUnit(0);
  private static final InterfaceName HN = UNIT.driverName();
  private static final InterfaceName VF = new InterfaceName("mlxen0");

  private final RcConfShell shell = new RcConfShell(new ProcessRunner());
  private final Planner planner = new Planner(Strategy.ON_VF_UP);
  private Optional<GuestState> guest = Optional.empty();
  private Optional<Pair> pair = Optional.empty();
  private Optional<GuestConfig> rc = Optional.empty();

  /** A static guest whose VF has just been attached. */
  @Setup
  public void plug() throws HnvfException {
    SimulatedGuest simulated = Scenario.staticGuest().shell(shell).start();
    simulated.host().plug(UNIT);
    Orchestrator orchestrator = orchestrator(simulated);
    guest = Optional.of(orchestrator.guest());
    pair = Pairs.find(orchestrator.guest(), UNIT);
    rc = Optional.of(orchestrator.config(HN));
  }

  private static Orchestrator orchestrator(SimulatedGuest guest) {
    return Wiring.orchestrator(
        new Machine(guest, new NioDurableFiles(guest.root()), guest.timer(), guest.root()),
        OwnerPolicy.ANYBODY,
        Progress.NONE);
  }

  /** The plan of a bring-up, of what is known already. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public Plan plan() {
    return planner.plan(guest.orElseThrow(), pair.orElseThrow(), rc.orElseThrow(), Intent.USE_LAGG);
  }

  /** A guest boots, its VF comes, everything moves, and the VF is revoked. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public Report failover() throws HnvfException {
    SimulatedGuest simulated = Scenario.azure().shell(shell).start();
    simulated.host().plug(UNIT);
    Orchestrator orchestrator = orchestrator(simulated);
    orchestrator.patiently(orchestrator.attach(VF), Trigger.IFATTACH);
    simulated.host().unplug(UNIT);
    return orchestrator.vfDown(HN);
  }
}
