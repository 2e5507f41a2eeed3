package org.hnvf.cli;

import org.hnvf.model.HnvfException;
import org.hnvf.model.Settings;
import org.hnvf.settings.SettingsFile;

/** Converts the guest's configuration file to the settings of a verb. */
@FunctionalInterface
interface SettingsReader {
  Settings read(SettingsFile file) throws HnvfException;
}
