package org.hnvf.capture;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces names that people chose: {@code host-1}, {@code jail-2}. The same name gets the same
 * replacement. A name that was replaced once is replaced in sentences, too.
 */
final class NameMap {

  static final String DOMAIN = "example.net";

  /** A shorter name would be found in too many words. */
  private static final int SHORTEST = 3;

  private static final Pattern WORD =
      Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?");

  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();

  /** Returns the replacement of a name of this kind. */
  String of(String kind, String name) {
    return names.computeIfAbsent(name, any -> kind + "-" + counts.merge(kind, 1, Integer::sum));
  }

  /** Returns the replacement of a name of a host, with or without its domain. */
  String host(String name) {
    return name.indexOf('.') < 0 ? of("host", name) : of("host", name) + "." + DOMAIN;
  }

  /** Replaces a domain from now on. */
  void domain(String name) {
    names.put(name, DOMAIN);
  }

  /** Returns the text with the names replaced that were replaced before. */
  String inSentence(String text) {
    String shown = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      if (name.getKey().indexOf(' ') >= 0) {
        shown = shown.replace(name.getKey(), name.getValue());
      }
    }
    return WORD.matcher(shown)
        .replaceAll(
            word ->
                Matcher.quoteReplacement(
                    word.group().length() < SHORTEST
                        ? word.group()
                        : names.getOrDefault(word.group(), word.group())));
  }
}
