package org.hnvf.capture;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Anonymises the variables of rc.conf(5). A word stays if it is an address or known; the names of
 * static routes are replaced in their variables, too.
 */
final class RcWords {

  private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_]+)=(.*)");
  private static final Pattern ROUTE = Pattern.compile("((?:ipv6_)?route_)(.+)");
  private static final Pattern TOKEN = Pattern.compile("\\s+|[\"'`;&|<>()]|[^\\s\"'`;&|<>()]+");
  private static final Pattern FREE =
      Pattern.compile(
          "(?i)(?<![^\\s])(description|descr|ssid|bssid)\\s+(\"[^\"]*\"?|'[^']*'?|\\S+)");
  private static final Pattern ADDRESSES =
      Pattern.compile("[0-9A-Fa-f.:-]+([%/{][0-9A-Za-z,./}]*)?");
  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9_./-]+");

  private final NameMap names;
  private final AddressWords addresses;
  private final Vocabulary words;

  RcWords(NameMap names, AddressWords addresses, Vocabulary words) {
    this.names = names;
    this.addresses = addresses;
    this.words = words;
  }

  /** Returns the variables anonymised; a description is left out. */
  String of(String text) {
    return Lines.map(text, this::line);
  }

  private String line(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches() || parts.group(1).endsWith("_descr")) {
      return "";
    }
    String variable = parts.group(1);
    Matcher route = ROUTE.matcher(variable);
    String shown = route.matches() ? route.group(1) + route(route.group(2)) : variable;
    String value = parts.group(2);
    return shown
        + "="
        + (variable.endsWith("static_routes")
            ? routes(value)
            : value(FREE.matcher(value).replaceAll("")));
  }

  /** Returns the replacement of the name of a static route, a part of a variable's name. */
  private String route(String name) {
    return words.isPlain(name) ? name : names.of("route", name).replace('-', '_');
  }

  private String routes(String value) {
    StringBuilder shown = new StringBuilder();
    Matcher tokens = TOKEN.matcher(value);
    while (tokens.find()) {
      String token = tokens.group();
      int colon = token.lastIndexOf(':');
      String name = colon < 0 ? token : token.substring(0, colon);
      shown.append(
          token.isBlank() ? token : route(name) + (colon < 0 ? "" : word(token.substring(colon))));
    }
    return shown.toString();
  }

  private String value(String value) {
    StringBuilder shown = new StringBuilder();
    Matcher tokens = TOKEN.matcher(value);
    while (tokens.find()) {
      String token = tokens.group();
      shown.append(token.length() == 1 || token.isBlank() ? token : word(token));
    }
    return shown.toString().strip();
  }

  private String word(String word) {
    if (word.startsWith(":")) {
      return ":" + word(word.substring(1));
    }
    if (word.isEmpty() || words.isPlain(word) || PATH.matcher(word).matches()) {
      return word;
    }
    if (ADDRESSES.matcher(word).matches() && word.matches(".*[.:].*")) {
      return addresses.replaced(word);
    }
    return word.matches("(?!-)[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+")
        ? names.host(word)
        : names.of("word", word);
  }
}
