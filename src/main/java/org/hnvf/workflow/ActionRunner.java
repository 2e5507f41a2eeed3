package org.hnvf.workflow;

import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.Timer;
import org.hnvf.guest.CarpCarrier;
import org.hnvf.guest.DefaultRoutes;
import org.hnvf.guest.DhclientConfs;
import org.hnvf.guest.Leases;
import org.hnvf.guest.Traffic;
import org.hnvf.model.Action;
import org.hnvf.model.CommandResult;
import org.hnvf.model.SystemException;

/** Runs one action of a plan. */
public final class ActionRunner {

  private final CommandRunner runner;
  private final DurableFiles files;
  private final Timer timer;
  private final Progress progress;
  private final CarpCarrier carps;
  private final DefaultRoutes defaultRoutes;

  /**
   * Creates a runner of actions on the guest of {@code runner}, {@code files} and {@code timer}.
   */
  public ActionRunner(CommandRunner runner, DurableFiles files, Timer timer, Progress progress) {
    this.runner = runner;
    this.files = files;
    this.timer = timer;
    this.progress = progress;
    this.defaultRoutes = new DefaultRoutes(runner);
    this.carps = new CarpCarrier(runner, result -> progress.ran(result, false));
  }

  /** Creates the traffic check of one run of a plan. */
  TrafficCheck trafficCheck() {
    return new TrafficCheck(new Traffic(runner), timer, progress);
  }

  /**
   * The failure of an action.
   *
   * @param text the operation and its result
   * @param kind its consequence
   */
  record Failure(String text, Kind kind) {

    /** The consequence of a failure. */
    enum Kind {
      /** The step fails. */
      FAULT,
      /** The guest cannot meet a {@link Action.Demand}: another try would fail again. */
      REFUSAL,
      /** The failure is only reported. */
      INCIDENTAL
    }

    /** Returns the same with this text before its own. */
    Failure in(String what) {
      return new Failure(what + ": " + text, kind);
    }
  }

  /** Runs the action; if it fails, returns the failure. */
  Optional<Failure> perform(Action action, TrafficCheck traffic) {
    // Those of the cut come first: no class is loaded there for the others.
    if (action instanceof Action.Run run) {
      return failed(run(run));
    }
    if (action instanceof Action.AddDefaultRoute route) {
      return failed(addDefaultRoute(route));
    }
    if (action instanceof Action.Incidental incidental) {
      return run(incidental.run()).map(text -> new Failure(text, Failure.Kind.INCIDENTAL));
    }
    return action instanceof Action.Demand demand ? demand(demand) : failed(fault(action, traffic));
  }

  private static Optional<Failure> failed(Optional<String> fault) {
    return fault.isEmpty()
        ? Optional.empty()
        : Optional.of(new Failure(fault.get(), Failure.Kind.FAULT));
  }

  private Optional<String> fault(Action action, TrafficCheck traffic) {
    if (action instanceof Action.AskForRouter ask) {
      return run(ask.run());
    }
    if (action instanceof Action.CarryLease lease) {
      return carry(lease);
    }
    if (action instanceof Action.DeriveDhclientConf conf) {
      return derive(conf);
    }
    if (action instanceof Action.CarryCarp carp) {
      return carps.carry(carp);
    }
    if (action instanceof Action.SeeGateway see) {
      traffic.see(see);
      return Optional.empty();
    }
    if (action instanceof Action.SeeNeighbours see) {
      traffic.see(see);
      return Optional.empty();
    }
    return traffic.fault((Action.AwaitTraffic) action);
  }

  private Optional<String> run(Action.Run run) {
    if (run.onlyIfFile().isPresent() && !files.exists(run.onlyIfFile().get())) {
      return Optional.empty();
    }
    return failure(run, ran(run));
  }

  private CommandResult ran(Action.Run run) {
    CommandResult result = runner.run(run.command());
    progress.ran(result, tolerates(run, result));
    return result;
  }

  private static boolean tolerates(Action.Run run, CommandResult result) {
    return !result.succeeded() && run.tolerated().stream().anyMatch(result::outputContains);
  }

  private static Optional<String> failure(Action.Run run, CommandResult result) {
    return result.succeeded() || tolerates(run, result)
        ? Optional.empty()
        : Optional.of(result.summary());
  }

  private Optional<String> addDefaultRoute(Action.AddDefaultRoute route) {
    CommandResult result = ran(route.add());
    boolean exists = tolerates(route.add(), result);
    return exists && !defaultRoutes.goesThroughOwn(route)
        ? run(route.replace())
        : failure(route.add(), result);
  }

  private Optional<Failure> demand(Action.Demand demand) {
    CommandResult result = runner.run(demand.run().command());
    progress.ran(result, false);
    if (result.succeeded()) {
      return Optional.empty();
    }
    boolean refusal = result.outputContains(demand.complaint());
    String text = refusal ? demand.refusal() + " (" + result.summary() + ")" : result.summary();
    return Optional.of(new Failure(text, refusal ? Failure.Kind.REFUSAL : Failure.Kind.FAULT));
  }

  /**
   * A failure is ignored: without the lease dhclient requests a new one, which only takes longer.
   */
  private Optional<String> carry(Action.CarryLease lease) {
    try {
      if (new Leases(files).carry(lease.from(), lease.to())) {
        progress.did(lease);
      }
      return Optional.empty();
    } catch (SystemException e) {
      progress.says(lease.line() + " failed and was skipped: " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * A failure fails the step: without this file the client would apply DHCP options that the
   * administrator has excluded.
   */
  private Optional<String> derive(Action.DeriveDhclientConf conf) {
    try {
      new DhclientConfs(files).derive(conf.from(), conf.to(), conf.file());
      progress.did(conf);
      return Optional.empty();
    } catch (SystemException e) {
      return Optional.of(conf.line() + ": " + e.getMessage());
    }
  }
}
