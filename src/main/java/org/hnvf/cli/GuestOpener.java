package org.hnvf.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.hnvf.model.HnvfException;
import org.hnvf.settings.SettingsFile;

/**
 * Opens the guest that a command line means: this machine, or the one whose programs and files are
 * in the directory of {@code --guest-bin}. The laboratory adds its own to these two.
 */
public interface GuestOpener {

  /**
   * Opens the guest for one verb.
   *
   * @param guestBin the directory of {@code --guest-bin}, where it was given
   * @throws HnvfException where there is no such guest, or it is not for this caller
   */
  OpenGuest open(Optional<Path> guestBin) throws HnvfException;

  /**
   * The same, for a process that stays: others may open the guest meanwhile.
   *
   * @param guestBin the directory of {@code --guest-bin}, where it was given
   * @throws HnvfException where there is no such guest, or it is not for this caller
   */
  OpenGuest openToStay(Optional<Path> guestBin) throws HnvfException;

  /**
   * The configuration file of the guest, for reading alone: that needs neither root nor FreeBSD.
   *
   * @param guestBin the directory of {@code --guest-bin}, where it was given
   * @throws HnvfException where there is no such guest
   */
  SettingsFile settings(Optional<Path> guestBin) throws HnvfException;

  /**
   * Takes a word of {@code hnvf daemon} that is an option of its own and says which guest is meant,
   * without a parser of command lines; false where the word is none.
   */
  boolean takes(String word);
}
