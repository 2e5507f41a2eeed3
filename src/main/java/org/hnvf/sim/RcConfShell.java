package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;

/**
 * Evaluates rc.conf for simulated guests: rc.conf is a shell script, so the machine's own sh(1)
 * evaluates a copy of the guest's files in a temporary directory.
 *
 * <p>The result is kept by the content of the files and the command, so that a shell that many
 * guests share starts one process for all with the same rc.conf.
 */
public final class RcConfShell {

  /** The name of the evaluation, the {@code $0} of its script. */
  static final String MARK = "hnvf-rcconf";

  private static final int ROOT = 3;
  private static final ImmutableList<String> FILES =
      ImmutableList.of(
          "/etc/defaults/rc.conf",
          "/etc/rc.conf",
          "/etc/rc.conf.local",
          "/etc/rc.conf.d",
          "/usr/local/etc/rc.conf.d");

  private final CommandRunner machine;
  private final Map<Key, Said> remembered = new HashMap<>();

  /** The input of an evaluation. */
  private record Key(ImmutableMap<String, String> files, Command command) {}

  /** The result of an evaluation. */
  private record Said(
      CommandResult.Ending ending, String stdout, Optional<String> missing, String stderr) {}

  /** A shell that starts its processes by this runner, on the machine itself. */
  public RcConfShell(CommandRunner machine) {
    this.machine = machine;
  }

  static boolean isEvaluation(Command command) {
    ImmutableList<String> args = command.arguments();
    return command.program().endsWith("sh")
        && args.size() > ROOT
        && args.get(0).equals("-c")
        && args.get(2).equals(MARK);
  }

  /** The answer, with the guest's own paths in it; how long it took is not its matter. */
  synchronized CommandResult evaluate(Path root, Command command) {
    ImmutableMap<String, String> files = read(root);
    Said said = remembered.computeIfAbsent(new Key(files, command), key -> run(files, command));
    return new CommandResult(
        command, said.ending(), said.stdout(), said.missing(), said.stderr(), Duration.ZERO);
  }

  private static ImmutableMap<String, String> read(Path root) {
    ImmutableMap.Builder<String, String> files = ImmutableMap.builder();
    for (String name : FILES) {
      Path path = root.resolve(name.substring(1));
      Optional<BasicFileAttributes> there = attributes(path);
      if (there.isPresent() && there.get().isDirectory()) {
        try (Stream<Path> tree = Files.walk(path)) {
          tree.filter(Files::isRegularFile)
              .sorted()
              .forEach(p -> files.put("/" + root.relativize(p), text(p)));
        } catch (IOException e) {
          throw new UncheckedIOException("cannot read " + path + " of the simulated guest", e);
        }
      } else if (there.isPresent() && there.get().isRegularFile()) {
        files.put(name, text(path));
      }
    }
    return files.buildOrThrow();
  }

  private static Optional<BasicFileAttributes> attributes(Path path) {
    try {
      return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
    } catch (IOException e) {
      // As Files.isDirectory and Files.isRegularFile have it, of which each would look again.
      return Optional.empty();
    }
  }

  private static String text(Path path) {
    try {
      return Files.readString(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path + " of the simulated guest", e);
    }
  }

  private Said run(ImmutableMap<String, String> files, Command command) {
    try {
      Path copy = Files.createTempDirectory("hnvf-sim");
      try {
        for (Map.Entry<String, String> file : files.entrySet()) {
          Path target = copy.resolve(file.getKey().substring(1));
          Files.createDirectories(target.getParent());
          Files.writeString(target, file.getValue(), StandardCharsets.UTF_8);
        }
        return run(copy.toString(), command);
      } finally {
        delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot make a copy of the simulated guest's rc.conf: " + e, e);
    }
  }

  private Said run(String copy, Command command) {
    ImmutableList.Builder<String> args = ImmutableList.builder();
    for (int i = 0; i < command.arguments().size(); i++) {
      args.add(i == ROOT ? copy : command.arguments().get(i));
    }
    CommandResult result =
        machine.run(command.as(command.program(), args.build(), command.environment()));
    return new Said(
        result.ending(),
        result.stdout().replace(copy, ""),
        result.missing(),
        result.stderr().replace(copy, ""));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(path);
        }
      }
    }
  }
}
