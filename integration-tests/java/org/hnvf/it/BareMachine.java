package org.hnvf.it;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hnvf.it.Scripts.Ended;

/**
 * A machine without Java, Maven and the rest, on which a checkout is: a script finds the fakes, and
 * of this machine the few programs that every system has.
 */
final class BareMachine {

  private static final ImmutableList<String> EVERYWHERE =
      ImmutableList.of(
          "awk",
          "cat",
          "cp",
          "date",
          "dirname",
          "find",
          "grep",
          "head",
          "mkdir",
          "mktemp",
          "paste",
          "readlink",
          "rm",
          "sed",
          "touch",
          "tr");

  private final Path directory;
  private final Scripts scripts;

  BareMachine(Path directory) throws IOException {
    this.directory = directory;
    this.scripts = new Scripts(directory.resolve("rig"));
    Files.createDirectories(directory.resolve("tools"));
    Files.createDirectories(checkout("scripts"));
    for (String program : EVERYWHERE) {
      has(program);
    }
  }

  /** It has this program of the machine that runs the tests. */
  void has(String program) throws IOException {
    Path real = Path.of("/usr/bin", program);
    String path = Files.exists(real) ? real.toString() : "/bin/" + program;
    scripts.script(directory.resolve("tools").resolve(program), "exec " + path + " \"$@\"\n");
  }

  /** A fake, as {@link Scripts#fake} has it. */
  void fake(String name, String body) throws IOException {
    scripts.fake(name, body);
  }

  /** It has it no more. */
  void remove(String name) throws IOException {
    Files.delete(directory.resolve("rig/bin").resolve(name));
  }

  /** A script of the checkout. */
  void script(String name, String text) throws IOException {
    Files.createDirectories(checkout(name).resolveSibling("."));
    scripts.script(checkout(name), text);
  }

  /** Shell that makes a fake: what installing a package comes to. */
  String makes(String name, String body) {
    Path program = directory.resolve("rig/bin").resolve(name);
    return "printf '#!/bin/sh\\n%s\\n' '"
        + body
        + "' >'"
        + program
        + "'; chmod +x '"
        + program
        + "'\n";
  }

  /** A file of the checkout. */
  Path checkout(String name) {
    return directory.resolve("checkout").resolve(name);
  }

  /** Has a file of this checkout in that one. */
  void copy(String name) throws IOException {
    Files.createDirectories(checkout(name).resolveSibling("."));
    Files.copy(Scripts.BASE.resolve(name), checkout(name));
  }

  /** A script of the checkout that only says that it was run, and ends with this status. */
  void stub(String name, int status) throws IOException {
    scripts.script(
        checkout(name),
        "echo \"" + name + "${*:+ $*}\" >>'" + scripts.logFile() + "'\nexit " + status + "\n");
  }

  /** Runs a script of the checkout. */
  Ended run(String script, String... words) throws IOException, InterruptedException {
    return run(ImmutableMap.of(), script, words);
  }

  Ended run(Map<String, String> more, String script, String... words)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PATH", directory.resolve("rig/bin") + ":" + directory.resolve("tools"));
    environment.put("TMPDIR", directory.toString());
    return scripts.run(
        environment,
        ImmutableList.<String>builder()
            .add(checkout(script).toString())
            .addAll(List.of(words))
            .build());
  }

  /** The lines of the log that begin with this. */
  ImmutableList<String> ran(String program) throws IOException {
    return scripts.log().stream()
        .filter(line -> line.startsWith(program))
        .collect(ImmutableList.toImmutableList());
  }
}
