package org.hnvf.sim;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ifconfig(8) with parameters. They are done in their order as they are read, but for the address,
 * which is set or deleted last (ifconfig_ioctl of sbin/ifconfig/ifconfig.c).
 */
final class IfconfigSetter {
  /** Parameters of FreeBSD's ifconfig that are not simulated, and must not look like addresses. */
  private static final List<String> UNKNOWN =
      List.of(
          "tunnel",
          "deletetunnel",
          "vnet",
          "span",
          "pcp",
          "laggtype",
          "rr_limit",
          "defaultif",
          "tunnelfib",
          "maclabel",
          "wol",
          "polling",
          "toe",
          "netcons",
          "txtls",
          "rxtls",
          "lacp_strict",
          "lacp_fast_timeout",
          "link0",
          "link1",
          "link2",
          "allmulti",
          "stickyarp",
          "tentative");

  private final Kernel kernel;
  private final Job job;
  private final String name;
  private @Nullable Iface iface;
  private final IfconfigAddress address;
  private final IfconfigVlan vlan;

  /** The interface has another name than the one that was given, which is told at the end. */
  private boolean tellsName;

  IfconfigSetter(Kernel kernel, Job job, String name, Optional<Iface> iface) {
    this.kernel = kernel;
    this.job = job;
    this.name = name;
    this.iface = iface.orElse(null);
    this.address = new IfconfigAddress(kernel);
    this.vlan = new IfconfigVlan(kernel);
  }

  void set(List<String> words) {
    try {
      if (iface == null) {
        words.remove(0);
        create(words);
      }
      if (!words.isEmpty() && IfconfigProgram.isFamily(words.get(0))) {
        address.family(words.remove(0));
      }
      while (!words.isEmpty()) {
        parameter(words.remove(0), words);
      }
      vlan.end();
      address.apply(iface());
    } catch (IfconfigStop e) {
      job.fail(1, "ifconfig: " + e.said());
    }
    if (tellsName) {
      job.out(iface().name + "\n");
    }
  }

  private Iface iface() {
    Iface it = iface;
    if (it == null) {
      throw new IllegalStateException("no interface " + name);
    }
    return it;
  }

  private void create(List<String> words) throws IfconfigStop {
    if (name.length() >= Interfaces.NAME_SIZE) {
      throw new IfconfigStop(name + ": cloning name too long");
    }
    if (name.matches("(vmnet|tap|tun|lo|gif|gre|vxlan|wg)[0-9]{0,9}")) {
      throw new IfconfigStop("the simulated guest makes no " + name);
    }
    if (name.matches("epair[0-9]{0,9}")) {
      iface = kernel.interfaces().createPair(name);
      tellsName = true;
    } else if (name.equals("vlan")) {
      iface = vlan.create("vlan" + kernel.interfaces().freeUnit("vlan"), words);
      tellsName = true;
    } else if (IfconfigVlan.isName(kernel, name)) {
      iface = vlan.create(name, words);
    } else if (name.equals("bridge")) {
      iface = kernel.bridges().create("bridge" + kernel.interfaces().freeUnit("bridge"));
      tellsName = true;
    } else if (name.matches("bridge[0-9]{1,9}")) {
      iface = kernel.bridges().create(name);
    } else if (name.equals("lagg")) {
      iface = kernel.laggs().create("lagg" + kernel.interfaces().freeUnit("lagg"));
      tellsName = true;
    } else if (name.matches("lagg[0-9]{1,9}")) {
      iface = kernel.laggs().create(name);
    } else {
      throw new IfconfigStop("SIOCIFCREATE2 (" + name + "): Invalid argument");
    }
  }

  private static String value(String parameter, List<String> rest) throws IfconfigStop {
    if (rest.isEmpty()) {
      throw new IfconfigStop("'" + parameter + "' requires argument");
    }
    return rest.remove(0);
  }

