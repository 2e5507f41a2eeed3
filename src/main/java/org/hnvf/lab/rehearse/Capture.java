package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.lab.replay.Transcript.Recorded;

/**
 * The answers of a guest to all commands of hnvf that only read, and the files that hnvf reads.
 *
 * @param name what it is called, for messages
 * @param created when it was made
 * @param system the release and the machine
 * @param anonymised whether addresses and names were replaced
 * @param entries each command and its answer
 */
public record Capture(
    String name,
    Instant created,
    String system,
    boolean anonymised,
    ImmutableList<Recorded> entries) {

  /** Returns a copy with other commands. */
  Capture with(ImmutableList<Recorded> others) {
    return new Capture(name, created, system, anonymised, others);
  }

  /** Returns whether the guest is in transparent mode. */
  boolean isTransparent() {
    return CaptureCut.isTransparent(this);
  }

  /** Returns a copy in which the guest is in non-transparent mode. */
  public Capture inNonTransparentMode() {
    return CaptureCut.nonTransparent(this);
  }

  /** Returns the answer to a command, where it was run. */
  Optional<Recorded> find(String command) {
    return entries.stream().filter(entry -> entry.command().equals(command)).findFirst();
  }

  /** Returns the output of a command that succeeded. */
  Optional<String> output(String command) {
    return find(command).filter(entry -> entry.status() == 0).map(Recorded::stdout);
  }
}
