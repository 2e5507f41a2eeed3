package org.hnvf.lab;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import com.google.common.primitives.Ints;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;
import org.hnvf.rcconf.EvaluatedRcConf;
import org.hnvf.rcconf.RcVariables;

/**
 * The commands that rc(8) runs at boot for the network of an rc.conf: those of rc.d/netif for the
 * cloned interfaces, for each hn and for its VLANs, and those of rc.d/routing (clone_up, ifn_start
 * and childif_create of network.subr; static_inet and static_inet6 of rc.d/routing).
 *
 * <p>{@code sim.RcVlans} makes the same VLANs without the product's parser, on purpose.
 *
 * <p>Left out: {@code /etc/start_if.IF}, wlan(4), jails, {@code gif_interfaces}, 6to4, and the
 * routes that keep martians away.
 */
public final class RcStart {

  private static final int MOST_NICS = 8;
  private static final Pattern NIC = Pattern.compile("(?:ifconfig|vlans)_hn([0-9]).*");
  private static final Pattern DEFAULT_OF_FIB =
      Pattern.compile("(ipv6_)?defaultrouter_fib([0-9]+)");
  private static final Pattern FIB = Pattern.compile("\\bfib ([0-9]{1,5})\\b");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");
  private static final Splitter WORDS = Splitter.onPattern("\\s+").omitEmptyStrings();

  private final EvaluatedRcConf rc;
  private final RcVariables variables;

  /** The commands for an evaluated rc.conf. */
  public RcStart(EvaluatedRcConf rc) {
    this.rc = rc;
    this.variables = rc.variables();
  }

  /** How many hn the rc.conf speaks of, at least one. */
  public int nics() {
    return 1
        + variables.values().keySet().stream()
            .map(NIC::matcher)
            .filter(name -> name.matches())
            .mapToInt(name -> Integer.parseInt(name.group(1)))
            .filter(unit -> unit < MOST_NICS)
            .max()
            .orElse(0);
  }

  /** {@code net.fibs}, which loader.conf(5) sets: as many as the rc.conf names. */
  public int fibs() {
    Stream<MatchResult> inValues =
        variables.values().values().stream().flatMap(value -> FIB.matcher(value).results());
    return 1
        + Stream.concat(inValues.map(found -> found.group(1)), defaultFibs())
            .map(Ints::tryParse)
            .flatMap(Stream::ofNullable)
            .mapToInt(fib -> fib)
            .max()
            .orElse(0);
  }

  private Stream<String> defaultFibs() {
    return variables.values().keySet().stream()
        .map(DEFAULT_OF_FIB::matcher)
        .filter(name -> name.matches())
        .map(name -> name.group(2));
  }

  /** Returns the configuration of each NIC. */
  public ImmutableList<InterfaceConfig> configsOfNics() throws UserException {
    ImmutableList.Builder<InterfaceConfig> configs = ImmutableList.builder();
    for (int unit = 0; unit < nics(); unit++) {
      configs.add(rc.interfaceConfig(InterfaceName.parse(name(unit))));
    }
    return configs.build();
  }

  /** The name of a NIC; {@code ifconfig_hn0_name} gives it another than its driver. */
  private String name(int unit) {
    String driver = new HnUnit(unit).driverName().value();
    return text("ifconfig_" + driver + "_name").orElse(driver);
  }

  /**
   * Returns the commands of rc.d/netif.
   *
   * @throws UserException (configuration) if a value contains more than arguments for ifconfig(8)
   */
  public ImmutableList<ImmutableList<String>> netif() throws UserException {
    ImmutableList.Builder<ImmutableList<String>> all = ImmutableList.builder();
    ImmutableList<String> cloned = words("cloned_interfaces");
    for (String name : cloned) {
      create(all, name, ImmutableList.of());
    }
    for (int unit = 0; unit < nics(); unit++) {
      String driver = new HnUnit(unit).driverName().value();
      String name = name(unit);
      if (!name.equals(driver)) {
        all.add(ImmutableList.of("ifconfig", driver, "name", name));
      }
      start(all, name);
      for (String child : words("vlans_" + name)) {
        boolean number = NUMBER.matcher(child).matches();
        String vlan = number ? name + "." + child : child;
        create(all, vlan, number ? ImmutableList.of() : ImmutableList.of("vlandev", name));
        start(all, vlan);
      }
    }
    for (String name : cloned) {
      start(all, name);
    }
    return all.build();
  }

