package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableList;
import org.hnvf.lab.replay.CommandReplay.Verdict;

/**
 * The result of a transcript.
 *
 * @param file its name
 * @param start the guest at its start
 * @param cutOffs the results of each probe
 * @param events the lines that devd would have written
 */
public record FileReplay(
    String file,
    String start,
    ImmutableList<CommandReplay> commands,
    ImmutableList<CutOff> cutOffs,
    ImmutableList<String> events) {

  /** How many commands came out so. */
  public int count(Verdict verdict) {
    return (int) commands.stream().filter(c -> c.verdict() == verdict).count();
  }

  /** How many answered the same. */
  public int identical() {
    return count(Verdict.IDENTICAL);
  }

  /** How many were compared. */
  public int compared() {
    return identical() + count(Verdict.DIFFERENT);
  }
}
