package org.hnvf.override;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.hnvf.model.Command;
import org.hnvf.model.SystemException;

/** Finds and checks the hooks of a guest: the programs of {@code etc/hnvf/hooks.d}. */
public final class HookScripts {

  /** The names of hooks; copies of editors and of pkg(8) have other names. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(?<!\\.(?:sample|bak|orig|pkgnew|pkgsave))");

  private final Path root;
  private final String directory;
  private final ScriptCheck check;

  /**
   * Creates the hooks of a guest.
   *
   * @param root the guest's root; {@code /} on the machine itself
   * @param prefix where hnvf is installed on it
   * @param owner the required owner of the hooks
   */
  public HookScripts(Path root, String prefix, OwnerPolicy owner) {
    this.root = root;
    this.directory = prefix + "/etc/hnvf/hooks.d";
    this.check = ScriptCheck.of(root, owner);
  }

  /**
   * Returns the hooks by name, each accepted or refused.
   *
   * @throws SystemException if the directory exists and cannot be read
   */
  public ImmutableList<OverrideScript> find() throws SystemException {
    TreeSet<String> names = new TreeSet<>();
    Path place = root.resolve(directory.substring(1));
    if (!Files.exists(place)) {
      return ImmutableList.of();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    } catch (IOException | DirectoryIteratorException e) {
      throw SystemException.failed("cannot list the hooks in " + directory + ": " + e, e);
    }
    return names.stream()
        .filter(name -> NAME.matcher(name).matches())
        .flatMap(name -> check.look(directory + "/" + name).stream())
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Returns the hooks for display, a line each: path, owner and mode, and whether hnvf refuses it.
   * Nothing of their text is in it, and a reason for a refusal may quote the text.
   *
   * @throws SystemException if the directory exists and cannot be read
   */
  public ImmutableList<String> shown() throws SystemException {
    return find().stream()
        .map(
            hook ->
                hook.path()
                    + check.rights(hook.path()).map(rights -> " " + rights).orElse("")
                    + (hook instanceof OverrideScript.Refused ? " refused" : ""))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Returns the command that runs a hook. Its output goes through pipes, so that a hook that prints
   * without end fills no disk.
   */
  public Command command(
      OverrideScript.Accepted hook, Duration limit, ImmutableMap<String, String> environment) {
    return new Command(
        hook.path(), ImmutableList.of(), limit, Command.Effect.CHANGES, false, environment);
  }
}
