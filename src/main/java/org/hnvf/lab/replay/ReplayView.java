package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hnvf.lab.replay.CommandReplay.Difference;
import org.hnvf.lab.replay.CommandReplay.Verdict;

/** Shows replays as text and as data. */
public final class ReplayView {
  private ReplayView() {}

  /**
   * A transcript's commands, and its sum.
   *
   * @param differencesOnly leaves out what is identical or skipped
   */
  public static String file(FileReplay replay, boolean differencesOnly) {
    StringBuilder text = new StringBuilder();
    for (CommandReplay command : replay.commands()) {
      if (!differencesOnly || command.verdict() == Verdict.DIFFERENT) {
        text.append(command(command));
      }
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d of %d commands identical, %d skipped (begins with: %s)\n",
            replay.file(),
            replay.identical(),
            replay.compared(),
            replay.count(Verdict.SKIPPED),
            replay.start()));
    return text.toString();
  }

  private static String command(CommandReplay command) {
    String verdict = command.verdict().name().toLowerCase(Locale.ROOT);
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%-9s  $ %s", verdict, command.command()));
    text.append(command.why().isEmpty() ? "\n" : "  (" + command.why() + ")\n");
    command.differences().forEach(d -> text.append(difference(d)));
    return text.toString();
  }

  private static String difference(Difference difference) {
    StringBuilder text = new StringBuilder("    " + difference.what() + "\n");
    TextDifference.lines(
            difference.recorded().lines().toList(), difference.simulated().lines().toList())
        .forEach(line -> text.append("      ").append(line).append('\n'));
    return text.toString();
  }

  /** The last line over all transcripts. */
  public static String sum(List<FileReplay> replays) {
    int identical = replays.stream().mapToInt(FileReplay::identical).sum();
    int compared = replays.stream().mapToInt(FileReplay::compared).sum();
    return identical + " of " + compared + " commands identical\n";
  }

  /** All of it as data. */
  public static Map<String, Object> data(List<FileReplay> replays) {
    return ImmutableMap.of(
        "identical", replays.stream().mapToInt(FileReplay::identical).sum(),
        "compared", replays.stream().mapToInt(FileReplay::compared).sum(),
        "files", replays.stream().map(ReplayView::data).toList());
  }

  private static Map<String, Object> data(FileReplay replay) {
    return ImmutableMap.of(
        "file", replay.file(),
        "begins", replay.start(),
        "identical", replay.identical(),
        "different", replay.count(Verdict.DIFFERENT),
        "skipped", replay.count(Verdict.SKIPPED),
        "commands", replay.commands());
  }
}
