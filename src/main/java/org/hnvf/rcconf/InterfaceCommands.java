package org.hnvf.rcconf;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.regex.Pattern;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;

/**
 * Returns the commands that FreeBSD's netif would run for one interface, in its order: those of
 * {@code ifconfig_IF}, then IPv6 aliases, then IPv4 aliases (ifn_start of network.subr, FreeBSD
 * 15).
 *
 * <p>Left out: {@code /etc/start_if.IF}, VLANs ({@code vlans_IF}), the DHCP client, wpa_supplicant
 * and hostapd. An interface with {@code WPA} or {@code HOSTAP} is configured as one without.
 */
final class InterfaceCommands {

  /** An {@code ifconfig_IF_ipv6} that begins with an address instead of {@code inet6}. */
  private static final Pattern BARE_IPV6 = Pattern.compile(":.*|[0-9a-fA-F].*:.*", Pattern.DOTALL);

  private final InterfaceName interfaceName;
  private final InterfaceVariables variables;
  private final Complaints complaints = new Complaints();
  private final Predicates predicates;
  private final ImmutableList.Builder<ImmutableList<String>> commands = ImmutableList.builder();

  private InterfaceCommands(InterfaceVariables variables) {
    this.interfaceName = variables.interfaceName();
    this.variables = variables;
    this.predicates = new Predicates(variables, complaints);
  }

  /**
   * Returns the configuration of one interface.
   *
   * @throws UserException (configuration) if a value contains more than words and variables for sh
   */
  static InterfaceConfig of(RcVariables all, InterfaceName interfaceName) throws UserException {
    InterfaceVariables variables = new InterfaceVariables(all, interfaceName);
    InterfaceCommands netif = new InterfaceCommands(variables);
    netif.start();
    // The same predicates again for the result; their warnings have been collected.
    Predicates answers = new Predicates(variables, new Complaints());
    return new InterfaceConfig(
        interfaceName,
        answers.dhcp(),
        answers.syncDhcp(),
        answers.auto(),
        answers.acceptRtadv(),
        answers.vnetJail(),
        netif.commands.build(),
        netif.complaints.texts());
  }

  private void start() throws UserException {
    boolean addresses = !predicates.withoutAddresses();
    if (addresses) {
      ipv6Options();
    }
    boolean configured = interfaceName.value().equals("lo0");
    configured |= main();
    if (addresses) {
      configured |= ipv6();
    }
    aliases("link");
    aliases("ether");
    ImmutableList<String> description = variables.words("ifconfig_", "_descr");
    if (!description.isEmpty()) {
      ifconfig("description", Words.join(description));
    }
    if (configured) {
      ifconfig("up");
    }
    if (addresses && predicates.acceptRtadv()) {
      ifconfig("inet6", "accept_rtadv", "up");
      commands.add(ImmutableList.of("rtsol", interfaceName.value()));
      configured = true;
    }
    if (predicates.dhcp()) {
      if (!configured) {
        ifconfig("up");
      }
      // netif evaluates this to decide whether to wait for the client; only its warning matters
      // here.
      predicates.syncDhcp();
    }
    if (addresses) {
      if (predicates.ipv6()) {
        aliases("inet6");
        ipv6Prefixes();
      }
      ipv4();
    }
  }

  /** Adds the switches that concern every interface, or the one to the provider. */
  private void ipv6Options() {
    ImmutableList.Builder<String> options = ImmutableList.builder();
    if (predicates.isYes("ipv6_activate_all_interfaces")) {
      options.add("-ifdisabled");
    }
    if (predicates.ipv6EnabledTheOldWay()
        && !predicates.isBridge()
        && !predicates.isYes("ipv6_gateway_enable")) {
      options.add("accept_rtadv");
    }
    if (variables.all().text("ipv6_cpe_wanif").equals(interfaceName.value())) {
      options.add("-no_radr", "accept_rtadv");
    }
    ImmutableList<String> given = options.build();
    if (!given.isEmpty()) {
      ifconfig(prepended("inet6", given));
    }
  }

