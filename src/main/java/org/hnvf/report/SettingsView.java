package org.hnvf.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hnvf.model.Setting;
import org.hnvf.model.Settings;

/** Formats the output of {@code hnvf config --check}: the settings, and the source of each. */
public final class SettingsView {

  private SettingsView() {}

  /**
   * Returns a table, a row for each setting.
   *
   * @param given the keys in the file
   */
  public static String table(String file, Settings settings, Set<Setting> given) {
    Table table = new Table("SETTING", "VALUE", "FROM");
    for (Setting setting : Setting.values()) {
      table.row(
          setting.key(), setting.textIn(settings), given.contains(setting) ? file : "default");
    }
    return table.toString();
  }

  /** Returns the data. */
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
