package org.hnvf.workflow;

import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.DurableFiles;
import org.hnvf.guest.Leases;
import org.hnvf.model.Action;
import org.hnvf.model.CommandResult;
import org.hnvf.model.SystemException;

/** Does one action. */
public final class Actor {

  private final CommandRunner runner;
  private final DurableFiles files;
  private final Progress progress;

  /** An actor on the guest of {@code runner} and {@code files}. */
  public Actor(CommandRunner runner, DurableFiles files, Progress progress) {
    this.runner = runner;
    this.files = files;
    this.progress = progress;
  }

  /** Does it; where it failed, says what was tried and what came back. */
  Optional<String> perform(Action action) {
    return action instanceof Action.Run run ? run(run) : carry((Action.CarryLease) action);
  }

  private Optional<String> run(Action.Run run) {
    if (run.onlyIfFile().isPresent() && !files.exists(run.onlyIfFile().get())) {
      return Optional.empty();
    }
    CommandResult result = runner.run(run.command());
    boolean tolerated =
        !result.succeeded()
            && run.tolerated().stream()
                .anyMatch(t -> result.stderr().contains(t) || result.stdout().contains(t));
    progress.ran(result, tolerated);
    return result.succeeded() || tolerated ? Optional.empty() : Optional.of(result.summary());
  }

  /** Without the lease dhclient asks for a new one: slower, and no fault. */
  private Optional<String> carry(Action.CarryLease lease) {
    try {
      if (new Leases(files).carry(lease.from(), lease.to())) {
        progress.did(lease);
      }
      return Optional.empty();
    } catch (SystemException e) {
      progress.says(lease.line() + " was left out: " + e.getMessage());
      return Optional.empty();
    }
  }
}
