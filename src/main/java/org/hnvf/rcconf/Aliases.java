package org.hnvf.rcconf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.UserException;

/**
 * The further addresses of one interface: {@code ifconfig_IF_aliases}, {@code ifconfig_IF_aliasN},
 * {@code ipv4_addrs_IF} and the obsolete {@code ipv6_ifconfig_IF_aliasN} (ifalias of network.subr,
 * rc.conf(5)).
 */
final class Aliases {

  private static final ImmutableSet<String> FAMILIES =
      ImmutableSet.of("inet", "inet6", "link", "ether");
  private static final Pattern FAMILY_FIRST =
      Pattern.compile("(inet6?|link|ether)[ \\t\\n\\x0B\\f\\r]");
  private static final Pattern LIKE_A_RANGE = Pattern.compile("[0-9a-fA-F]-");

  private final InterfaceVariables variables;
  private final Complaints complaints;
  private final AddressRange ranges;
  private final ImmutableList.Builder<ImmutableList<String>> aliases = ImmutableList.builder();

  private Aliases(InterfaceVariables variables, Complaints complaints) {
    this.variables = variables;
    this.complaints = complaints;
    this.ranges = new AddressRange(variables.all(), complaints);
  }

  /**
   * Returns the aliases of one address family, each as the words for ifconfig(8), the family first.
   *
   * @param family {@code inet}, {@code inet6}, {@code link} or {@code ether}
   * @throws UserException if a value contains more than words and variables for sh
   */
  static ImmutableList<ImmutableList<String>> of(
      String family, InterfaceVariables variables, Complaints complaints) throws UserException {
    Aliases aliases = new Aliases(variables, complaints);
    aliases.read(family);
    return aliases.aliases.build();
  }

  private void read(String family) throws UserException {
    ImmutableList<ImmutableList<String>> all = split(words(family));
    for (int i = 0; i < all.size(); i++) {
      ImmutableList<String> alias = all.get(i);
      if (!alias.get(0).equals(family) || alias.size() == 1) {
        continue;
      }
      if (i + 1 < all.size()) {
        // sh reads every alias except the last one a second time.
        String name = variables.name("ifconfig_", "_alias*");
        String again = Words.join(ShellWords.ofArguments(variables.all(), name, Words.join(alias)));
        add(Words.of(again));
      } else {
        add(alias);
      }
    }
  }

  /** Returns the words of all variables that may contain an alias of the family. */
  private ImmutableList<String> words(String family) {
    List<String> words = new ArrayList<>(variables.words("ifconfig_", "_aliases"));
    for (String name : variables.aliasNames("ifconfig_")) {
      String value = variables.all().text(name);
      if (value.isEmpty()) {
        break; // the first empty one ends the list
      }
      Matcher first = FAMILY_FIRST.matcher(value);
      Optional<String> own = first.lookingAt() ? Optional.of(first.group(1)) : Optional.empty();
      if (own.isPresent() ? own.get().equals(family) : family.equals("inet")) {
        if (own.isEmpty()) {
          complaints.add(name + " lacks the word \"inet\" before its IPv4 address");
          words.add(family);
        }
        words.addAll(Words.of(value));
      }
    }
    if (family.equals("inet6")) {
      for (String name : variables.aliasNames("ipv6_ifconfig_")) {
        String value = variables.all().text(name);
        if (value.isEmpty()) {
          break;
        }
        complaints.add(name + " is obsolete: use " + variables.name("ifconfig_", "_aliasN"));
        words.add("inet6");
        words.addAll(Words.of(value));
      }
    }
    for (String address : variables.words("ipv4_addrs_", "")) {
      words.add("inet");
      words.add(address);
    }
    return ImmutableList.copyOf(words);
  }

  /** Splits before every name of a family. Words before the first one are ignored. */
  private static ImmutableList<ImmutableList<String>> split(List<String> words) {
    List<List<String>> parts = new ArrayList<>();
    for (String word : words) {
      if (FAMILIES.contains(word)) {
        parts.add(new ArrayList<>());
      }
      if (!parts.isEmpty()) {
        parts.get(parts.size() - 1).add(word);
      }
    }
    return parts.stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList());
  }

  private void add(ImmutableList<String> alias) throws UserException {
    if (alias.size() < 2) {
      return;
    }
    boolean password = alias.get(1).equals("pass") && alias.size() > 2;
    if (password || !LIKE_A_RANGE.matcher(Words.join(alias)).find()) {
      aliases.add(alias);
    } else {
      // An alias that still looks like a range has network.subr call itself without end, so FreeBSD
      // never sets it: description a-b, a CARP password with a hyphen.
      ranges.expand(alias).stream()
          .filter(one -> !LIKE_A_RANGE.matcher(Words.join(one)).find())
          .forEach(aliases::add);
    }
  }
}
