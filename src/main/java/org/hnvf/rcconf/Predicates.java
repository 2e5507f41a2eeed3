package org.hnvf.rcconf;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.model.UserException;

/**
 * The predicates of network.subr on an interface, and the pseudo-words that answer them: {@code
 * DHCP}, {@code SYNCDHCP}, {@code NOSYNCDHCP}, {@code NOAUTO}, {@code WPA}, {@code HOSTAP} in any
 * case, and {@code vnet JAIL}.
 */
final class Predicates {

  private static final ImmutableSet<String> DHCP_WORDS =
      ImmutableSet.of("dhcp", "syncdhcp", "nosyncdhcp");
  private static final ImmutableSet<String> PSEUDO_WORDS =
      ImmutableSet.of("dhcp", "syncdhcp", "nosyncdhcp", "noauto", "wpa", "hostap");
  private static final Pattern WITHOUT_ADDRESSES =
      Pattern.compile("(pflog|pfsync|usbus|an|ath|ipw|ipfw|iwi|iwn|ral|wi|wl|wpi)[0-9].*");
  private static final Pattern WITHOUT_AUTOCONFIGURATION = Pattern.compile("(lo|stf|lp|sl)[0-9].*");

  private final InterfaceVariables variables;
  private final Complaints complaints;

  Predicates(InterfaceVariables variables, Complaints complaints) {
    this.variables = variables;
    this.complaints = complaints;
  }

  /** Returns the words for ifconfig(8) without the pseudo-words. */
  static ImmutableList<String> arguments(List<String> words) {
    ImmutableList.Builder<String> arguments = ImmutableList.builder();
    boolean jail = false;
    for (String word : words) {
      if (jail) {
        jail = false;
      } else if (word.equals("vnet")) {
        jail = true;
      } else if (!PSEUDO_WORDS.contains(Ascii.toLowerCase(word))) {
        arguments.add(word);
      }
    }
    return Words.echoed(arguments.build());
  }

  /** Returns whether the interface has no addresses, whatever rc.conf says: {@code noafif}. */
  boolean withoutAddresses() {
    return matches(WITHOUT_ADDRESSES);
  }

  /** {@code dhcpif}. */
  boolean dhcp() throws UserException {
    return !matches(WITHOUT_AUTOCONFIGURATION)
        && !withoutAddresses()
        && variables.configuration("").stream()
            .anyMatch(word -> DHCP_WORDS.contains(Ascii.toLowerCase(word)));
  }

  /** {@code syncdhcpif}, which does not check whether DHCP is wanted. */
  boolean syncDhcp() throws UserException {
    if (withoutAddresses()) {
      return false;
    }
    for (String word : variables.configuration("")) {
      if (Ascii.equalsIgnoreCase(word, "nosyncdhcp")) {
        return false;
      }
      if (Ascii.equalsIgnoreCase(word, "syncdhcp")) {
        return true;
      }
    }
    return isYes("synchronous_dhclient");
  }

  /** {@code autoif}. */
  boolean auto() throws UserException {
    return variables.configuration("").stream()
        .noneMatch(word -> Ascii.equalsIgnoreCase(word, "noauto"));
  }

  /** Returns the jail of {@code vnet JAIL}: {@code vnetif}. */
  Optional<String> vnetJail() throws UserException {
    ImmutableList<String> words = variables.configuration("");
    int vnet = words.indexOf("vnet");
    return vnet >= 0 && vnet + 1 < words.size()
        ? Optional.of(words.get(vnet + 1))
        : Optional.empty();
  }

  /** Returns whether IPv6 is configured on the interface: {@code ipv6if}. */
  boolean ipv6() throws UserException {
    String name = variables.interfaceName().value();
    if (name.equals("lo0")) {
      return true;
    }
    String list = variables.all().text("ipv6_network_interfaces");
    boolean listed = (" " + list + " ").contains(" " + name + " ");
    return (listed || Ascii.equalsIgnoreCase(list, "auto"))
        && !(variables.configuration("_ipv6").isEmpty()
            && variables.words("ipv6_prefix_", "").isEmpty()
            && variables.words("ipv6_ifconfig_", "").isEmpty());
  }

  /** Returns whether addresses come from router advertisements: {@code ipv6_autoconfif}. */
  boolean acceptRtadv() throws UserException {
    if (matches(WITHOUT_AUTOCONFIGURATION)
        || withoutAddresses()
        || !ipv6()
        || isYes("ipv6_gateway_enable")
        || !variables.words("ipv6_prefix_", "").isEmpty()) {
      return false;
    }
    if (ipv6EnabledTheOldWay()) {
      return !isYes("ipv6_gateway_enable") && !isBridge();
    }
    return variables.configuration("_ipv6").contains("accept_rtadv")
        || variables.words("ipv6_ifconfig_", "").contains("accept_rtadv");
  }

  /** {@code ipv6_enable}, which FreeBSD still evaluates. */
  boolean ipv6EnabledTheOldWay() {
    return variables.all().yesNo("ipv6_enable").orElse(false);
  }

  boolean isBridge() {
    return variables.interfaceName().value().matches("bridge[0-9].*");
  }

  /** {@code checkyesno}: a value that is neither yes nor no counts as no, with a warning. */
  boolean isYes(String variable) {
    return variables
        .all()
        .yesNo(variable)
        .orElseGet(
            () -> {
              complaints.add(
                  variable
                      + " is neither YES nor NO but \""
                      + variables.all().text(variable)
                      + "\"; hnvf takes it as NO");
              return false;
            });
  }

  private boolean matches(Pattern names) {
    return names.matcher(variables.interfaceName().value()).matches();
  }
}
