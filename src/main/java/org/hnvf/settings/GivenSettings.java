package org.hnvf.settings;

import com.google.common.collect.ImmutableSet;
import org.hnvf.model.Setting;
import org.hnvf.model.Settings;

/**
 * What a configuration file says.
 *
 * @param settings what is in force with it
 * @param given those that stand in the file; the others are defaults
 */
public record GivenSettings(Settings settings, ImmutableSet<Setting> given) {

  /** Where there is no file. */
  static final GivenSettings NONE = new GivenSettings(Settings.DEFAULTS, ImmutableSet.of());
}
