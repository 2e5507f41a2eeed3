package org.hnvf.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.hnvf.model.HnvfException;
import org.hnvf.settings.SettingsFile;

/**
 * Opens the guest of a command line: this machine, or the one whose programs and files are in the
 * directory of {@code --guest-bin}. The laboratory adds its own guests.
 */
public interface GuestOpener {

  /**
   * Opens the guest for one verb.
   *
   * @param guestBin the directory of {@code --guest-bin}, if given
   * @throws HnvfException if there is no such guest, or the caller may not use it
   */
  OpenGuest open(Optional<Path> guestBin) throws HnvfException;

  /**
   * Opens the guest for a resident process; other processes may open the guest meanwhile.
   *
   * @param guestBin the directory of {@code --guest-bin}, if given
   * @throws HnvfException if there is no such guest, or the caller may not use it
   */
  OpenGuest openToStay(Optional<Path> guestBin) throws HnvfException;

  /**
   * Returns the configuration file of the guest for reading only, which needs neither root nor
   * FreeBSD.
   *
   * @param guestBin the directory of {@code --guest-bin}, if given
   * @throws HnvfException if there is no such guest
   */
  SettingsFile settings(Optional<Path> guestBin) throws HnvfException;

  /**
   * Accepts a word of {@code hnvf daemon} that is an option of this opener and selects the guest,
   * without a parser of command lines; returns false for other words.
   */
  boolean takes(String word);
}
