package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/** Replays a transcript and counts what is the same. */
final class Replay {
  private final MiniShell shell;
  private int identical;
  private int skipped;
  private final List<String> different = new ArrayList<>();

  private Replay(MiniShell shell) {
    this.shell = shell;
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
