package org.hnvf.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hnvf.model.Setting;
import org.hnvf.model.Settings;

/** How {@code hnvf config --check} shows the settings in force, and where each comes from. */
public final class SettingsView {

  private SettingsView() {}

  /**
   * A table, a row a setting.
   *
   * @param given those that stand in the file
   */
  public static String table(String file, Settings settings, Set<Setting> given) {
    Table table = new Table("SETTING", "VALUE", "FROM");
    for (Setting setting : Setting.values()) {
      table.row(
          setting.key(), setting.textIn(settings), given.contains(setting) ? file : "default");
    }
    return table.toString();
  }

  /** The same as data. */
  public static Map<String, Object> data(String file, Settings settings, Set<Setting> given) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("value", setting.textIn(settings));
      row.put("from", given.contains(setting) ? "file" : "default");
      values.put(setting.key(), row);
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("file", file);
    data.put("settings", values);
    return data;
  }
}
