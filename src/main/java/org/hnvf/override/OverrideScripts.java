package org.hnvf.override;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.InterfaceName;

/**
 * Finds, checks and runs the scripts {@code hyperv_vfup.hnX}, which replace the workflow of one
 * interface, as in {@code hyperv_vfup} of the base system.
 */
public final class OverrideScripts {

  private final ScriptCheck check;

  /** The directories of scripts; the first script that exists decides, even if it is refused. */
  private final ImmutableList<String> places;

  private final CommandRunner runner;
  private final Duration timeLimit;

  /**
   * Creates the scripts of a guest.
   *
   * @param root the guest's root; {@code /} on the machine itself
   * @param prefix where hnvf is installed on it
   * @param runner runs programs on the same guest
   * @param owner the required owner of the scripts
   * @param timeLimit the time after which a script is killed with all its descendants
   */
  public OverrideScripts(
      Path root, String prefix, CommandRunner runner, OwnerPolicy owner, Duration timeLimit) {
    this(
        new ScriptCheck(root, FileFacts.of(root.getFileSystem()), owner),
        prefix,
        runner,
        timeLimit);
  }

  OverrideScripts(ScriptCheck check, String prefix, CommandRunner runner, Duration timeLimit) {
    this.check = check;
    this.places = ImmutableList.of(prefix + "/libexec/hnvf", "/usr/libexec/hyperv");
    this.runner = runner;
    this.timeLimit = timeLimit;
  }

  /** Returns the script of this interface, accepted or refused; empty if it does not exist. */
  public Optional<OverrideScript> find(InterfaceName hn) {
    return places.stream()
        .flatMap(place -> check.look(place + "/hyperv_vfup." + hn).stream())
        .findFirst();
  }

  /**
   * Returns the scripts of this interface that exist, for display: path, owner and mode, and why
   * the first one is refused, but nothing of their text.
   */
  public ImmutableList<String> shown(InterfaceName hn) {
    String refused =
        find(hn).orElse(null) instanceof OverrideScript.Refused why
            ? " refused: " + why.reason()
            : "";
    ImmutableList.Builder<String> shown = ImmutableList.builder();
    for (String place : places) {
      String path = place + "/hyperv_vfup." + hn;
      check.rights(path).ifPresent(rights -> shown.add(path + " " + rights));
    }
    ImmutableList<String> found = shown.build();
    return found.isEmpty() || refused.isEmpty()
        ? found
        : ImmutableList.<String>builder()
            .add(found.get(0) + refused)
            .addAll(found.subList(1, found.size()))
            .build();
  }

  /**
   * Runs a script without an argument; the end of its own name contains the interface. Processes
   * that it starts may survive it.
   */
  public CommandResult run(OverrideScript.Accepted script, OverrideOccasion occasion) {
    return runner.run(command(script, occasion));
  }

  /** Returns the command that {@link #run} runs. */
  public Command command(OverrideScript.Accepted script, OverrideOccasion occasion) {
    return new Command(
        script.path(),
        ImmutableList.of(),
        timeLimit,
        Command.Effect.CHANGES,
        true,
        occasion.environment());
  }
}
