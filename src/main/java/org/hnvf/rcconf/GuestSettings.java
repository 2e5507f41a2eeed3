package org.hnvf.rcconf;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;

/**
 * Parses the part of rc.conf that concerns more than one interface: routes ({@code
 * /etc/rc.d/routing}), the DHCP client ({@code /etc/rc.d/dhclient}), the delay of the VF.
 */
final class GuestSettings {

  private static final Duration LEAST_DELAY = Duration.ofSeconds(2);
  private static final Pattern SECONDS = Pattern.compile("0*([0-9]{1,9})");
  private static final Pattern INTERFACE = Pattern.compile("[a-z][a-z_]*[0-9]+");
  private static final Pattern LAGG = Pattern.compile("lagg[0-9]+");

  private final RcVariables variables;
  private final InterfaceVariables own;
  private final Complaints complaints = new Complaints();

  private GuestSettings(RcVariables variables, InterfaceName hn) {
    this.variables = variables;
    this.own = new InterfaceVariables(variables, hn);
  }

  /**
   * Returns the configuration of a pair.
   *
   * @param warnings the warnings so far; the result's warnings begin with them
   * @throws UserException (configuration) if a value contains more than words and variables for sh
   */
  static GuestConfig of(RcVariables variables, InterfaceName hn, ImmutableList<String> warnings)
      throws UserException {
    InterfaceConfig interfaceConfig = InterfaceCommands.of(variables, hn);
    GuestSettings settings = new GuestSettings(variables, hn);
    warnings.forEach(settings.complaints::add);
    ImmutableList<ImmutableList<String>> routes =
        ImmutableList.<ImmutableList<String>>builder()
            .addAll(settings.routes("static_routes", "route_"))
            .addAll(settings.routes("ipv6_static_routes", "ipv6_route_"))
            .build();
    Duration delay = settings.delay();
    return new GuestConfig(
        interfaceConfig,
        settings.routers("defaultrouter"),
        settings.routers("ipv6_defaultrouter"),
        routes,
        settings.dhclientProgram(),
        settings.dhclientFlags(),
        delay,
        settings.laggs(),
        settings.otherClients(),
        settings.complaints.texts());
  }

  /**
   * Returns the default routers by FIB, as {@code /etc/rc.d/routing} reads them: the names for FIB
   * 1 and higher contain the FIB.
   */
  private ImmutableMap<Integer, String> routers(String name) {
    Map<Integer, String> routers = new TreeMap<>();
    router(name).ifPresent(router -> routers.put(0, router));
    Pattern ofFib = Pattern.compile(name + "_fib([1-9][0-9]{0,4})");
    for (String variable : variables.values().keySet()) {
      Matcher fib = ofFib.matcher(variable);
      if (fib.matches()) {
        router(variable).ifPresent(router -> routers.put(Integer.valueOf(fib.group(1)), router));
      }
    }
    return ImmutableMap.copyOf(routers);
  }

  private Optional<String> router(String name) {
    String router = Words.join(Words.of(variables.text(name)));
    return router.isEmpty() || Ascii.equalsIgnoreCase(router, "no")
        ? Optional.empty()
        : Optional.of(router);
  }

  /**
   * Returns the operands of route(8). {@code NAME:IF} in the list is a route of the interface IF; a
   * route of another interface does not belong to this pair.
   */
  private ImmutableList<ImmutableList<String>> routes(String list, String prefix) {
    ImmutableList.Builder<ImmutableList<String>> routes = ImmutableList.builder();
    for (String entry : Words.of(variables.text(list))) {
      int colon = entry.lastIndexOf(':');
      String name = colon < 0 ? entry : entry.substring(0, colon);
      if (colon >= 0 && !entry.substring(colon + 1).equals(own.interfaceName().value())) {
        continue;
      }
      String variable = InterfaceVariables.name(prefix, name, "");
      ImmutableList<String> operands = Words.echoed(Words.of(variables.text(variable)));
      if (operands.isEmpty()) {
        complaints.add(list + " names " + name + ", but " + variable + " is not set");
      } else if (prefix.startsWith("ipv6_")) {
        routes.add(ImmutableList.<String>builder().add("-inet6").addAll(operands).build());
      } else {
        routes.add(operands);
      }
    }
    return routes.build();
  }

