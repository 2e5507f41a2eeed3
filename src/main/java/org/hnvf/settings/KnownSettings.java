package org.hnvf.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hnvf.model.Durations;
import org.hnvf.model.FirewallUse;
import org.hnvf.model.LogFormat;
import org.hnvf.model.LogLevel;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.Reporting;
import org.hnvf.model.Setting;
import org.hnvf.model.Strategy;

/**
 * The text of hnvf.json. Only values that hnvf understands stay; the others, and the names of
 * unknown keys, may be anything.
 */
public final class KnownSettings {

  /** The replacement of a value that is not known. */
  private static final String MASK = "*";

  private static final ImmutableSet<String> WORDS =
      Stream.of(
              texts(Strategy.values(), Strategy::text),
              texts(LogLevel.values(), LogLevel::text),
              texts(LogFormat.values(), LogFormat::text),
              texts(MovePolicy.Movable.values(), MovePolicy.Movable::text),
              texts(MovePolicy.NamesHn.values(), MovePolicy.NamesHn::text),
              texts(FirewallUse.values(), FirewallUse::text))
          .flatMap(all -> all)
          .collect(ImmutableSet.toImmutableSet());

  private KnownSettings() {}

  private static <T> Stream<String> texts(T[] all, Function<T, String> text) {
    return Arrays.stream(all).map(text);
  }

  /** Returns the known keys and values, with a mark for each other value. */
  public static String of(String text) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      List<String> lines = new ArrayList<>();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return unreadable();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        Optional<Setting> setting = Setting.named(parser.currentName());
        parser.nextToken();
        String value =
            setting.equals(Optional.of(Setting.METRICS_FILE))
                ? metricsFile(parser)
                : value(parser, setting.isPresent());
        lines.add("  " + quoted(setting.map(Setting::key).orElse("unknown")) + ": " + value);
      }
      return "{\n" + String.join(",\n", lines) + (lines.isEmpty() ? "}\n" : "\n}\n");
    } catch (IOException e) {
      return unreadable();
    }
  }

  private static String unreadable() {
    return "[hnvf: not a JSON object; its text is left out]\n";
  }

  private static String value(JsonParser parser, boolean known) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return quoted(known && isKnown(parser.getText()) ? parser.getText() : MASK);
    }
    if (parser.currentToken() == JsonToken.START_ARRAY && known) {
      List<String> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(parser, true));
      }
      return "[" + String.join(", ", items) + "]";
    }
    parser.skipChildren();
    return quoted(MASK);
  }

  /** Returns no path: a path can be anything, and with a mask the other settings were refused. */
  private static String metricsFile(JsonParser parser) throws IOException {
    parser.skipChildren();
    return quoted(Reporting.OFF);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static boolean isKnown(String value) {
    return Durations.parse(value).isPresent()
        || InetAddresses.isInetAddress(value)
        || WORDS.contains(value);
  }
}
