package org.hnvf.settings;

import java.util.Optional;
import java.util.function.Consumer;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Settings;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/**
 * The configuration file of a guest, {@code hnvf.json}. What it says is read with every call; who
 * keeps it decides when it takes effect.
 */
public final class SettingsFile {

  private final DurableFiles files;
  private final String path;

  /**
   * The configuration file of an hnvf that is installed.
   *
   * @param files the files of the guest
   * @param prefix where hnvf is installed on it
   */
  public static SettingsFile under(String prefix, DurableFiles files) {
    return new SettingsFile(files, prefix + "/etc/hnvf/hnvf.json");
  }

  /**
   * A configuration file.
   *
   * @param files the files of the guest
   * @param path where it is on the guest, an absolute path
   */
  public SettingsFile(DurableFiles files, String path) {
    this.files = files;
    this.path = path;
  }

  /** Where it is on the guest. */
  public String path() {
    return path;
  }

  /**
   * What it says; the defaults where there is none.
   *
   * @throws UserException (configuration) where it is refused: it says something that it may not
   *     say, or others than the guest's root could have written it
   * @throws SystemException where it cannot be read
   */
  public GivenSettings read() throws HnvfException {
    requirePrivate(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
    requirePrivate(path);
    return readAnybodys();
  }

  /** The same for a draft, which may be anybody's. */
  public GivenSettings readAnybodys() throws HnvfException {
    Optional<String> text = files.read(path);
    return text.isPresent() ? SettingsText.parse(path, text.get()) : GivenSettings.NONE;
  }

  /**
   * What it says, or, where it is refused or cannot be read, what was in force before. So a mistake
   * in this file neither ends a daemon nor stops an event.
   *
   * @param before what is in force
   * @param log told, in one line, why the file is not used
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