  private void parameter(String word, List<String> rest) throws IfconfigStop {
    switch (word) {
      case "up" -> kernel.interfaces().up(iface());
      case "down" -> kernel.interfaces().down(iface());
      case "alias", "add" -> address.alias(1);
      case "-alias", "delete", "remove" -> address.alias(-1);
      case "destroy", "unplumb" -> destroy();
      case "laggproto", "laggport", "-laggport", "lagghash", "flowid_shift" ->
          new IfconfigLagg(kernel, job, iface()).parameter(word, value(word, rest));
      case "use_flowid", "-use_flowid", "use_numa", "-use_numa" ->
          new IfconfigLagg(kernel, job, iface()).option(word);
      case "vlan", "vlandev", "vlanproto", "vlanpcp" ->
          vlan.parameter(iface(), word, value(word, rest));
      case "-vlandev" -> vlan.withoutParent(iface());
      case "vhid", "advbase", "advskew", "pass" -> address.carp(word, value(word, rest));
      case "netmask" -> address.netmask(value(word, rest));
      case "broadcast" -> address.broadcast(value(word, rest));
      case "prefixlen" -> address.prefixLength(value(word, rest));
      case "pltime", "vltime" -> lifetime(word, value(word, rest));
      case "eui64" -> eui64();
      case "mtu" -> mtu(value(word, rest));
      case "metric" -> iface().metric = IfconfigAddress.leadingNumber(value(word, rest));
      case "fib" -> iface().fib = IfconfigAddress.leadingNumber(value(word, rest));
      case "description", "descr" -> describe(value(word, rest));
      case "-description", "-descr" -> iface().description = null;
      case "name" -> rename(value(word, rest));
      case "group" -> group(value(word, rest));
      case "-group" -> ungroup(value(word, rest));
      case "media", "mediaopt", "-mediaopt", "mode" -> value(word, rest);
      default -> {
        if (iface().kind == Iface.Kind.BRIDGE && IfconfigBridge.knows(word)) {
          new IfconfigBridge(kernel, job, iface()).parameter(word, rest);
        } else {
          switchOrAddress(word);
        }
      }
    }
  }

  private void switchOrAddress(String word) throws IfconfigStop {
    boolean on = !word.startsWith("-");
    String plain = on ? word : word.substring(1);
    int nd6 = nd6Flag(plain);
    int flag = flag(plain);
    if (nd6 != 0) {
      kernel.inet6().setFlag(iface(), nd6, on);
    } else if (flag != 0) {
      // NOARP is the only one that is set by a word with a minus.
      boolean set = flag == Iface.NOARP ? !on : on;
      iface().flags = set ? iface().flags | flag : iface().flags & ~flag;
    } else if (isOfAddress(plain)) {
      ofAddress(plain, on);
    } else if (UNKNOWN.contains(plain)) {
      throw new IfconfigStop("the simulated guest does not know " + word);
    } else if (!isCapability(plain)) {
      address.word(word);
    }
  }

  private static int nd6Flag(String word) {
    return switch (word) {
      case "accept_rtadv" -> Iface.ACCEPT_RTADV;
      case "ifdisabled" -> Iface.IFDISABLED;
      case "auto_linklocal" -> Iface.AUTO_LINKLOCAL;
      case "no_radr" -> Iface.NO_RADR;
      case "no_prefer_iface" -> Iface.NO_PREFER_IFACE;
      case "no_dad" -> Iface.NO_DAD;
      case "nud" -> Iface.PERFORMNUD;
      default -> 0;
    };
  }

  private static int flag(String word) {
    return switch (word) {
      case "arp" -> Iface.NOARP;
      case "debug" -> Iface.DEBUG;
      case "promisc" -> Iface.PPROMISC;
      case "monitor" -> Iface.MONITOR;
      case "staticarp" -> Iface.STATICARP;
      default -> 0;
    };
  }

  private static boolean isOfAddress(String word) {
    return switch (word) {
      case "anycast", "deprecated", "autoconf", "prefer_source" -> true;
      default -> false;
    };
  }

