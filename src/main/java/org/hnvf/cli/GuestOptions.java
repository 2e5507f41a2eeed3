package org.hnvf.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Settings;
import org.hnvf.model.Strategy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every verb on a guest: which guest, and the form of the answer. */
final class GuestOptions {

  @Mixin private final GuestBin guestBin = new GuestBin();

  @Option(names = "--json", description = "show the answer as data")
  private boolean json;

  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      converter = StrategyName.class,
      completionCandidates = StrategyName.class,
      description =
          "when the configuration moves: on-vf-up, all after the VF is up; or before-vf-up, to a"
              + " lagg over hn alone while the VF's delay runs, which cuts off more briefly"
              + " (default: what the configuration file says, or on-vf-up)")
  private @Nullable Strategy strategy;

  boolean json() {
    return json;
  }

  /** Returns the directory of the guest's programs and files, if one is named. */
  Optional<Path> guestBin() {
    return guestBin.directory();
  }

  /**
   * Opens the guest.
   *
   * @throws org.hnvf.model.UserException (configuration) if its configuration file is refused
   */
  Session open(Console console) throws HnvfException {
    return open(console, file -> file.read().settings());
  }

  /**
   * Opens the guest, with the defaults if its configuration file is refused, for verbs that must
   * not depend on a file that may be the fault.
   */
  Session openRegardless(Console console) throws HnvfException {
    return open(console, file -> file.readOr(Settings.DEFAULTS, console::log));
  }

  private Session open(Console console, SettingsReader reader) throws HnvfException {
    Strategy asked = strategy;
    SettingsReader settings = asked == null ? reader : file -> reader.read(file).with(asked);
    return Session.on(console.guests().open(guestBin()), settings, console);
  }
}