  private String dhclientProgram() {
    ImmutableList<String> program = Words.of(variables.text("dhclient_program"));
    return program.isEmpty() ? GuestConfig.DHCLIENT : Words.join(program);
  }

  private ImmutableList<String> dhclientFlags() {
    ImmutableList.Builder<String> flags = ImmutableList.builder();
    ImmutableList<String> specific = own.words("dhclient_flags_", "");
    flags.addAll(specific.isEmpty() ? Words.of(variables.text("dhclient_flags")) : specific);
    if (ofInterface("background_dhclient").orElse(false)) {
      flags.add("-b");
    }
    // Without the variable, FreeBSD is too old to know it; another value than YES counts as NO.
    if (variables.find(nameOfInterface("dhclient_arpwait")).isPresent()
        && !ofInterface("dhclient_arpwait").orElse(false)) {
      flags.add("-n");
    }
    return flags.build();
  }

  /** Returns a switch that an interface may override: {@code NAME_IF}, or else {@code NAME}. */
  private Optional<Boolean> ofInterface(String name) {
    return variables.yesNo(nameOfInterface(name));
  }

  private String nameOfInterface(String name) {
    String specific = own.name(name + "_", "");
    return variables.find(specific).isPresent() ? specific : name;
  }

  private Duration delay() {
    Optional<String> given = variables.find("hyperv_vf_delay");
    if (given.isEmpty()) {
      return LEAST_DELAY;
    }
    Matcher seconds = SECONDS.matcher(given.get().strip());
    if (seconds.matches()) {
      Duration delay = Duration.ofSeconds(Long.parseLong(seconds.group(1)));
      if (delay.compareTo(LEAST_DELAY) >= 0) {
        return delay;
      }
    }
    complaints.add(
        "hyperv_vf_delay is \""
            + Printable.of(given.get())
            + "\", which is not a whole number of seconds from 2 to 999999999; hnvf "
            + "uses 2");
    return LEAST_DELAY;
  }

  /**
   * Returns the interfaces of other clients. dhcpcd(8) of the ports uses all interfaces unless its
   * flags name some; dhcp6c(8) uses those in {@code dhcp6c_interfaces}.
   */
  private ImmutableList<String> otherClients() {
    ImmutableList.Builder<String> enabled = ImmutableList.builder();
    String hn = own.interfaceName().value();
    if (variables.yesNo("dhcpcd_enable").orElse(false)) {
      ImmutableList<String> flags = Words.of(variables.text("dhcpcd_flags"));
      boolean others =
          !flags.isEmpty()
              && !flags.contains(hn)
              && INTERFACE.matcher(flags.get(flags.size() - 1)).matches();
      if (!others) {
        enabled.add("dhcpcd_enable");
      }
    }
    if (variables.yesNo("dhcp6c_enable").orElse(false)
        && Words.of(variables.text("dhcp6c_interfaces")).contains(hn)) {
      enabled.add("dhcp6c_enable");
    }
    return enabled.build();
  }

  private ImmutableList<String> laggs() {
    Stream<String> configured =
        variables.values().keySet().stream()
            .filter(name -> name.startsWith("ifconfig_"))
            .map(name -> name.substring("ifconfig_".length()));
    Stream<String> cloned =
        Words.of(variables.text("cloned_interfaces")).stream()
            .map(entry -> entry.contains(":") ? entry.substring(0, entry.indexOf(':')) : entry);
    return Stream.concat(configured, cloned)
        .filter(name -> LAGG.matcher(name).matches())
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()))
        .asList();
  }
}
