package org.hnvf.rcconf;

import com.google.common.collect.ImmutableList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.UserException;

/**
 * Reads a value a second time: network.subr passes some values of rc.conf(5) to {@code eval}, so
 * quotes, backslashes and variables in them have a meaning ({@code ifconfig_hn0='inet $ip/24
 * description "front end"'}).
 *
 * <p>It supports quotes, backslashes, comments, {@code $name} and {@code ${name}}. A value that
 * would run another command or change a variable is refused: it has no place among the arguments of
 * ifconfig(8). File names are not expanded.
 */
final class ShellWords {

  private static final Pattern PARAMETER =
      Pattern.compile("\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)})");
  private static final String OPERATORS = ";&|<>()";
  private static final String SPECIAL = "{(0123456789@*#?$!-";

  private final RcVariables variables;
  private final String name;
  private final String text;
  private final boolean command;

  private final ImmutableList.Builder<String> words = ImmutableList.builder();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;
  private int position;

  private ShellWords(RcVariables variables, String name, String text, boolean command) {
    this.variables = variables;
    this.name = name;
    this.text = text;
    this.command = command;
  }

  /**
   * Returns the words of the arguments of a command line.
   *
   * @param name the variable, for the message
   * @throws UserException (configuration) if it contains more than arguments
   */
  static ImmutableList<String> ofArguments(RcVariables variables, String name, String text)
      throws UserException {
    return new ShellWords(variables, name, text, true).read();
  }

  /**
   * Returns the words of the default in {@code ${variable-default}}.
   *
   * @param name the variable, for the message
   * @throws UserException (configuration) if it contains more than that
   */
  static ImmutableList<String> ofDefault(RcVariables variables, String name, String text)
      throws UserException {
    return new ShellWords(variables, name, text, false).read();
  }

  private ImmutableList<String> read() throws UserException {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (command && c == '#' && atWordStart()) {
        break;
      }
      position++;
      unquoted(c);
    }
    endWord();
    return words.build();
  }

  private void unquoted(char c) throws UserException {
    switch (c) {
      case ' ', '\t', '\n' -> endWord();
      case '\\' -> escaped();
      case '\'' -> singleQuoted();
      case '"' -> doubleQuoted();
      case '$' -> {
        String value = parameter();
        for (int i = 0; i < value.length(); i++) {
          plainOrBlank(value.charAt(i));
        }
      }
      case '`' -> throw refused("`");
      case '}' -> {
        if (!command) {
          throw refused("}");
        }
        plain(c);
      }
      default -> {
        if (command && OPERATORS.indexOf(c) >= 0) {
          throw refused(String.valueOf(c));
        }
        plain(c);
      }
    }
  }

  /**
   * Returns whether a word of the text begins here, even one that is empty so far, {@code
   * $nothing}.
   */
  private boolean atWordStart() {
    return !begun && (position == 0 || isBlank(text.charAt(position - 1)));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
  }

  private void plain(char c) {
    begun = true;
    word.append(c);
  }

  private void plainOrBlank(char c) {
    if (isBlank(c)) {
      endWord();
    } else {
      plain(c);
    }
  }

  private void endWord() {
    if (begun) {
      words.add(word.toString());
    }
    word.setLength(0);
    begun = false;
  }

  private void escaped() {
    if (position == text.length()) {
      plain('\\');
    } else if (text.charAt(position) == '\n') {
      position++;
    } else {
      plain(text.charAt(position++));
    }
  }

  private void singleQuoted() throws UserException {
    int end = text.indexOf('\'', position);
    if (end < 0) {
      throw unterminated();
    }
    begun = true;
    word.append(text, position, end);
    position = end + 1;
  }

  private void doubleQuoted() throws UserException {
    begun = true;
    while (position < text.length()) {
      char c = text.charAt(position++);
      switch (c) {
        case '"' -> {
          return;
        }
        case '\\' -> {
          if (position < text.length() && "$`\"\\\n".indexOf(text.charAt(position)) >= 0) {
            escaped();
          } else {
            word.append(c);
          }
        }
        case '$' -> word.append(parameter());
        case '`' -> throw refused("`");
        default -> word.append(c);
      }
    }
    throw unterminated();
  }

  /**
   * Returns the value of the parameter whose {@code $} has just been read; a lone {@code $} is
   * literal.
   */
  private String parameter() throws UserException {
    Matcher matcher = PARAMETER.matcher(text).region(position - 1, text.length());
    if (matcher.lookingAt()) {
      position = matcher.end();
      String bare = matcher.group(1);
      return variables.text(bare == null ? matcher.group(2) : bare);
    }
    if (position < text.length() && SPECIAL.indexOf(text.charAt(position)) >= 0) {
      throw refused("$" + text.charAt(position));
    }
    return "$";
  }

  private UserException refused(String what) {
    return UserException.configuration(
        "rc.conf: the value of "
            + name
            + " has "
            + what
            + ", which sh would expand when netif passes it to ifconfig; hnvf accepts "
            + "only quotes and plain variables there");
  }

  private UserException unterminated() {
    return UserException.configuration(
        "rc.conf: the value of "
            + name
            + " has a quote without its closing quote; sh stops there when netif "
            + "passes it to ifconfig");
  }
}
