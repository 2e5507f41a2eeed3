package org.hnvf.capture;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Anonymises the files of dhclient(8): its leases and its configuration. They have one grammar.
 * Only known statements and options stay; comments do not.
 */
final class DhclientText {

  /** A comment, a string, a word, or a mark (sbin/dhclient/conflex.c). */
  private static final Pattern TOKEN =
      Pattern.compile("#[^\\n]*|\"(?:\\\\(?s:.)|[^\"\\\\])*+\"?|[^\\s\"{};,#]+|[{};]");

  private static final ImmutableSet<String> NUMBERS =
      ImmutableSet.of(
          "timeout", "retry", "reboot", "select-timeout", "initial-interval", "backoff-cutoff");

  private static final ImmutableSet<String> ADDRESSES =
      ImmutableSet.of("fixed-address", "next-server", "reject");

  private static final ImmutableSet<String> TIMES = ImmutableSet.of("renew", "rebind", "expire");

  private static final ImmutableSet<String> MODIFIERS =
      ImmutableSet.of("send", "default", "supersede", "prepend", "append", "option");

  private static final ImmutableSet<String> LISTS = ImmutableSet.of("request", "require", "ignore");

  private static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of(
          "subnet-mask",
          "broadcast-address",
          "routers",
          "domain-name-servers",
          "domain-name",
          "domain-search",
          "host-name",
          "interface-mtu",
          "ntp-servers",
          "time-offset",
          "static-routes",
          "classless-routes",
          "dhcp-lease-time",
          "dhcp-renewal-time",
          "dhcp-rebinding-time",
          "dhcp-message-type",
          "dhcp-server-identifier");

  private static final Pattern VALUE = Pattern.compile("[0-9.:/%]+|true|false|on|off");

  private final NameMap names;
  private final Vocabulary words;
  private final StringBuilder text = new StringBuilder();
  private int depth;

  private DhclientText(NameMap names, Vocabulary words) {
    this.names = names;
    this.words = words;
  }

  /** Returns the text with known statements alone; its addresses are not replaced yet. */
  static String of(String text, NameMap names, Vocabulary words) {
    return new DhclientText(names, words).statements(text);
  }

  private String statements(String original) {
    List<String> statement = new ArrayList<>();
    Matcher tokens = TOKEN.matcher(original);
    // Depth of unknown blocks, whose statements are left out.
    int unknown = 0;
    while (tokens.find()) {
      String token = tokens.group();
      if (token.startsWith("#")) {
        continue;
      }
      switch (token) {
        case "{" -> {
          unknown = unknown > 0 || !opens(statement) ? unknown + 1 : 0;
          statement.clear();
        }
        case "}" -> {
          unknown = unknown > 0 ? unknown - 1 : closed();
          statement.clear();
        }
        case ";" -> {
          if (unknown == 0) {
            statement(statement);
          }
          statement.clear();
        }
        default -> statement.add(token);
      }
    }
    return text.toString();
  }

  private int closed() {
    if (depth > 0) {
      depth--;
      line("}");
    }
    return 0;
  }

  /** Opens a block if it is known. */
  private boolean opens(List<String> statement) {
    boolean block = statement.equals(List.of("lease")) || statement.equals(List.of("alias"));
    boolean ofInterface =
        statement.size() == 2
            && statement.get(0).equals("interface")
            && isInterface(statement.get(1));
    boolean known = depth == 0 && (block || ofInterface);
    if (known) {
      line(String.join(" ", statement) + " {");
      depth++;
    }
    return known;
  }

  private boolean isInterface(String quoted) {
    return quoted.length() > 2 && words.isInterface(quoted.substring(1, quoted.length() - 1));
  }

  private void statement(List<String> words) {
    if (words.isEmpty()) {
      return;
    }
    String first = words.get(0);
    List<String> rest = words.subList(1, words.size());
    if (NUMBERS.contains(first) || ADDRESSES.contains(first)) {
      values(first, rest);
    } else if (TIMES.contains(first)) {
      if (rest.stream().allMatch(word -> word.matches("[0-9/:]+|never"))) {
        line(first + " " + String.join(" ", rest) + ";");
      }
    } else if (first.equals("interface") && rest.size() == 1 && isInterface(rest.get(0))) {
      line("interface " + rest.get(0) + ";");
    } else if (LISTS.contains(first)) {
      line(first + " " + String.join(", ", rest.stream().filter(OPTIONS::contains).toList()) + ";");
    } else if (first.equals("bootp") && rest.isEmpty()) {
      line("bootp;");
    } else if (MODIFIERS.contains(first) && rest.size() > 1 && OPTIONS.contains(rest.get(0))) {
      option(first, rest.get(0), rest.subList(1, rest.size()));
    }
  }

  private void option(String modifier, String option, List<String> rest) {
    String start = modifier + " " + option;
    switch (option) {
      case "host-name" -> line(start + " \"" + names.host(unquoted(rest.get(0))) + "\";");
      case "domain-name", "domain-search" -> {
        rest.forEach(word -> names.domain(unquoted(word)));
        line(start + " \"" + NameMap.DOMAIN + "\";");
      }
      // Their values have a grammar of their own.
      case "classless-routes", "static-routes" -> {}
      default -> values(start, rest);
    }
  }

  private void values(String start, List<String> rest) {
    if (!rest.isEmpty() && rest.stream().allMatch(word -> VALUE.matcher(word).matches())) {
      line(start + " " + String.join(",", rest) + ";");
    }
  }

  private static String unquoted(String word) {
    return word.startsWith("\"") && word.endsWith("\"") && word.length() > 1
        ? word.substring(1, word.length() - 1)
        : word;
  }

  private void line(String line) {
    text.append("  ".repeat(depth)).append(line).append('\n');
  }
}
