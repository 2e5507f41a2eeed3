package org.hnvf.settings;

import com.google.common.collect.ImmutableSet;
import org.hnvf.model.Setting;
import org.hnvf.model.Settings;

/**
 * The content of a configuration file.
 *
 * @param settings the settings with the defaults
 * @param given the keys in the file
 */
public record GivenSettings(Settings settings, ImmutableSet<Setting> given) {

  /** The settings without a file. */
  static final GivenSettings NONE = new GivenSettings(Settings.DEFAULTS, ImmutableSet.of());
}
