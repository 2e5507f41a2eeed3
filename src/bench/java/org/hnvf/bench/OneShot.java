package org.hnvf.bench;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A one-shot {@code hnvf event} of a line that concerns nothing, by the clock on the wall, against
 * a Java that does nothing; both with a class-data archive of their own. It measures the cost of a
 * start.
 */
public final class OneShot {

  private static final int ROUNDS = 15;
  private static final String LINE = "!system=IFNET subsystem=em0 type=LINK_UP";

  private static final ImmutableList<String> JAVA =
      ImmutableList.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx128m",
          "-Dfile.encoding=UTF-8");

  private OneShot() {}

  /**
   * Prints the ratio.
   *
   * @param arguments the program's jar
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("hnvf-bench");
    ImmutableList<String> bare = archived(directory, jar(directory).toString());
    ImmutableList<String> event = archived(directory, arguments[0], "event", LINE);
    List<Double> bares = new ArrayList<>();
    List<Double> events = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      bares.add(seconds(bare));
      events.add(seconds(event));
    }
    System.out.printf(
        Locale.ROOT,
        "a Java that prints a line, with archive:      %.3f s (median of %d)%n"
            + "one-shot event that concerns nothing, archive: %.3f s, %.1f times that%n",
        median(bares),
        ROUNDS,
        median(events),
        median(events) / median(bares));
  }

  private static Path jar(Path directory) throws IOException {
    Path jar = directory.resolve("bare.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Bare.class.getName());
    String entry = Bare.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream bytes = OneShot.class.getClassLoader().getResourceAsStream(entry)) {
      if (bytes == null) {
        throw new IllegalStateException(entry + " is not there");
      }
      out.putNextEntry(new JarEntry(entry));
      bytes.transferTo(out);
    }
    return jar;
  }

  /** Makes the archive as {@code scripts/archive} does, and gives the command that uses it. */
  private static ImmutableList<String> archived(Path directory, String jar, String... words)
      throws IOException, InterruptedException {
    Path place = Files.createTempDirectory(directory, "archive");
    Path classes = place.resolve("classes");
    Path archive = place.resolve("classes.jsa");
    double listing = seconds(command("-XX:DumpLoadedClassList=" + classes, jar, words));
    double dumping =
        seconds(
            ImmutableList.<String>builder()
                .addAll(JAVA)
                .add("-Xshare:dump", "-Xlog:disable")
                .add("-XX:SharedClassListFile=" + classes)
                .add("-XX:SharedArchiveFile=" + archive)
                .add("-cp", jar)
                .build());
    System.out.printf(
        Locale.ROOT,
        "an archive for %s took %.1f s%n",
        Path.of(jar).getFileName(),
        listing + dumping);
    return command("-XX:SharedArchiveFile=" + archive, jar, words);
  }

  private static ImmutableList<String> command(String archive, String jar, String... words) {
    return ImmutableList.<String>builder()
        .addAll(JAVA)
        .add(archive, "-jar", jar)
        .add(words)
        .build();
  }

  private static double seconds(List<String> words) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int status = process.waitFor();
    if (status != 0) {
      throw new IllegalStateException(words + " ended with " + status);
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
