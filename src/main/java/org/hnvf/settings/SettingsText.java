package org.hnvf.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hnvf.model.Durations;
import org.hnvf.model.FirewallUse;
import org.hnvf.model.LogFormat;
import org.hnvf.model.LogLevel;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.Reporting;
import org.hnvf.model.Setting;
import org.hnvf.model.Settings;
import org.hnvf.model.Strategy;
import org.hnvf.model.UserException;

/**
 * The text of a configuration file: one JSON object, each key of it optional, each value a string
 * or a list of strings. Anything else is refused, with line, column and remedy.
 */
final class SettingsText {

  private static final Duration DAY = Duration.ofDays(1);

  private final String file;
  private final JsonParser parser;
  private final Map<Setting, JsonLocation> places = new EnumMap<>(Setting.class);

  private Strategy strategy = Settings.DEFAULTS.strategy();
  private Duration lookEvery = Settings.DEFAULTS.lookEvery();
  private Duration scriptTimeLimit = Settings.DEFAULTS.scriptTimeLimit();
  private Duration hookTimeLimit = Settings.DEFAULTS.hookTimeLimit();
  private Duration holdFirst = Settings.DEFAULTS.holdFirst();
  private Duration holdLongest = Settings.DEFAULTS.holdLongest();
  private LogLevel logLevel = Settings.DEFAULTS.logLevel();
  private ImmutableSet<MovePolicy.Movable> move = Settings.DEFAULTS.moving().move();
  private MovePolicy.NamesHn namesHn = Settings.DEFAULTS.moving().namesHn();
  private ImmutableSet<InetAddress> leaveOff = Settings.DEFAULTS.moving().leaveOff();
  private FirewallUse firewall = Settings.DEFAULTS.moving().firewall();
  private LogFormat logFormat = Settings.DEFAULTS.reporting().logFormat();
  private Optional<String> metricsFile = Settings.DEFAULTS.reporting().metricsFile();

