package org.hnvf.freebsd;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The transcripts recorded on FreeBSD: what every command printed there. */
public final class Transcripts {

  private static final String NO_NEWLINE = "<no newline at end>";

  private Transcripts() {}

  /**
   * One command with what it printed.
   *
   * @param transcript the file's name
   */
  public record Recorded(
      String transcript, String command, String stdout, String stderr, int status) {}

  /** All of them, file by file. */
  public static ImmutableList<Recorded> all() {
    URL directory = Objects.requireNonNull(Transcripts.class.getResource("/org/hnvf/transcripts"));
    try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
      return files
          .sorted()
          .flatMap(file -> read(file).stream())
          .collect(ImmutableList.toImmutableList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the standard output of the nth run (from 0) of a command in this transcript. */
  public static String stdout(String number, String command, int nth) {
    return all().stream()
        .filter(recorded -> recorded.transcript().startsWith(number + "-"))
        .filter(recorded -> recorded.command().equals(command))
        .skip(nth)
        .findFirst()
        .orElseThrow(() -> new AssertionError(number + " has no `" + command + "`"))
        .stdout();
  }

  private static ImmutableList<Recorded> read(Path file) {
    try {
      return read(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImmutableList<Recorded> read(String transcript, String text) {
    ImmutableList.Builder<Recorded> found = ImmutableList.builder();
    String command = "";
    StringBuilder stdout = new StringBuilder();
    StringBuilder stderr = new StringBuilder();
    StringBuilder ignored = new StringBuilder();
    StringBuilder into = ignored;
    for (String line : Splitter.on('\n').split(text)) {
      if (line.startsWith("$ ") && into == ignored) {
        command = line.substring(2);
      } else if (line.equals("[stdout]")) {
        into = stdout;
      } else if (line.equals("[stderr]")) {
        into = stderr;
      } else if (line.startsWith("[exit ")) {
        int status = Integer.parseInt(line.substring(6, line.indexOf(']')));
        found.add(new Recorded(transcript, command, stdout.toString(), stderr.toString(), status));
        stdout.setLength(0);
        stderr.setLength(0);
        into = ignored;
      } else if (line.endsWith(NO_NEWLINE)) {
        into.append(line, 0, line.length() - NO_NEWLINE.length());
      } else {
        into.append(line).append('\n');
      }
    }
    return found.build();
  }
}
