package org.hnvf.lab;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.sim.SimulatedGuest;

/**
 * The variables of rc.conf for the stock scripts, as far as they use them here: assignments of
 * plain values. If rc.conf does not name an hn, its live configuration is used.
 */
final class StockConfiguration {
  private static final int DELAY = 2;
  private static final Pattern INET =
      Pattern.compile("(?:inet )?(\\S+?)(?: netmask (\\S+)|(/\\d+))?");

  private final SimulatedGuest guest;

  StockConfiguration(SimulatedGuest guest) {
    this.guest = guest;
  }

  /**
   * Fixed addresses.
   *
   * @param inet address/length
   * @param aliases the further ones
   */
  record Static(String inet, ImmutableList<String> aliases, Optional<String> inet6) {}

  private Optional<String> variable(String name) {
    Matcher line =
        Pattern.compile("(?m)^" + name + "=\"?([^\"\n]*)\"?$")
            .matcher(guest.files().read("/etc/rc.conf").orElse(""));
    Optional<String> last = Optional.empty();
    while (line.find()) {
      last = Optional.of(line.group(1));
    }
    return last;
  }

  private Optional<String> ofInterface(String name) {
    Optional<String> own = variable("ifconfig_" + name);
    return own.isPresent() ? own : variable("ifconfig_DEFAULT");
  }

  int delay() {
    Integer delay = variable("hyperv_vf_delay").map(Ints::tryParse).orElse(null);
    return delay == null ? DELAY : Math.max(DELAY, delay);
  }

  boolean isDhcp(String name) {
    Optional<String> said = ofInterface(name);
    return said.isPresent() ? said.get().contains("DHCP") : guest.hasDhclient(name);
  }

  Optional<Static> fixed(String name) {
    Optional<String> said = ofInterface(name);
    ImmutableList<String> live = guest.inetOf(name);
    if (said.isEmpty()) {
      return live.isEmpty()
          ? Optional.empty()
          : Optional.of(new Static(live.get(0), ImmutableList.of(), Optional.empty()));
    }
    Matcher inet = INET.matcher(said.get());
    if (isDhcp(name) || !inet.matches()) {
      return Optional.empty();
    }
    ImmutableList.Builder<String> aliases = ImmutableList.builder();
    for (int i = 0; variable("ifconfig_" + name + "_alias" + i).isPresent(); i++) {
      Matcher alias = INET.matcher(variable("ifconfig_" + name + "_alias" + i).orElse(""));
      if (alias.matches()) {
        aliases.add(withLength(alias));
      }
    }
    Optional<String> inet6 =
        variable("ifconfig_" + name + "_ipv6")
            .map(v -> v.replaceFirst("^inet6 ", "").replace(" prefixlen ", "/"))
            .filter(v -> v.contains(":"));
    return Optional.of(new Static(withLength(inet), aliases.build(), inet6));
  }

  private static String withLength(Matcher inet) {
    String mask = inet.group(2);
    if (mask == null) {
      return inet.group(1) + (inet.group(3) == null ? "" : inet.group(3));
    }
    int length = 0;
    for (String octet : mask.split("\\.", -1)) {
      Integer value = Ints.tryParse(octet);
      length += value == null ? 0 : Integer.bitCount(value);
    }
    return inet.group(1) + "/" + length;
  }
}
