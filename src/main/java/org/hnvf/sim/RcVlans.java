package org.hnvf.sim;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The VLANs that rc(8) makes of rc.conf, as ifconfig commands in its order: {@code
 * cloned_interfaces} first, then those of {@code vlans_IF} (clone_up, childif_create and ifn_start
 * of libexec/rc/network.subr).
 *
 * <p>The laboratory's {@code RcStart} knows the same rules through the product's parser of rc.conf.
 * The two are never merged: the simulated guest must not repeat a mistake of the product.
 */
final class RcVlans {

  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=\"([^\"]*)\"");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");
  private static final Pattern VLAN = Pattern.compile("vlan[0-9]+");
  private static final Splitter WORDS = Splitter.onPattern("\\s+").omitEmptyStrings();

  private final ImmutableMap<String, String> variables;
  private final ImmutableList.Builder<ImmutableList<String>> commands = ImmutableList.builder();

  private RcVlans(ImmutableMap<String, String> variables) {
    this.variables = variables;
  }

  /** Creates it from evaluated variables. */
  static RcVlans of(Map<String, String> variables) {
    return new RcVlans(ImmutableMap.copyOf(variables));
  }

  /** Of a text of plain assignments, each in double quotes on a line of its own. */
  static RcVlans assigned(String rcConf) {
    Map<String, String> variables = new HashMap<>();
    rcConf
        .lines()
        .map(ASSIGNMENT::matcher)
        .filter(Matcher::matches)
        .forEach(line -> variables.put(line.group(1), line.group(2)));
    return of(variables);
  }

  /** The argument vectors of ifconfig, for a guest with so many hn. */
  ImmutableList<ImmutableList<String>> commands(int nics) {
    ImmutableList<String> cloned =
        words("cloned_interfaces").stream()
            .filter(name -> VLAN.matcher(name).matches())
            .collect(ImmutableList.toImmutableList());
    cloned.forEach(name -> create(name, ImmutableList.of()));
    for (int unit = 0; unit < nics; unit++) {
      children("hn" + unit);
    }
    cloned.forEach(this::start);
    return commands.build();
  }

  private void children(String parent) {
    for (String child : words("vlans_" + parent)) {
      boolean number = NUMBER.matcher(child).matches();
      String name = number ? parent + "." + child : child;
      create(name, number ? ImmutableList.of() : ImmutableList.of("vlandev", parent));
      start(name);
    }
  }

  /** A name that is not {@code vlanN} is given to a VLAN that has got one by itself. */
  private void create(String name, List<String> before) {
    ImmutableList<String> args =
        ImmutableList.<String>builder()
            .addAll(before)
            .addAll(ofInterface("create_args_", name))
            .build();
    boolean named = VLAN.matcher(name).matches() || name.contains(".");
    add(named ? name : "vlan", "create", args);
    if (!named) {
      add("vlan0", "name", ImmutableList.of(name));
    }
  }

  private void start(String name) {
    boolean configured = run(name, ofInterface("ifconfig_", name));
    configured |= run(name, ofInterface("ifconfig_", name + "_ipv6"));
    if (configured) {
      add(name, "up", ImmutableList.of());
    }
    int alias = 0;
    while (run(name, alias(ofInterface("ifconfig_", name + "_alias" + alias)))) {
      alias++;
    }
  }

  private static ImmutableList<String> alias(List<String> words) {
    return words.isEmpty()
        ? ImmutableList.of()
        : ImmutableList.<String>builder().addAll(words).add("alias").build();
  }

  private boolean run(String name, List<String> words) {
    if (!words.isEmpty()) {
      commands.add(ImmutableList.<String>builder().add(name).addAll(words).build());
    }
    return !words.isEmpty();
  }

  private void add(String name, String word, List<String> rest) {
    commands.add(ImmutableList.<String>builder().add(name, word).addAll(rest).build());
  }

  /** In the name of a variable every character that cannot stand there is an underscore. */
  private ImmutableList<String> ofInterface(String prefix, String name) {
    return words(prefix + name.replaceAll("[^A-Za-z0-9_]", "_"));
  }

  private ImmutableList<String> words(String variable) {
    return Optional.ofNullable(variables.get(variable))
        .map(WORDS::splitToList)
        .map(ImmutableList::copyOf)
        .orElse(ImmutableList.of());
  }
}
