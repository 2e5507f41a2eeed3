package org.hnvf.bench;

import com.google.common.collect.ImmutableList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long it takes, by the clock on the wall, from the start of a one-shot {@code hnvf event}
 * until it begins its first changing command on a kept simulated guest, against the start of a Java
 * that does nothing.
 */
public final class EventPath {

  private static final int ROUNDS = 7;
  private static final String VF_UP = "!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP";

  /** The flags of {@code scripts/hnvf}. */
  private static final ImmutableList<String> JAVA =
      ImmutableList.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Xshare:auto",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx128m",
          "-Dfile.encoding=UTF-8");

  private final ImmutableList<String> hnvf;
  private final String sim;

  private EventPath(String jar, Path directory) {
    this.hnvf = ImmutableList.<String>builder().addAll(JAVA).add("-jar", jar).build();
    this.sim = "--sim=" + directory;
  }

  /**
   * Prints the ratio.
   *
   * @param arguments the laboratory's jar
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("hnvf-bench");
    EventPath path = new EventPath(arguments[0], directory);
    List<Double> bare = new ArrayList<>();
    List<Double> first = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      bare.add(seconds(with(JAVA, "-version")));
      path.hnvf("sim", "reset");
      path.hnvf("sim", "plug", "hn0");
      path.hnvf("sim", "run", "--", "ifconfig", "mlxen0", "up");
      first.add(seconds(with(path.hnvf, "event", VF_UP, path.sim)));
    }
    System.out.printf(
        Locale.ROOT,
        "a Java that does nothing:                 %.2f s (median of %d)%n"
            + "one-shot, event to first changing command: %.2f s, %.1f times that%n",
        median(bare),
        ROUNDS,
        median(first),
        median(first) / median(bare));
  }

  private static ImmutableList<String> with(List<String> program, String... arguments) {
    return ImmutableList.<String>builder().addAll(program).add(arguments).build();
  }

  private void hnvf(String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(arguments));
    int end = words.indexOf("--");
    words.add(end < 0 ? words.size() : end, sim);
    seconds(with(hnvf, words.toArray(String[]::new)));
  }

  /** From the start of a process until the first line that it prints, or its end. */
  private static double seconds(List<String> words) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    long printed;
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = output.readLine();
      printed = System.nanoTime();
      while (line != null) {
        line = output.readLine();
      }
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new IllegalStateException(words + " ended with " + status);
    }
    return (printed - began) / 1e9;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
