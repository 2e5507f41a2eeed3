package org.hnvf.cli;

import org.hnvf.model.HnvfException;
import org.hnvf.model.Settings;
import org.hnvf.settings.SettingsFile;

/** What a verb makes of the configuration file of the guest that it works on. */
@FunctionalInterface
interface SettingsReader {
  Settings read(SettingsFile file) throws HnvfException;
}
