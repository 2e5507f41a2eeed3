package org.hnvf.freebsd;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The {@code interface "NAME" { … }} declarations of a dhclient.conf(5). Of the rest of the file,
 * the parser only recognises comments, strings and other blocks (the tokens of
 * sbin/dhclient/conflex.c): an {@code interface "NAME";} in a lease or an alias is not a
 * declaration.
 */
public final class DhclientConf {

  /** The default configuration file of dhclient(8). */
  public static final String FILE = "/etc/dhclient.conf";

  private static final String INTERFACE = "interface";

  private DhclientConf() {}

  /** A quoted name and its position in the text, without the quotes. */
  private record Name(String text, int begin, int end) {}

  /** The interfaces that have a declaration. */
  public static ImmutableSet<String> interfaces(String text) {
    return declared(text).stream().map(Name::text).collect(ImmutableSet.toImmutableSet());
  }

  /** Returns the text with the declarations of one interface renamed to another. */
  public static String renamed(String text, String from, String to) {
    StringBuilder renamed = new StringBuilder();
    int copied = 0;
    for (Name name : declared(text)) {
      if (name.text().equals(from)) {
        renamed.append(text, copied, name.begin()).append(to);
        copied = name.end();
      }
    }
    return renamed.append(text, copied, text.length()).toString();
  }

  private static ImmutableList<Name> declared(String text) {
    ImmutableList.Builder<Name> declared = ImmutableList.builder();
    List<String> before = new ArrayList<>(List.of("", ""));
    Name last = new Name("", 0, 0);
    int depth = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = end(text, at);
      if (c == '{') {
        if (depth == 0 && before.get(0).equals(INTERFACE) && before.get(1).equals("\"")) {
          declared.add(last);
        }
        depth++;
      } else if (c == '}') {
        depth--;
      } else if (c == '"') {
        last = new Name(text.substring(at + 1, Math.max(at + 1, end - 1)), at + 1, end - 1);
      }
      if (c != '#' && !Character.isWhitespace(c)) {
        before.remove(0);
        before.add(c == '"' ? "\"" : text.substring(at, end).toLowerCase(Locale.ROOT));
      }
      at = end;
    }
    return declared.build();
  }

  /** Returns the end of the token that begins here: a comment, a string, a word, or a character. */
  private static int end(String text, int begin) {
    char first = text.charAt(begin);
    int at = begin + 1;
    if (first == '#') {
      int line = text.indexOf('\n', begin);
      return line < 0 ? text.length() : line;
    }
    if (first == '"') {
      while (at < text.length() && text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      return Math.min(at + 1, text.length());
    }
    if (isWord(first)) {
      while (at < text.length() && isWord(text.charAt(at))) {
        at++;
      }
    }
    return at;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  }
}
