package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.lab.replay.Transcript.Recorded;

/** The files that name an hn: a copy has those lines of them at their places, and no other. */
final class CapturedMentions {

  private static final Pattern MENTION =
      Pattern.compile(
          "((?:/usr/local)?/etc(?:/[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}){1,3}):(\\d{1,4}) (.*)");

  private CapturedMentions() {}

  /** Returns the text of each file but rc.conf, whose variables are known. */
  static ImmutableMap<String, String> files(Capture capture) {
    Map<String, List<String>> files = new TreeMap<>();
    for (Recorded entry : capture.entries()) {
      if (CaptureCommands.isMentions(entry.command())) {
        entry.stdout().lines().forEach(line -> add(files, line));
      }
    }
    ImmutableMap.Builder<String, String> texts = ImmutableMap.builder();
    files.forEach((path, lines) -> texts.put(path, String.join("\n", lines) + "\n"));
    return texts.buildOrThrow();
  }

  private static void add(Map<String, List<String>> files, String mention) {
    Matcher parts = MENTION.matcher(mention);
    if (!parts.matches() || parts.group(1).contains("/rc.conf")) {
      return;
    }
    Integer line = Ints.tryParse(parts.group(2));
    List<String> lines = files.computeIfAbsent(parts.group(1), path -> new ArrayList<>());
    int number = line == null ? 0 : line;
    if (number > lines.size()) {
      lines.addAll(Collections.nCopies(number - lines.size(), ""));
    }
    if (number > 0) {
      lines.set(number - 1, parts.group(3));
    }
  }
}