  private SettingsText(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * Parses a text.
   *
   * @param file its name, for messages
   * @throws UserException (configuration) if it is refused
   */
  static GivenSettings parse(String file, String text) throws UserException {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      return new SettingsText(file, parser).read();
    } catch (JsonProcessingException e) {
      throw refused(file, e.getLocation(), "no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("reading a text from memory", e);
    }
  }

  private GivenSettings read() throws IOException, UserException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw refused("expected an object, { \"key\": \"value\", … }");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Setting setting = key(parser.currentName());
      parser.nextToken();
      set(setting);
    }
    if (parser.nextToken() != null) {
      throw refused("expected nothing after the object");
    }
    if (holdLongest.compareTo(holdFirst) < 0) {
      throw holdsTheWrongWayRound();
    }
    return new GivenSettings(
        new Settings(
            strategy,
            lookEvery,
            scriptTimeLimit,
            hookTimeLimit,
            holdFirst,
            holdLongest,
            logLevel,
            new MovePolicy(move, namesHn, leaveOff, firewall),
            new Reporting(logFormat, metricsFile)),
        ImmutableSet.copyOf(places.keySet()));
  }

  private Setting key(String name) throws UserException {
    Optional<Setting> setting = Setting.named(name);
    if (setting.isEmpty()) {
      throw refused(
          "unknown key \""
              + name
              + "\"; the known keys are "
              + Arrays.stream(Setting.values())
                  .map(Setting::key)
                  .collect(Collectors.joining(", ")));
    }
    if (places.put(setting.get(), parser.currentTokenLocation()) != null) {
      throw refused("\"" + name + "\" is given twice");
    }
    return setting.get();
  }

  private void set(Setting setting) throws IOException, UserException {
    switch (setting) {
      case STRATEGY -> strategy = word(setting, Strategy::named, Strategy.values(), Strategy::text);
      case LOOK_EVERY -> lookEvery = time(setting, Duration.ofSeconds(5), DAY);
      case SCRIPT_TIME_LIMIT ->
          scriptTimeLimit = time(setting, Duration.ofSeconds(1), Duration.ofHours(1));
      case HOOK_TIME_LIMIT ->
          hookTimeLimit = time(setting, Duration.ofSeconds(1), Duration.ofMinutes(1));
      case HOLD_FIRST -> holdFirst = time(setting, Duration.ofSeconds(1), Settings.MOST_HELD);
      case HOLD_LONGEST -> holdLongest = time(setting, Duration.ofSeconds(1), Settings.MOST_HELD);
      case LOG_LEVEL ->
          logLevel = word(setting, LogLevel::named, LogLevel.values(), LogLevel::text);
      case MOVE ->
          move =
              list(setting, movable(), "a list of some of " + texts(MovePolicy.Movable.values()));
      case NAMES_HN0 ->
          namesHn =
              word(
                  setting,
                  named(MovePolicy.NamesHn.values(), MovePolicy.NamesHn::text),
                  MovePolicy.NamesHn.values(),
                  MovePolicy.NamesHn::text);
      case LEAVE_OFF ->
          leaveOff =
              list(
                  setting,
                  SettingsText::address,
                  "a list of addresses such as \"192.0.2.60\", without a prefix length");
      case FIREWALL ->
          firewall =
              word(
                  setting,
                  named(FirewallUse.values(), FirewallUse::text),
                  FirewallUse.values(),
                  FirewallUse::text);
      case LOG_FORMAT ->
          logFormat = word(setting, LogFormat::named, LogFormat.values(), LogFormat::text);
      case METRICS_FILE -> metricsFile = metricsFile(setting);
    }
  }

  private Optional<String> metricsFile(Setting setting) throws IOException, UserException {
    Optional<String> text = string().filter(value -> !value.equals(Reporting.OFF));
    boolean off = string().isPresent() && text.isEmpty();
    if (!off && text.filter(Reporting::isMetricsFile).isEmpty()) {
      throw unexpected(
          setting,
          "\"off\", or the absolute path of a file whose name ends in .prom, of letters, digits"
              + " and . _ + -");
    }
    return text;
  }

  private <T> T word(
      Setting setting, Function<String, Optional<T>> named, T[] all, Function<T, String> text)
      throws IOException, UserException {
    Optional<T> value = string().flatMap(named);
    if (value.isEmpty()) {
      throw unexpected(
          setting,
          Arrays.stream(all)
              .map(each -> '"' + text.apply(each) + '"')
              .collect(Collectors.joining(" or ")));
    }
    return value.get();
  }

  private static Function<String, Optional<MovePolicy.Movable>> movable() {
    return named(MovePolicy.Movable.values(), MovePolicy.Movable::text);
  }

  private static <T> Function<String, Optional<T>> named(T[] all, Function<T, String> text) {
    return word -> Arrays.stream(all).filter(each -> text.apply(each).equals(word)).findFirst();
  }

  private static String texts(MovePolicy.Movable[] all) {
    return Arrays.stream(all)
        .map(each -> '"' + each.text() + '"')
        .collect(Collectors.joining(", "));
  }

  private static Optional<InetAddress> address(String text) {
    return text.indexOf('%') < 0 && InetAddresses.isInetAddress(text)
        ? Optional.of(InetAddresses.forString(text))
        : Optional.empty();
  }

  /** Parses a list of strings, each of which has a meaning. */
  private <T> ImmutableSet<T> list(
      Setting setting, Function<String, Optional<T>> meaning, String expected)
      throws IOException, UserException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw unexpected(setting, expected);
    }
    ImmutableSet.Builder<T> items = ImmutableSet.builder();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Optional<T> item = string().flatMap(meaning);
      if (item.isEmpty()) {
        throw unexpected(setting, expected);
      }
      items.add(item.get());
    }
    return items.build();
  }

  private Duration time(Setting setting, Duration least, Duration most)
      throws IOException, UserException {
    Optional<Duration> time =
        string()
            .flatMap(Durations::parse)
            .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
    if (time.isEmpty()) {
      throw unexpected(
          setting,
          "a time such as \"90s\", \"15m\" or \"2h\", from "
              + Durations.text(least)
              + " to "
              + Durations.text(most));
    }
    return time.get();
  }

  private Optional<String> string() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING
        ? Optional.of(parser.getText())
        : Optional.empty();
  }

  private UserException unexpected(Setting setting, String expected) throws IOException {
    String found =
        string().map(text -> '"' + text + '"').orElseGet(() -> kind(parser.currentToken()));
    return refused(setting.key() + ": expected " + expected + ", found " + found);
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      default -> "null";
    };
  }

  /**
   * Returns the error for hold times in the wrong order; it names the key in the file if there is
   * only one.
   */
  private UserException holdsTheWrongWayRound() {
    Setting setting =
        places.containsKey(Setting.HOLD_LONGEST) ? Setting.HOLD_LONGEST : Setting.HOLD_FIRST;
    return refused(
        file,
        places.getOrDefault(setting, JsonLocation.NA),
        "hold_longest is "
            + Durations.text(holdLongest)
            + ", less than hold_first, "
            + Durations.text(holdFirst));
  }

  private UserException refused(String what) {
    return refused(file, parser.currentTokenLocation(), what);
  }

  private static UserException refused(String file, JsonLocation place, String what) {
    return UserException.configuration(
        file
            + ", line "
            + place.getLineNr()
            + ", column "
            + Math.max(1, place.getColumnNr())
            + ": "
            + what);
  }
}
