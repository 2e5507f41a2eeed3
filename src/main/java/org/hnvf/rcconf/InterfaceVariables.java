package org.hnvf.rcconf;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;

/**
 * The variables of one interface: {@code ifconfig_IF}, {@code ifconfig_IF_alias0}, … In a
 * variable's name, {@code . - / +} of the interface's name are replaced by {@code _}, and those at
 * its start and one at its end are removed ({@code get_if_var} of network.subr, {@code ltr} of
 * rc.subr).
 */
final class InterfaceVariables {

  private static final CharMatcher PUNCTUATION = CharMatcher.anyOf(".-/+");
  private static final String DEFAULT = "ifconfig_DEFAULT";
  private static final Pattern NUMBERED = Pattern.compile("([0-9]+).*");

  private final RcVariables variables;
  private final InterfaceName interfaceName;

  InterfaceVariables(RcVariables variables, InterfaceName interfaceName) {
    this.variables = variables;
    this.interfaceName = interfaceName;
  }

  RcVariables all() {
    return variables;
  }

  InterfaceName interfaceName() {
    return interfaceName;
  }

  /** Returns the full name of one of this interface's variables. */
  String name(String prefix, String suffix) {
    return name(prefix, interfaceName.value(), suffix);
  }

  /** Returns the full name of a variable of an interface or a route. */
  static String name(String prefix, String of, String suffix) {
    // sh splits the name at the punctuation; there is no field after the last one, and empty
    // fields before the first name do not count.
    boolean cut = !of.isEmpty() && PUNCTUATION.matches(of.charAt(of.length() - 1));
    String fields = PUNCTUATION.trimLeadingFrom(cut ? of.substring(0, of.length() - 1) : of);
    return prefix + PUNCTUATION.replaceFrom(fields, '_') + suffix;
  }

  /** Returns the words of a variable; empty if it is not set. */
  ImmutableList<String> words(String prefix, String suffix) {
    return Words.echoed(Words.of(variables.text(name(prefix, suffix))));
  }

  /**
   * Returns the words of {@code ifconfig_IF}, or of {@code ifconfig_IF_ipv6} with the suffix {@code
   * _ipv6}, including pseudo-words. If the variable is not set, {@code ifconfig_DEFAULT} replaces
   * either; a variable that is set and empty stays empty.
   *
   * @throws UserException if {@code ifconfig_DEFAULT} contains more than words and variables for sh
   */
  ImmutableList<String> configuration(String suffix) throws UserException {
    Optional<String> own = variables.find(name("ifconfig_", suffix));
    if (own.isPresent()) {
      return Words.echoed(Words.of(own.get()));
    }
    // sh reads the default a second time and splits the result again.
    return Words.of(
        Words.join(
            Words.echoed(ShellWords.ofDefault(variables, DEFAULT, variables.text(DEFAULT)))));
  }

  /**
   * Returns the names of the numbered aliases, {@code PREFIX IF _alias0} and so on, in the order of
   * their numbers, with or without gaps.
   */
  ImmutableList<String> aliasNames(String prefix) {
    String start = name(prefix, "_alias");
    return variables.values().keySet().stream()
        .filter(name -> name.startsWith(start))
        .map(name -> NUMBERED.matcher(name.substring(start.length())))
        .filter(Matcher::matches)
        .sorted(
            Comparator.comparing((Matcher alias) -> new BigInteger(alias.group(1)))
                .thenComparing(alias -> alias.group() + "="))
        .map(alias -> start + alias.group())
        .collect(ImmutableList.toImmutableList());
  }
}
