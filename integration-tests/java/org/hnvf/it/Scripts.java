package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs shell scripts with fake programs in front of the real ones. Each fake writes itself and its
 * arguments to a log.
 */
final class Scripts {

  static final Path BASE = Path.of(EventRig.basedir()).toAbsolutePath();

  /** The Java that runs the tests. */
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final Path directory;

  Scripts(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory.resolve("bin"));
    Files.writeString(directory.resolve("log"), "");
  }

  /** The result of one run. */
  record Ended(int status, String out, String err) {}

  /** A program that is found before the real one of this name; {@code rig} is the directory. */
  Path fake(String name, String body) throws IOException {
    return script(
        directory.resolve("bin").resolve(name),
        "echo \"" + name + "${*:+ $*}\" >>'" + directory.resolve("log") + "'\n" + body + "\n");
  }

  /** A script of this text. */
  Path script(Path place, String text) throws IOException {
    Files.deleteIfExists(place);
    Files.writeString(place, text.startsWith("#!") ? text : "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    return place;
  }

  /** Runs a command with nothing to read and this added to a small environment. */
  Ended run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", directory.resolve("bin") + ":/usr/bin:/bin:/usr/sbin:/sbin");
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  Ended run(String... command) throws IOException, InterruptedException {
    return run(ImmutableMap.of(), ImmutableList.copyOf(command));
  }

  Path logFile() {
    return directory.resolve("log");
  }

  /** Returns the calls of the fakes, in order. */
  ImmutableList<String> log() throws IOException {
    return ImmutableList.copyOf(Files.readAllLines(logFile()));
  }
}
