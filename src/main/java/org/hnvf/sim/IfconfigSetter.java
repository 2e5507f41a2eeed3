package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.model.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * ifconfig(8) with parameters. They are done in their order as they are read, but for the address,
 * which is set or deleted last.
 */
final class IfconfigSetter {
  private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
  private static final List<String> PROTOCOLS =
      List.of("failover", "roundrobin", "loadbalance", "lacp", "broadcast", "none");

  private final Kernel kernel;
  private final Job job;
  private final String name;
  private @Nullable Iface iface;

  private String family = "inet";
  private @Nullable InetAddress address;
  private int length = -1;
  private @Nullable InetAddress broadcast;

  /** As in ifconfig: 1 with {@code alias}, -1 with {@code -alias}, else 0. */
  private int alias;

  IfconfigSetter(Kernel kernel, Job job, String name, Optional<Iface> iface) {
    this.kernel = kernel;
    this.job = job;
    this.name = name;
    this.iface = iface.orElse(null);
  }

  /** The command line cannot be done, or a part of it that ends the program failed. */
  private static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;

    Stop(String message) {
      super(message, null, false, false);
    }
  }

  void set(List<String> words) {
    try {
      if (words.get(0).equals("create") || words.get(0).equals("plumb")) {
        words.remove(0);
        create();
      } else if (words.size() > 1 && IfconfigProgram.isFamily(words.get(0))) {
        family = words.remove(0);
      }
      while (!words.isEmpty()) {
        parameter(words.remove(0), words);
      }
      setAddress();
    } catch (Stop e) {
      job.fail(1, "ifconfig: " + e.getMessage());
    }
  }

  private Iface iface() {
    Iface it = iface;
    if (it == null) {
      throw new IllegalStateException("no interface " + name);
    }
    return it;
  }

  private void create() throws Stop {
    if (iface != null) {
      throw new Stop("interface " + name + " already exists");
    }
    if (name.matches("epair[0-9]{0,9}")) {
      iface = kernel.interfaces().createPair(name);
      job.out(iface().name + "\n");
      return;
    }
    if (!name.matches("lagg[0-9]{0,9}")) {
      throw new Stop("SIOCIFCREATE2 (" + name + "): Invalid argument");
    }
    if (name.equals("lagg")) {
      iface = kernel.laggs().create("lagg" + kernel.interfaces().freeUnit("lagg"));
      job.out(iface().name + "\n");
    } else {
      iface = kernel.laggs().create(name);
    }
  }

  private static String value(String parameter, List<String> rest) throws Stop {
    if (rest.isEmpty()) {
      throw new Stop("'" + parameter + "' requires argument");
    }
    return rest.remove(0);
  }

  private void parameter(String word, List<String> rest) throws Stop {
    switch (word) {
      case "up" -> kernel.interfaces().up(iface());
      case "down" -> kernel.interfaces().down(iface());
      case "alias", "add" -> alias = 1;
      case "-alias", "delete", "remove" -> alias = -1;
      case "destroy", "unplumb" -> destroy();
      case "laggproto" -> protocol(value(word, rest));
      case "laggport" -> addPort(value(word, rest));
      case "-laggport" -> removePort(value(word, rest));
      case "netmask" -> length = Bits.maskLength(parse(value(word, rest)));
      case "broadcast" -> broadcast = parse(value(word, rest));
      case "prefixlen" -> length = number(value(word, rest));
      case "mtu" -> mtu(value(word, rest));
      case "metric" -> iface().metric = number(value(word, rest));
      case "fib" -> iface().fib = number(value(word, rest));
      case "description", "descr" -> iface().description = value(word, rest);
      case "-description", "-descr" -> iface().description = null;
      case "name" -> rename(value(word, rest));
      case "group" -> iface().groups.add(value(word, rest));
      case "-group" -> iface().groups.remove(value(word, rest));
      case "ether", "link", "lladdr" -> lladdr(value(word, rest));
      case "lagghash", "media", "mediaopt", "pltime", "vltime", "mode", "flowid_shift" ->
          value(word, rest);
      default -> flagOrAddress(word);
    }
  }

  private void flagOrAddress(String word) throws Stop {
    boolean on = !word.startsWith("-");
    int flag = nd6Flag(on ? word : word.substring(1));
    if (flag != 0) {
      kernel.inet6().setFlag(iface(), flag, on);
    } else if (!isWithoutEffect(on ? word : word.substring(1))) {
      address(word);
    }
  }

  private static int nd6Flag(String word) {
    return switch (word) {
      case "accept_rtadv" -> Iface.ACCEPT_RTADV;
      case "ifdisabled" -> Iface.IFDISABLED;
      case "auto_linklocal" -> Iface.AUTO_LINKLOCAL;
      case "no_dad" -> Iface.NO_DAD;
      case "nud" -> Iface.PERFORMNUD;
      default -> 0;
    };
  }

  /** Parameters of which nothing that is simulated depends. */
  private static boolean isWithoutEffect(String word) {
    return switch (word) {
      case "arp",
          "promisc",
          "rxcsum",
          "txcsum",
          "rxcsum6",
          "txcsum6",
          "tso",
          "tso4",
          "tso6",
          "lro",
          "vlanmtu",
          "vlanhwtag",
          "vlanhwtso",
          "use_flowid",
          "use_numa",
          "no_prefer_iface",
          "no_radr",
          "prefer_source",
          "staticarp",
          "monitor",
          "autoconf",
          "anycast",
          "deprecated" ->
          true;
      default -> false;
    };
  }

  private void address(String word) throws Stop {
    int slash = word.indexOf('/');
    address = parse(slash < 0 ? word : word.substring(0, slash));
    if (slash >= 0) {
      length = number(word.substring(slash + 1));
    }
    if (length > address.getAddress().length * 8) {
      throw new Stop(word.substring(slash + 1) + ": bad value");
    }
  }

  private InetAddress parse(String text) throws Stop {
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    boolean ipv6 = family.equals("inet6");
    if (!InetAddresses.isInetAddress(plain) || plain.contains(":") != ipv6) {
      throw new Stop(text + ": bad value");
    }
    return InetAddresses.forString(plain);
  }

  private static int number(String text) throws Stop {
    Integer number = Ints.tryParse(text);
    if (number == null || number < 0) {
      throw new Stop(text + ": bad value");
    }
    return number;
  }

  private void destroy() throws Stop {
    switch (iface().kind) {
      case LAGG -> kernel.laggs().destroy(iface());
      case EPAIR -> kernel.interfaces().destroyPair(iface());
      default -> throw new Stop("SIOCIFDESTROY: Invalid argument");
    }
  }

  private void protocol(String protocol) throws Stop {
    if (!PROTOCOLS.contains(protocol)) {
      throw new Stop("Invalid aggregation protocol: " + protocol);
    }
    if (iface().kind != Iface.Kind.LAGG) {
      throw new Stop("SIOCSLAGG: Invalid argument");
    }
    iface().protocol = protocol;
  }

  /** A port that cannot be added is reported, and the rest of the command line goes on. */
  private void addPort(String port) {
    Errno errno = Errno.EINVAL;
    Optional<Iface> found = kernel.interfaces().find(port);
    if (found.isPresent() && iface().kind == Iface.Kind.LAGG) {
      try {
        kernel.laggs().add(iface(), found.get());
        return;
      } catch (KernelError e) {
        errno = e.errno();
      }
    }
    if (errno != Errno.EEXIST) {
      job.fail(1, "ifconfig: " + name + " " + port + ": SIOCSLAGGPORT: " + errno.text());
    }
  }

  private void removePort(String port) throws Stop {
    Optional<Iface> found = kernel.interfaces().find(port);
    if (found.isEmpty() || iface().kind != Iface.Kind.LAGG) {
      throw new Stop("SIOCSLAGGDELPORT: Invalid argument");
    }
    try {
      kernel.laggs().remove(iface(), found.get());
    } catch (KernelError e) {
      throw new Stop("SIOCSLAGGDELPORT: " + e.text());
    }
  }

  private void mtu(String text) throws Stop {
    try {
      kernel.interfaces().setMtu(iface(), number(text));
    } catch (KernelError e) {
      throw new Stop("ioctl SIOCSIFMTU (set mtu): " + e.text());
    }
  }

  private void rename(String newName) throws Stop {
    try {
      kernel.interfaces().rename(iface(), newName);
      job.out(newName + "\n");
    } catch (KernelError e) {
      throw new Stop("ioctl SIOCSIFNAME (set name): " + e.text());
    }
  }

  private void lladdr(String mac) throws Stop {
    if (!MAC.matcher(mac).matches()) {
      throw new Stop("malformed link-level address");
    }
    iface().mac = mac;
  }

  private void setAddress() throws Stop {
    if (alias < 0) {
      deleteAddress();
    } else if (address != null) {
      addAddress(address);
    }
  }

  private void deleteAddress() throws Stop {
    boolean deleted = family.equals("inet6") ? deleteInet6() : deleteInet();
    boolean silent = kernel.state().netlink && family.equals("inet") && address == null;
    if (!deleted && !silent) {
      throw new Stop("ioctl (SIOCDIFADDR): " + Errno.EADDRNOTAVAIL.text());
    }
  }

  /** Without an address the first one is meant; where there is none, netlink(4) says no error. */
  private boolean deleteInet() {
    InetAddress which = address;
    Optional<Ip4> found =
        which == null ? iface().inet.stream().findFirst() : Inet.find(iface(), which);
    found.ifPresent(a -> kernel.inet().remove(iface(), a));
    return found.isPresent();
  }

  private boolean deleteInet6() {
    InetAddress which = address;
    Optional<Ip6> found = which == null ? Optional.empty() : Inet6.find(iface(), which);
    found.ifPresent(a -> kernel.inet6().remove(iface(), a));
    return found.isPresent();
  }

  private void addAddress(InetAddress it) throws Stop {
    if (family.equals("inet6")) {
      try {
        kernel.inet6().add(iface(), new Prefix(it, length < 0 ? 64 : length));
      } catch (KernelError e) {
        throw new Stop("ioctl (SIOCAIFADDR): " + e.text());
      }
      return;
    }
    if (alias == 0 && !iface().inet.isEmpty()) {
      kernel.inet().remove(iface(), iface().inet.get(0));
    }
    Prefix prefix = new Prefix(it, length < 0 ? classfulLength(it) : length);
    InetAddress network = broadcast;
    if (network == null && iface().kind != Iface.Kind.LOOPBACK) {
      network = Bits.address(Bits.broadcast(it.getAddress(), prefix.length()));
    }
    kernel.inet().add(iface(), prefix, network);
  }

  private static int classfulLength(InetAddress address) {
    int first = address.getAddress()[0] & 0xff;
    return first < 128 ? 8 : first < 192 ? 16 : 24;
  }
}
