package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replays a transcript and counts what is the same. */
final class Replay {
  private static final Pattern GAP = Pattern.compile("gap: \\d+ packets, about (\\d+) ms");

  private final MiniShell shell;
  private int identical;
  private int skipped;
  private int gaps;
  private final List<CutOff> cutOffs = new ArrayList<>();
  private final List<String> different = new ArrayList<>();

  private Replay(MiniShell shell) {
    this.shell = shell;
    this.gaps = shell.longestGaps().size();
  }

  /** The longest gap of one probe. */
  record CutOff(Duration recorded, Duration simulated) {

    /** Whether it is within 30 % of the recorded one; a single packet (20 ms) is chance. */
    boolean isClose() {
      long off = Math.abs(simulated.toMillis() - recorded.toMillis());
      return recorded.toMillis() <= 20
          ? simulated.toMillis() <= 20
          : off * 100 <= recorded.toMillis() * 30;
    }
  }

  private static Duration recordedGap(String probe) {
    Duration longest = Duration.ZERO;
    Matcher gap = GAP.matcher(probe);
    while (gap.find()) {
      Duration next = Duration.ofMillis(Long.parseLong(gap.group(1)));
      longest = next.compareTo(longest) > 0 ? next : longest;
    }
    return longest;
  }

  /** Every probe of the transcript. */
  ImmutableList<CutOff> cutOffs() {
    return ImmutableList.copyOf(cutOffs);
  }

  static Replay of(String name, MiniShell shell) {
    Replay replay = new Replay(shell);
    Transcript.load(name).entries().forEach(replay::entry);
    return replay;
  }

  private void entry(Transcript.Entry entry) {
    MiniShell.Said said;
    try {
      said = shell.line(entry.command());
    } catch (MiniShell.OutOfScope e) {
      skipped++;
      return;
    }
    String command = entry.command();
    if (command.startsWith("probe stop")) {
      cutOffs.add(new CutOff(recordedGap(entry.stdout()), shell.longestGaps().get(gaps++)));
    }
    StringBuilder why = new StringBuilder();
    compare(why, "stdout", Same.of(command, entry.stdout()), Same.of(command, said.stdout()));
    compare(why, "stderr", Same.of(command, entry.stderr()), Same.of(command, said.stderr()));
    compare(why, "exit", "" + entry.status(), "" + said.status());
    if (why.length() == 0) {
      identical++;
    } else {
      different.add("$ " + command + "\n" + why);
    }
  }

  private static void compare(StringBuilder why, String what, String recorded, String said) {
    if (!recorded.equals(said)) {
      why.append("--- ").append(what).append(" recorded\n").append(recorded).append('\n');
      why.append("+++ ").append(what).append(" simulated\n").append(said).append('\n');
    }
  }

  int identical() {
    return identical;
  }

  int skipped() {
    return skipped;
  }

  ImmutableList<String> different() {
    return ImmutableList.copyOf(different);
  }
}
