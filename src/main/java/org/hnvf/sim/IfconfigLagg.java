package org.hnvf.sim;

import java.util.Optional;

/** The parameters of ifconfig(8) that are about lagg(4) (sbin/ifconfig/iflagg.c). */
final class IfconfigLagg {
  private static final int USE_FLOWID = 1;
  private static final int USE_NUMA = 4;
  private final Kernel kernel;
  private final Job job;
  private final Iface iface;

  IfconfigLagg(Kernel kernel, Job job, Iface iface) {
    this.kernel = kernel;
    this.job = job;
    this.iface = iface;
  }

  void parameter(String word, String value) throws IfconfigStop {
    switch (word) {
      case "laggproto" -> protocol(value);
      case "laggport" -> addPort(value);
      case "-laggport" -> removePort(value);
      case "lagghash" -> hash(value);
      default -> flowidShift(value);
    }
  }

  private void mustBeLagg(String call) throws IfconfigStop {
    if (iface.kind != Iface.Kind.LAGG) {
      throw new IfconfigStop(call + ": " + Errno.EINVAL.text());
    }
  }

  private void protocol(String protocol) throws IfconfigStop {
    switch (protocol) {
      case "failover", "roundrobin", "loadbalance", "broadcast", "none", "default" -> {}
      case "lacp" -> throw new IfconfigStop("the simulated guest does not know laggproto lacp");
      default -> throw new IfconfigStop("Invalid aggregation protocol: " + protocol);
    }
    mustBeLagg("SIOCSLAGG");
    iface.protocol = protocol.equals("default") ? "failover" : protocol;
  }

  /** A port that cannot be added is reported, and the rest of the command line goes on. */
  private void addPort(String port) {
    Errno errno = Errno.EINVAL;
    Optional<Iface> found = kernel.interfaces().find(port);
    if (found.isPresent() && iface.kind == Iface.Kind.LAGG) {
      try {
        kernel.laggs().add(iface, found.get());
        return;
      } catch (KernelError e) {
        errno = e.errno();
      }
    }
    if (errno != Errno.EEXIST) {
      job.fail(1, "ifconfig: " + iface.name + " " + port + ": SIOCSLAGGPORT: " + errno.text());
    }
  }

  private void removePort(String port) throws IfconfigStop {
    Optional<Iface> found = kernel.interfaces().find(port);
    if (found.isEmpty()) {
      throw new IfconfigStop("SIOCSLAGGDELPORT: " + Errno.EINVAL.text());
    }
    mustBeLagg("SIOCSLAGGDELPORT");
    try {
      kernel.laggs().remove(iface, found.get());
    } catch (KernelError e) {
      throw new IfconfigStop("SIOCSLAGGDELPORT: " + e.text());
    }
  }

  private void hash(String layers) throws IfconfigStop {
    int hash = 0;
    for (String layer : layers.split(",", -1)) {
      hash |=
          switch (layer) {
            case "l2" -> 1;
            case "l3" -> 2;
            case "l4" -> 4;
            default -> throw new IfconfigStop("Invalid lagghash option: " + layer);
          };
    }
    mustBeLagg("SIOCSLAGGHASH");
    iface.laggHash = hash;
  }

  private void flowidShift(String value) throws IfconfigStop {
    int shift = IfconfigAddress.leadingNumber(value);
    if (shift < 0 || shift > 31) {
      throw new IfconfigStop("Invalid flowid_shift option: " + value);
    }
    mustBeLagg("SIOCSLAGGOPTS");
    iface.flowidShift = shift;
  }

  /** {@code use_flowid}, {@code use_numa}, and without. */
  void option(String word) throws IfconfigStop {
    mustBeLagg("SIOCSLAGGOPTS");
    int bit = word.endsWith("flowid") ? USE_FLOWID : USE_NUMA;
    iface.laggOptions = word.startsWith("-") ? iface.laggOptions & ~bit : iface.laggOptions | bit;
  }
}
