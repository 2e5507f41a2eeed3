package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.journal.History;
import org.hnvf.model.Durations;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairHistory;
import org.hnvf.model.UserException;
import org.hnvf.service.Machine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The part of the history that a verb shows: one pair or all, and from when on. */
final class HistoryChoice {

  @Parameters(
      arity = "0..1",
      paramLabel = "HN",
      description = "the synthetic NIC by its driver's name, such as hn0")
  private @Nullable String name;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "only the events of the last TIME: 30m, 12h, 2d")
  private @Nullable String since;

  /**
   * A part of the history.
   *
   * @param pairs the histories, not limited in time
   * @param now the time of the guest
   * @param from the earliest event to show; empty for all
   */
  record Found(ImmutableList<PairHistory> pairs, Instant now, Optional<Instant> from) {

    /** Returns the parts that could not be read. */
    ImmutableList<String> problems() {
      return pairs.stream()
          .flatMap(pair -> pair.problems().stream())
          .collect(ImmutableList.toImmutableList());
    }
  }

  /**
   * Reads the history.
   *
   * @param most the largest number of workflows of each pair
   */
  Found read(GuestOpener guests, Optional<Path> guestBin, int most) throws HnvfException {
    Optional<HnUnit> unit = name == null ? Optional.empty() : Optional.of(unit(name));
    Optional<Duration> age =
        since == null ? Optional.empty() : Optional.of(Durations.ofOption("--since", since));
    try (OpenGuest guest = guests.open(guestBin)) {
      Machine machine = guest.machine();
      Instant now = machine.timer().now();
      return new Found(read(new History(machine.files()), unit, most), now, age.map(now::minus));
    }
  }

  private static ImmutableList<PairHistory> read(History history, Optional<HnUnit> unit, int most)
      throws HnvfException {
    ImmutableSet<HnUnit> known = history.units();
    if (unit.isPresent() && !known.contains(unit.get())) {
      throw UserException.noSuchPair(
          "no history of hn" + unit.get() + " is recorded" + others(known));
    }
    return unit.map(ImmutableSet::of).orElse(known).stream()
        .map(one -> history.read(one, most))
        .collect(ImmutableList.toImmutableList());
  }

  private static String others(ImmutableSet<HnUnit> known) {
    return known.isEmpty()
        ? ""
        : "; there is one of "
            + String.join(", ", known.stream().map(other -> "hn" + other).toList());
  }

  private static HnUnit unit(String text) throws HnvfException {
    return InterfaceName.parse(text)
        .hnUnit()
        .orElseThrow(
            () ->
                UserException.usage(
                    "the history is kept by the driver's name, such as hn0, not \"" + text + "\""));
  }
}
