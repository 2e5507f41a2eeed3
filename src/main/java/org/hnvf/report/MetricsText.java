package org.hnvf.report;

import static java.util.stream.Collectors.joining;

import java.util.Map;

/** Collects samples in Prometheus's text format 0.0.4. */
final class MetricsText {

  private final StringBuilder text = new StringBuilder();

  /** Begins a metric. */
  void family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ');
    text.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  /** Adds a sample of the metric. */
  void sample(String name, Map<String, String> labels, String value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append(
          labels.entrySet().stream()
              .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
              .collect(joining(",", "{", "}")));
    }
    text.append(' ').append(value).append('\n');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
