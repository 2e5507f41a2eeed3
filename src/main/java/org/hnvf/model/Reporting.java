package org.hnvf.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings for the readers of hnvf's log and metrics.
 *
 * @param logFormat the form of a line in the daemon's log
 * @param metricsFile the absolute path of the file into which the daemon writes its metrics
 */
public record Reporting(LogFormat logFormat, Optional<String> metricsFile) {

  /** The settings of an empty configuration file. */
  public static final Reporting DEFAULTS = new Reporting(LogFormat.TEXT, Optional.empty());

  /** The value of {@code metrics_file} without a file. */
  public static final String OFF = "off";

  /** The collector of node_exporter reads only names that end in {@code .prom}. */
  private static final Pattern FILE =
      Pattern.compile("(?:/[A-Za-z0-9_+-][A-Za-z0-9._+-]*)+\\.prom");

  private static final int LONGEST = 255;

  /** Returns whether a text names a file for the metrics. */
  public static boolean isMetricsFile(String text) {
    return text.length() <= LONGEST && FILE.matcher(text).matches();
  }
}
