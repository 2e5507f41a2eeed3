package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Java of its own, as hnvf runs in one; what it prints goes to a file. */
public final class Jvm {

  private static final int PATIENCE_MINUTES = 10;

  final Process process;
  private final Path output;

  private Jvm(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a class with its words, with a small heap and the class path of the tests. */
  public static Jvm start(Path directory, String... words) throws IOException {
    Path output = Files.createTempFile(directory, "jvm", ".out");
    ImmutableList<String> command =
        ImmutableList.<String>builder()
            .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
            .add("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-Dfile.encoding=UTF-8")
            .add("-cp", System.getProperty("java.class.path"))
            .add(words)
            .build();
    return new Jvm(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  /** Waits for its end; its exit status. */
  public int end() throws InterruptedException, IOException {
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("does not end; so far: " + output());
    }
    return process.exitValue();
  }

  /** Returns its output so far, standard error included. */
  public String output() throws IOException {
    return Files.readString(output);
  }

  void signal(String name) throws IOException, InterruptedException {
    // That of sh: not every machine has a program of this name.
    String line = "kill -s " + name + " " + process.pid();
    new ProcessBuilder("/bin/sh", "-c", line).start().waitFor();
  }
}
