package org.hnvf.override;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.SystemException;

/**
 * Finds, checks and runs the scripts {@code hyperv_vfup.hnX}, which replace the workflow of one
 * interface, as in {@code hyperv_vfup} of the base system.
 */
public final class OverrideScripts {

  private static final String SCRIPT = "hyperv_vfup.";

  /** The time in which sh(1) reads any script. */
  private static final Duration SYNTAX_LIMIT = Duration.ofSeconds(30);

  private final Path root;
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
    this.root = root;
    this.check = ScriptCheck.of(root, owner);
    this.places = ImmutableList.of(prefix + "/libexec/hnvf", "/usr/libexec/hyperv");
    this.runner = runner;
    this.timeLimit = timeLimit;
  }

  /** Returns the script of this interface, accepted or refused; empty if it does not exist. */
  public Optional<OverrideScript> find(InterfaceName hn) {
    return places.stream()
        .flatMap(place -> check.look(place + "/" + SCRIPT + hn).stream())
        .findFirst();
  }

  /** Returns the paths at which the script of this interface is looked for, in this order. */
  public ImmutableList<String> paths(InterfaceName hn) {
    return places.stream()
        .map(place -> place + "/" + SCRIPT + hn)
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns this interface's script with all its faults; empty if it does not exist. */
  public Optional<OverrideEntry> entry(InterfaceName hn) {
    return paths(hn).stream()
        .flatMap(path -> check.faults(path).map(faults -> entry(path, hn, faults)).stream())
        .findFirst();
  }

  private OverrideEntry entry(String path, InterfaceName hn, ImmutableList<String> faults) {
    return new OverrideEntry(path, Optional.of(hn), rights(path), faults);
  }

  private String rights(String path) {
    return check.rights(path).orElse("");
  }

  /**
   * Returns the files that are, or look like, override scripts: {@code hyperv_vf*.*} in one of the
   * directories.
   *
   * @throws SystemException if a directory exists and cannot be read
   */
  public ImmutableList<OverrideEntry> entries() throws SystemException {
    ImmutableList.Builder<OverrideEntry> entries = ImmutableList.builder();
    for (String place : places) {
      for (String name : names(place)) {
        entries.add(entryOf(place + "/" + name, name));
      }
    }
    return entries.build();
  }

  private OverrideEntry entryOf(String path, String name) {
    Optional<InterfaceName> hn = InterfaceName.of(name.substring(name.indexOf('.') + 1));
    if (!name.startsWith(SCRIPT)) {
      return new OverrideEntry(path, hn, rights(path), ImmutableList.of())
          .with("hnvf runs no script of this name, only " + SCRIPT + "hnX");
    }
    if (hn.isEmpty()) {
      return new OverrideEntry(path, hn, rights(path), ImmutableList.of())
          .with("no interface can have the name after " + SCRIPT);
    }
    OverrideEntry entry =
        entry(path, hn.get(), check.faults(path).orElse(ImmutableList.of("it does not exist")));
    String first = entry(hn.get()).map(OverrideEntry::path).orElse(path);
    return first.equals(path) ? entry : entry.with(first + " comes before it");
  }

  private Iterable<String> names(String place) throws SystemException {
    TreeSet<String> names = new TreeSet<>();
    Path directory = root.resolve(place.substring(1));
    if (!Files.exists(directory)) {
      return names;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "hyperv_vf*.*")) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    } catch (IOException | DirectoryIteratorException e) {
      throw SystemException.failed("cannot list the override scripts in " + place + ": " + e, e);
    }
    return names;
  }

  /**
   * Returns the command that checks the syntax of a script without running it; empty if its
   * interpreter is not sh(1).
   *
   * @param shellRoot the prefix of the guest's paths for sh(1)
   * @throws SystemException if the script cannot be read
   */
  public Optional<Command> syntaxCheck(String path, String shellRoot) throws SystemException {
    try {
      return Interpreter.of(root.resolve(path.substring(1))).equals(Interpreter.SHELL)
          ? Optional.of(Command.reading(SYNTAX_LIMIT, Interpreter.SHELL, "-n", shellRoot + path))
          : Optional.empty();
    } catch (IOException e) {
      throw SystemException.failed("cannot read " + path + ": " + e, e);
    }
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
    for (String path : paths(hn)) {
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
