package org.hnvf.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Settings;
import org.hnvf.model.Strategy;

/**
 * The options of a daemon.
 *
 * @param guestBin the directory with the programs and files of the guest, if one is named
 * @param socket the socket, if not the default one
 * @param strategy when the configuration moves, if not as in the configuration file
 */
record DaemonOptions(Optional<Path> guestBin, Optional<Path> socket, Optional<Strategy> strategy) {

  /** Returns the settings of the configuration file with these options. */
  Settings over(Settings settings) {
    return strategy.map(settings::with).orElse(settings);
  }

  /**
   * Parses the simple forms of the options without a parser of command lines; empty for other
   * forms, help and errors.
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
