package org.hnvf.model;

import com.google.common.net.InetAddresses;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of the {@link Settings}, under the name that it has in the configuration file. */
public enum Setting {
  /** {@link Settings#strategy}. */
  STRATEGY("strategy"),
  /** {@link Settings#lookEvery}. */
  LOOK_EVERY("look_every"),
  /** {@link Settings#scriptTimeLimit}. */
  SCRIPT_TIME_LIMIT("script_time_limit"),
  /** {@link Settings#hookTimeLimit}. */
  HOOK_TIME_LIMIT("hook_time_limit"),
  /** {@link Settings#holdFirst}. */
  HOLD_FIRST("hold_first"),
  /** {@link Settings#holdLongest}. */
  HOLD_LONGEST("hold_longest"),
  /** {@link Settings#logLevel}. */
  LOG_LEVEL("log_level"),
  /** {@link MovePolicy#move}. */
  MOVE("move"),
  /** {@link MovePolicy#namesHn}. */
  NAMES_HN0("names_hn0"),
  /** {@link MovePolicy#leaveOff}. */
  LEAVE_OFF("leave_off"),
  /** {@link MovePolicy#firewall}. */
  FIREWALL("firewall"),
  /** {@link Reporting#logFormat}. */
  LOG_FORMAT("log_format"),
  /** {@link Reporting#metricsFile}. */
  METRICS_FILE("metrics_file");

  private final String key;

  Setting(String key) {
    this.key = key;
  }

  /** Its name in the configuration file. */
  public String key() {
    return key;
  }

  /** The setting of this name. */
  public static Optional<Setting> named(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** Returns its value in these settings, as text of the configuration file. */
  public String textIn(Settings settings) {
    return switch (this) {
      case STRATEGY -> settings.strategy().text();
      case LOOK_EVERY -> Durations.text(settings.lookEvery());
      case SCRIPT_TIME_LIMIT -> Durations.text(settings.scriptTimeLimit());
      case HOOK_TIME_LIMIT -> Durations.text(settings.hookTimeLimit());
      case HOLD_FIRST -> Durations.text(settings.holdFirst());
      case HOLD_LONGEST -> Durations.text(settings.holdLongest());
      case LOG_LEVEL -> settings.logLevel().text();
      case MOVE -> list(settings.moving().move().stream().map(MovePolicy.Movable::text));
      case NAMES_HN0 -> settings.moving().namesHn().text();
      case LEAVE_OFF ->
          list(settings.moving().leaveOff().stream().map(InetAddresses::toAddrString));
      case FIREWALL -> settings.moving().firewall().text();
      case LOG_FORMAT -> settings.reporting().logFormat().text();
      case METRICS_FILE -> settings.reporting().metricsFile().orElse(Reporting.OFF);
    };
  }

  private static String list(Stream<String> items) {
    return items.map(item -> '"' + item + '"').collect(Collectors.joining(", ", "[", "]"));
  }
}
