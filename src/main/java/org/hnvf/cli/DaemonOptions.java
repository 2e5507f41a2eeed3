package org.hnvf.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Settings;
import org.hnvf.model.Strategy;

/**
 * How a daemon is to be run.
 *
 * @param guestBin the directory with the programs and files of the guest, where one is meant
 * @param socket where to listen, if not where everybody looks for it
 * @param strategy when the configuration moves, where it is not as the configuration file has it
 */
record DaemonOptions(Optional<Path> guestBin, Optional<Path> socket, Optional<Strategy> strategy) {

  /** What the configuration file says, or these options. */
  Settings over(Settings settings) {
    return strategy.map(settings::with).orElse(settings);
  }

  /**
   * Reads the plain forms of the options, without a parser of command lines; empty where that takes
   * more, help and errors too.
   */
  static Optional<DaemonOptions> of(List<String> words, GuestOpener guests) {
    Optional<Path> guestBin = Optional.empty();
    Optional<Path> socket = Optional.empty();
    for (String word : words) {
      if (value(word, "--guest-bin=").isPresent()) {
        guestBin = value(word, "--guest-bin=").map(Path::of);
      } else if (value(word, "--socket=").isPresent()) {
        socket = value(word, "--socket=").map(Path::of);
      } else if (!guests.takes(word)) {
        return Optional.empty();
      }
    }
    return Optional.of(new DaemonOptions(guestBin, socket, Optional.empty()));
  }

  private static Optional<String> value(String word, String option) {
    return Optional.of(word)
        .filter(w -> w.startsWith(option) && w.length() > option.length())
        .map(w -> w.substring(option.length()));
  }
}