  private void ofAddress(String word, boolean on) throws IfconfigStop {
    if (!address.isInet6()) {
      throw new IfconfigStop("address flags can be set only for inet6 addresses: Invalid argument");
    }
    switch (word) {
      case "anycast" -> address.options().anycast = on;
      case "deprecated" -> address.options().deprecated = on;
      case "autoconf" -> address.options().autoconf = on;
      default -> address.options().preferSource = on;
    }
  }

  /** Capabilities that none of the interfaces has, so that nothing comes of them (setifcap). */
  private static boolean isCapability(String word) {
    return switch (word) {
      case "rxcsum",
          "txcsum",
          "rxcsum6",
          "txcsum6",
          "tso",
          "tso4",
          "tso6",
          "lro",
          "vlanmtu",
          "vlanhwtag",
          "vlanhwcsum",
          "vlanhwfilter",
          "vlanhwtso" ->
          true;
      default -> false;
    };
  }

  private void lifetime(String word, String seconds) throws IfconfigStop {
    long number = IfconfigAddress.leadingNumber(seconds);
    if (seconds.isEmpty() || !Character.isDigit(seconds.charAt(0))) {
      throw new IfconfigStop("invalid " + word);
    }
    if (!address.isInet6()) {
      throw new IfconfigStop(word + " not allowed for the AF");
    }
    if (word.equals("pltime")) {
      address.options().preferred = number;
    } else {
      address.options().valid = number;
    }
  }

  private void eui64() throws IfconfigStop {
    if (!address.isInet6()) {
      throw new IfconfigStop("eui64 not allowed for the AF");
    }
    address.eui64(iface());
  }

  private void destroy() throws IfconfigStop {
    switch (iface().kind) {
      case LAGG -> kernel.laggs().destroy(iface());
      case EPAIR -> kernel.interfaces().destroyPair(iface());
      case VLAN, BRIDGE -> kernel.interfaces().detach(iface());
      default -> throw new IfconfigStop("SIOCIFDESTROY: Invalid argument");
    }
  }

  private void mtu(String text) throws IfconfigStop {
    try {
      kernel.interfaces().setMtu(iface(), IfconfigAddress.leadingNumber(text));
    } catch (KernelError e) {
      throw new IfconfigStop("ioctl SIOCSIFMTU (set mtu): " + e.text());
    }
  }

  /** The kernel takes 64 bytes, the last of them a zero (ifdescr_maxlen of sys/net/if.c). */
  private void describe(String text) throws IfconfigStop {
    if (text.length() >= 64) {
      throw new IfconfigStop("ioctl SIOCSIFDESCR (set descr): " + Errno.ENAMETOOLONG.text());
    }
    iface().description = text.isEmpty() ? null : text;
  }

  private void rename(String newName) throws IfconfigStop {
    try {
      kernel.interfaces().rename(iface(), newName);
      tellsName = true;
    } catch (KernelError e) {
      throw new IfconfigStop("ioctl SIOCSIFNAME (set name): " + e.text());
    }
  }

  private void group(String group) throws IfconfigStop {
    checkGroup("setifgroup", group);
    if (iface().groups.contains(group)) {
      throw new IfconfigStop(" SIOCAIFGROUP: " + Errno.EEXIST.text());
    }
    iface().groups.add(group);
  }

  private void ungroup(String group) throws IfconfigStop {
    checkGroup("unsetifgroup", group);
    if (!iface().groups.remove(group)) {
      throw new IfconfigStop("SIOCDIFGROUP: " + Errno.ENOENT.text());
    }
  }

  private static void checkGroup(String function, String group) throws IfconfigStop {
    if (!group.isEmpty() && Character.isDigit(group.charAt(group.length() - 1))) {
      throw new IfconfigStop(function + ": group names may not end in a digit");
    }
    if (group.length() >= Interfaces.NAME_SIZE) {
      throw new IfconfigStop(function + ": group name too long");
    }
  }
}
