package org.hnvf.lab.rehearse;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hnvf.model.Route;

/** Cuts something out of the variables of rc.conf(5), each a line {@code NAME=VALUE}. */
final class RcCut {

  private static final Pattern ALIAS = Pattern.compile("(ifconfig_\\w+_alias)(\\d{1,4})=.*");

  private static final ImmutableSet<String> LISTS_OF_ROUTES =
      ImmutableSet.of("static_routes", "ipv6_static_routes");

  private static final ImmutableSet<String> LISTS_OF_INTERFACES =
      ImmutableSet.of("cloned_interfaces", "network_interfaces", "ipv6_network_interfaces");

  private static final Pattern OPTIONAL =
      Pattern.compile(
          "(?:ifconfig_\\w+_(?:alias\\d{1,4}|aliases|ipv6|descr)|ipv4_addrs_\\w+"
              + "|ipv6_(?:prefix|default_interface)_\\w+)=.+");

  private RcCut() {}

  /** Returns the variables without which rc(8) still configures an interface. */
  static List<String> optional(List<String> variables) {
    return variables.stream().filter(line -> OPTIONAL.matcher(line).matches()).toList();
  }

  /** Returns the variables without one of them. */
  static List<String> aVariable(List<String> variables, String unwanted) {
    // Its number may have changed meanwhile.
    String value = unwanted.substring(unwanted.indexOf('='));
    String name = nameOf(unwanted).replaceFirst("(?<=_alias)\\d+$", "");
    return numbered(
        variables,
        variables.stream()
            .filter(line -> !(nameOf(line).startsWith(name) && line.endsWith(value)))
            .toList());
  }

  /** Returns the variables without those of an interface. */
  static List<String> anInterface(List<String> variables, String name) {
    String end = "_" + name.replace('.', '_');
    int dot = name.indexOf('.');
    String tagged = dot < 0 ? "" : "vlans_" + name.substring(0, dot);
    return variables.stream()
        .filter(line -> !isOf(nameOf(line), end))
        .map(
            line ->
                LISTS_OF_INTERFACES.contains(nameOf(line)) || nameOf(line).startsWith("vlans_")
                    ? withoutWords(line, name::equals)
                    : line)
        .map(
            line ->
                nameOf(line).equals(tagged)
                    ? withoutWords(line, name.substring(dot + 1)::equals)
                    : line)
        .toList();
  }

  /** A variable such as {@code ifconfig_hn1} or {@code ifconfig_hn1_alias0}. */
  private static boolean isOf(String variable, String end) {
    return variable.endsWith(end) || variable.contains(end + "_");
  }

  /** Returns the variables without an address; the aliases after it get the number before. */
  static List<String> anAddress(List<String> variables, String host) {
    List<String> kept =
        variables.stream()
            .filter(line -> !(OPTIONAL.matcher(line).matches() && isOnly(line, host)))
            .map(
                line ->
                    nameOf(line).startsWith("ipv4_addrs_")
                        ? withoutWords(line, word -> word.startsWith(host + "/"))
                        : line)
            .toList();
    return numbered(variables, kept);
  }

  private static boolean isOnly(String line, String host) {
    return !nameOf(line).startsWith("ipv4_addrs_") && hasWord(line, host);
  }

  /** rc(8) stops at the first number that is missing. */
  private static List<String> numbered(List<String> variables, List<String> kept) {
    List<String> numbered = new ArrayList<>();
    for (String line : kept) {
      Matcher alias = ALIAS.matcher(line);
      if (!alias.matches()) {
        numbered.add(line);
        continue;
      }
      String start = alias.group(1);
      int number = Integer.parseInt(alias.group(2));
      long before = below(variables, start, number) - below(kept, start, number);
      numbered.add(start + (number - before) + line.substring(line.indexOf('=')));
    }
    return numbered;
  }

  private static long below(List<String> variables, String start, int number) {
    return variables.stream()
        .map(ALIAS::matcher)
        .filter(Matcher::matches)
        .filter(alias -> alias.group(1).equals(start))
        .filter(alias -> Integer.parseInt(alias.group(2)) < number)
        .count();
  }

  /** Returns the variables without a static route. */
  static List<String> aRoute(List<String> variables, Route route) {
    if (route.isDefault()) {
      String variable = route.ipv6() ? "ipv6_defaultrouter" : "defaultrouter";
      return variables.stream()
          .map(line -> nameOf(line).equals(variable) ? variable + "=NO" : line)
          .toList();
    }
    String host = route.destination().replaceFirst("/.*", "");
    Optional<String> name =
        variables.stream()
            .filter(line -> nameOf(line).matches("(?:ipv6_)?route_\\w+"))
            .filter(line -> hasWord(line, host) || line.contains(host + "/"))
            .map(line -> nameOf(line).replaceFirst("(?:ipv6_)?route_", ""))
            .findFirst();
    if (name.isEmpty()) {
      return variables;
    }
    return variables.stream()
        .filter(line -> !nameOf(line).endsWith("route_" + name.get()))
        .map(
            line ->
                LISTS_OF_ROUTES.contains(nameOf(line))
                    ? withoutWords(line, name.get()::equals)
                    : line)
        .toList();
  }

  private static String nameOf(String line) {
    int equals = line.indexOf('=');
    return equals < 0 ? line : line.substring(0, equals);
  }

  private static boolean hasWord(String line, String host) {
    return Splitter.on(' ')
        .splitToStream(line.substring(line.indexOf('=') + 1))
        .anyMatch(word -> word.equals(host) || word.startsWith(host + "/"));
  }

  private static String withoutWords(String line, Predicate<String> unwanted) {
    int equals = line.indexOf('=');
    return line.substring(0, equals + 1)
        + Splitter.on(' ')
            .splitToStream(line.substring(equals + 1))
            .filter(unwanted.negate())
            .collect(Collectors.joining(" "));
  }
}
