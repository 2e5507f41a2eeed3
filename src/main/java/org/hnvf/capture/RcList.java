package org.hnvf.capture;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The variables of rc.conf(5) that are a part of a capture: those from which hnvf derives the
 * configuration of a pair. The files themselves are not, because they may contain anything.
 */
final class RcList {

  private static final String OF = "_[A-Za-z0-9_]{1,100}";

  private static final Pattern ALLOWED =
      Pattern.compile(
          String.join(
              "|",
              ImmutableList.of(
                  "ifconfig" + OF,
                  "ipv4_addrs" + OF,
                  "ipv6_(prefix|ifconfig)" + OF,
                  "(ipv6_)?(network_interfaces|static_routes|gateway_enable)",
                  "(ipv6_)?route" + OF,
                  "(ipv6_)?defaultrouter(_fib[0-9]{1,5})?",
                  "ipv6_(activate_all_interfaces|cpe_wanif|privacy|default_interface)",
                  "vlans" + OF,
                  "create_args" + OF,
                  "cloned_interfaces",
                  "netif_ipexpand_max",
                  "dhclient_(program|flags|arpwait)(" + OF + ")?",
                  "background_dhclient(" + OF + ")?",
                  "synchronous_dhclient",
                  "defaultroute_(delay|carrier_delay)",
                  "rtsol_flags|rtsold_(enable|flags)",
                  "dhcpcd_(enable|flags)|dhcp6c_(enable|interfaces)",
                  "devd_enable|hyperv_vf_delay|hnvf_enable",
                  "rc_conf_files|local_startup")));

  /** A name such as {@code ifconfig_wlan0_psk}: the whole value is secret. */
  private static final Pattern SECRET = Pattern.compile("(?i).*_(pass\\w*|secret\\w*|psk|\\w*key)");

  private RcList() {}

  /** Returns the allowed variables, one a line, sorted. */
  static String text(Map<String, String> values) {
    return ImmutableSortedMap.copyOf(values).entrySet().stream()
        .filter(one -> ALLOWED.matcher(one.getKey()).matches())
        .map(one -> one.getKey() + "=" + value(one.getKey(), one.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static String value(String name, String value) {
    // Before the escapes, because a secret may contain a character that is escaped.
    return SECRET.matcher(name).matches() && !value.isEmpty()
        ? Secrets.MASK
        : escaped(Secrets.hidden(Source.RC_CONF, value));
  }

  /**
   * Returns the value in printable ASCII on one line: other bytes, and a backslash before three
   * octal digits, are written as {@code \ooo}.
   */
  private static String escaped(String value) {
    StringBuilder text = new StringBuilder();
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int c = bytes[i] & 0xff;
      boolean escape = c < ' ' || c > '~' || (c == '\\' && isOctal(bytes, i + 1));
      text.append(escape ? String.format(Locale.ROOT, "\\%03o", c) : String.valueOf((char) c));
    }
    return text.toString();
  }

  private static boolean isOctal(byte[] bytes, int at) {
    for (int i = at; i < at + 3; i++) {
      if (i >= bytes.length || bytes[i] < '0' || bytes[i] > '7') {
        return false;
      }
    }
    return true;
  }
}
