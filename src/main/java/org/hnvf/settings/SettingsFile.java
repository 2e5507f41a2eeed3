package org.hnvf.settings;

import java.util.Optional;
import java.util.function.Consumer;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Settings;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/**
 * The configuration file of a guest, {@code hnvf.json}. Each call reads it; the caller decides when
 * it takes effect.
 */
public final class SettingsFile {

  private final DurableFiles files;
  private final String path;

  /**
   * Returns the configuration file of an installed hnvf.
   *
   * @param files the files of the guest
   * @param prefix where hnvf is installed on it
   */
  public static SettingsFile under(String prefix, DurableFiles files) {
    return new SettingsFile(files, prefix + "/etc/hnvf/hnvf.json");
  }

  /**
   * Creates a configuration file.
   *
   * @param files the files of the guest
   * @param path its absolute path on the guest
   */
  public SettingsFile(DurableFiles files, String path) {
    this.files = files;
    this.path = path;
  }

  /** Returns its path on the guest. */
  public String path() {
    return path;
  }

  /**
   * Returns its content; the defaults if it does not exist.
   *
   * @throws UserException (configuration) if it is refused: its content is not valid, or users
   *     other than the guest's root could have written it
   * @throws SystemException if it cannot be read
   */
  public GivenSettings read() throws HnvfException {
    requirePrivate(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
    requirePrivate(path);
    return readAnybodys();
  }

  /** Returns the content of a draft, which may belong to any user. */
  public GivenSettings readAnybodys() throws HnvfException {
    Optional<String> text = files.read(path);
    return text.isPresent() ? SettingsText.parse(path, text.get()) : GivenSettings.NONE;
  }

  /**
   * Returns its settings, or the previous ones if it is refused or cannot be read. So a mistake in
   * this file neither ends a daemon nor stops an event.
   *
   * @param before the current settings
   * @param log receives the reason in one line if the file is not used
   */
  public Settings readOr(Settings before, Consumer<String> log) {
    try {
      return read().settings();
    } catch (HnvfException e) {
      log.accept(
          e.getMessage()
              + "; the file is not used, "
              + (before.equals(Settings.DEFAULTS)
                  ? "the defaults apply"
                  : "the previous settings stay in force"));
      return before;
    }
  }

  private void requirePrivate(String place) throws UserException {
    try {
      files.requirePrivate(place);
    } catch (SystemException e) {
      throw UserException.configuration(String.valueOf(e.getMessage()));
    }
  }
}