  /** A name that its driver would not give is given to what it has made. */
  private void create(
      ImmutableList.Builder<ImmutableList<String>> all, String name, List<String> before) {
    boolean isDrivers = before.isEmpty() || name.matches("vlan[0-9]+");
    ImmutableList.Builder<String> create = ImmutableList.builder();
    create.add("ifconfig", isDrivers ? name : "vlan", "create").addAll(before);
    all.add(create.addAll(words("create_args_" + variable(name))).build());
    if (!isDrivers) {
      all.add(ImmutableList.of("ifconfig", firstFreeVlan(), "name", name));
    }
  }

  /** Returns the name of vlan(4) for the next VLAN; each one is renamed before there is another. */
  private String firstFreeVlan() {
    ImmutableList<String> taken =
        Stream.concat(Stream.of("cloned_interfaces"), nicVlans())
            .flatMap(variable -> words(variable).stream())
            .collect(toImmutableList());
    int unit = 0;
    while (taken.contains("vlan" + unit)) {
      unit++;
    }
    return "vlan" + unit;
  }

  private Stream<String> nicVlans() {
    return IntStream.range(0, nics()).mapToObj(unit -> "vlans_" + name(unit));
  }

  private void start(ImmutableList.Builder<ImmutableList<String>> all, String name)
      throws UserException {
    InterfaceConfig config = rc.interfaceConfig(InterfaceName.parse(name));
    if (!config.auto()) {
      return;
    }
    // A client that is bound replaces the first address: the aliases come after it.
    Predicate<List<String>> alias = command -> command.contains("alias");
    config.commands().stream().filter(alias.negate()).forEach(all::add);
    if (config.dhcp()) {
      all.add(ImmutableList.of("dhclient", name));
    }
    config.commands().stream().filter(alias).forEach(all::add);
  }

  /** Returns the commands of rc.d/routing, IPv4 first. */
  public ImmutableList<ImmutableList<String>> routing() {
    return Stream.concat(routes("", "-q", "add"), routes("ipv6_", "-q", "add", "-inet6"))
        .collect(toImmutableList());
  }

  private Stream<ImmutableList<String>> routes(String family, String... before) {
    Stream<String> defaults =
        defaultRouter(family + "defaultrouter").map(to -> "default " + to).stream();
    Stream<String> ofFibs =
        variables.values().keySet().stream()
            .filter(name -> name.startsWith(family + "defaultrouter_fib"))
            .sorted()
            .flatMap(
                name ->
                    defaultRouter(name).stream()
                        .map(to -> "default " + to + " -fib " + name.replaceFirst(".*fib", "")));
    Stream<String> named =
        words(family + "static_routes").stream()
            .map(name -> name.replaceFirst(":.*", ""))
            .flatMap(name -> text(family + "route_" + name).stream());
    return Streams.concat(defaults, named, ofFibs)
        .map(
            arguments ->
                ImmutableList.<String>builder()
                    .add("route")
                    .add(before)
                    .addAll(WORDS.split(arguments))
                    .build());
  }

  /** Where the default routes lead. */
  public ImmutableList<String> routers() {
    return routing().stream()
        .filter(route -> route.contains("default"))
        .map(route -> route.get(Math.min(route.indexOf("default") + 1, route.size() - 1)))
        .collect(toImmutableList());
  }

  /** The router of a variable; NO in rc.conf means no router. */
  private Optional<String> defaultRouter(String variable) {
    return text(variable).filter(to -> !to.equalsIgnoreCase("NO"));
  }

  private Optional<String> text(String variable) {
    return variables.find(variable).filter(text -> !text.isBlank());
  }

  private ImmutableList<String> words(String variable) {
    return text(variable)
        .map(text -> ImmutableList.copyOf(WORDS.split(text)))
        .orElse(ImmutableList.of());
  }

  /** In the name of a variable every character that cannot stand there is an underscore. */
  private static String variable(String name) {
    return name.replaceAll("[^A-Za-z0-9_]", "_");
  }
}