  private boolean main() throws UserException {
    ImmutableList<String> arguments = Predicates.arguments(variables.configuration(""));
    if (arguments.isEmpty()) {
      return false;
    }
    ifconfig(readAgain("ifconfig_", "", Words.join(arguments)));
    return true;
  }

  private boolean ipv6() throws UserException {
    boolean configured = false;
    String arguments = Words.join(Predicates.arguments(variables.configuration("_ipv6")));
    if (!arguments.isEmpty()) {
      if (BARE_IPV6.matcher(arguments).matches()) {
        complaints.add(
            variables.name("ifconfig_", "_ipv6")
                + " lacks the word \"inet6\" before its IPv6 address");
        arguments = "inet6 " + arguments;
      }
      ifconfig("inet6", "-ifdisabled");
      ifconfig(readAgain("ifconfig_", "_ipv6", arguments));
      configured = true;
    }
    if (!variables.words("ipv6_prefix_", "").isEmpty()) {
      ifconfig("inet6", "-ifdisabled");
      configured = true;
    }
    ImmutableList<String> obsolete = variables.words("ipv6_ifconfig_", "");
    if (!obsolete.isEmpty()) {
      complaints.add(
          variables.name("ipv6_ifconfig_", "")
              + " is obsolete: use "
              + variables.name("ifconfig_", "_ipv6"));
      ifconfig("inet6", "-ifdisabled");
      ifconfig(prepended("inet6", readAgain("ipv6_ifconfig_", "", Words.join(obsolete))));
      configured = true;
    }
    return configured;
  }

  /** Adds the addresses of a prefix and the interface's own identifier ({@code ipv6_prefix_IF}). */
  private void ipv6Prefixes() {
    for (String prefix : variables.words("ipv6_prefix_", "")) {
      int slash = prefix.indexOf('/');
      String length = slash < 0 ? "64" : prefix.substring(slash + 1);
      String network = slash < 0 ? prefix : prefix.substring(0, prefix.lastIndexOf('/'));
      if (network.contains("::")) {
        network = network.substring(0, network.lastIndexOf("::"));
      }
      if (network.endsWith(":")) {
        network = network.substring(0, network.length() - 1);
      }
      // sh passes no argument for an empty length.
      ImmutableList<String> address =
          Words.concat(
              ImmutableList.of("inet6", network + "::", "prefixlen"),
              length.isEmpty() ? new String[0] : new String[] {length});
      ifconfig(Words.concat(address, "eui64", "alias"));
      if (predicates.isYes("ipv6_gateway_enable")) {
        ifconfig(Words.concat(address, "alias", "anycast"));
      }
    }
  }

  private void ipv4() throws UserException {
    if (interfaceName.value().equals("lo0") && variables.words("ifconfig_", "").isEmpty()) {
      ifconfig("inet", "127.0.0.1/8", "alias");
    }
    aliases("inet");
  }

  private void aliases(String family) throws UserException {
    for (ImmutableList<String> alias : Aliases.of(family, variables, complaints)) {
      ifconfig(Words.concat(alias, "alias"));
    }
  }

  /** Returns the words of a value that sh reads a second time. */
  private ImmutableList<String> readAgain(String prefix, String suffix, String text)
      throws UserException {
    return ShellWords.ofArguments(variables.all(), variables.name(prefix, suffix), text);
  }

  private void ifconfig(String... arguments) {
    ifconfig(ImmutableList.copyOf(arguments));
  }

  private void ifconfig(List<String> arguments) {
    commands.add(
        ImmutableList.<String>builder()
            .add("ifconfig", interfaceName.value())
            .addAll(arguments)
            .build());
  }

  private static ImmutableList<String> prepended(String first, List<String> others) {
    return ImmutableList.<String>builder().add(first).addAll(others).build();
  }
}
