package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A recorded transcript: commands, and what they printed. */
record Transcript(String name, ImmutableList<Entry> entries) {

  /** One command. */
  record Entry(String command, String stdout, String stderr, int status) {}

  static Transcript load(String name) {
    String path = "/org/hnvf/transcripts/" + name + ".txt";
    try (InputStream in = Transcript.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no transcript " + path);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Transcript(name, parse(text.lines().toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  private static ImmutableList<Entry> parse(List<String> lines) {
    ImmutableList.Builder<Entry> entries = ImmutableList.builder();
    int at = 0;
    while (at < lines.size()) {
      if (!lines.get(at).startsWith("$ ")) {
        at++;
        continue;
      }
      String command = lines.get(at++).substring(2);
      StringBuilder out = new StringBuilder();
      StringBuilder err = new StringBuilder();
      StringBuilder into = out;
      while (!lines.get(at).matches("\\[exit -?\\d+\\].*")) {
        String line = lines.get(at++);
        if (line.equals("[stdout]")) {
          into = out;
        } else if (line.equals("[stderr]")) {
          into = err;
        } else if (line.endsWith("<no newline at end>")) {
          into.append(line.replace("<no newline at end>", ""));
        } else {
          into.append(line).append('\n');
        }
      }
      int status = Integer.parseInt(lines.get(at).replaceFirst("\\[exit (-?\\d+)\\].*", "$1"));
      entries.add(new Entry(command, out.toString(), err.toString(), status));
    }
    return entries.build();
  }
}
