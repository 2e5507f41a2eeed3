package org.hnvf.cli;

import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.base.Splitter;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks Prometheus's text format 0.0.4 where promtool is not installed. */
final class PrometheusText {

  private static final Pattern HELP = Pattern.compile("# HELP ([a-z_]+) [A-Z][^\\n]*\\.");
  private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_]+) (gauge|counter|histogram)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z_]+)(\\{[a-z]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\n\"])*\""
              + "(?:,[a-z]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\n\"])*\")*})? (\\d+(?:\\.\\d+)?)");

  private PrometheusText() {}

  static void check(String text) {
    assertWithMessage(text).that(fault(text)).isEmpty();
  }

  static boolean isWhole(String text) {
    return fault(text).isEmpty();
  }

  private static Optional<String> fault(String text) {
    if (!text.endsWith("\n")) {
      return Optional.of("the last line has no end");
    }
    Set<String> series = new HashSet<>();
    Set<String> families = new HashSet<>();
    String helped = "";
    String family = "";
    String type = "";
    for (String line : Splitter.on('\n').split(text.substring(0, text.length() - 1))) {
      Matcher help = HELP.matcher(line);
      Matcher typed = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (help.matches()) {
        helped = help.group(1);
      } else if (typed.matches()) {
        family = typed.group(1);
        type = typed.group(2);
        boolean named = type.equals("counter") == family.endsWith("_total");
        if (!family.equals(helped) || !families.add(family) || !named) {
          return Optional.of("type: " + line);
        }
      } else if (sample.matches()) {
        String name = sample.group(1);
        String plain =
            type.equals("histogram") ? name.replaceFirst("_(?:bucket|sum|count)$", "") : name;
        if (!plain.equals(family) || !series.add(name + sample.group(2))) {
          return Optional.of("sample: " + line);
        }
      } else {
        return Optional.of("line: " + line);
      }
    }
    return Optional.empty();
  }
}
