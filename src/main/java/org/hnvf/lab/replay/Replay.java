package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.stream.Stream;
import org.hnvf.lab.replay.CommandReplay.Verdict;

/** Replays a transcript against the simulated guest. */
public final class Replay {
  private Replay() {}

  /**
   * Replays a transcript from each guest that it may have begun with, and answers the replay with
   * the fewest differences, and of those the one with the most identical commands.
   */
  public static FileReplay of(Transcript transcript) {
    Surroundings surroundings = Surroundings.of(transcript);
    return Stream.of(StartingGuest.values())
        .map(start -> new Attempt(transcript, surroundings, start).run())
        .min(
            Comparator.<FileReplay>comparingInt(r -> r.count(Verdict.DIFFERENT))
                .thenComparingInt(r -> -r.identical()))
        .orElseGet(
            () ->
                new FileReplay(
                    transcript.name(),
                    "",
                    ImmutableList.of(),
                    ImmutableList.of(),
                    ImmutableList.of()));
  }
}
