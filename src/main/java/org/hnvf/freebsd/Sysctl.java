package org.hnvf.freebsd;

import org.hnvf.model.Command;
import org.hnvf.model.HnUnit;

/** The argument vectors of sysctl(8). */
public final class Sysctl {

  private Sysctl() {}

  /** Reads the VF that carries the data path of this unit; the output is empty if none does. */
  public static Command receivingVf(HnUnit unit) {
    return Command.reading(TimeLimits.SYSCTL, "sysctl", "-n", "dev.hn." + unit + ".rxvf");
  }

  /**
   * Reads the values of hn(4), the packet filters, the number of FIBs and the boot time. A filter's
   * name exists only if its module is loaded: net.pf of sys/netpfil/pf/pf.c, {@code enable} of
   * ip_fw_pfil.c, {@code fr_running} of sys/netpfil/ipfilter/netinet/mlfk_ipl.c. With {@code -i} a
   * missing name is no error.
   */
  public static Command hyperV() {
    return Command.reading(
        TimeLimits.SYSCTL,
        "sysctl",
        "-i",
        "hw.hn.vf_transparent",
        "hw.hn.vflist",
        "hw.hn.vfmap",
        "dev.hn",
        "net.pf",
        "net.inet.ip.fw.enable",
        "net.inet6.ip6.fw.enable",
        "net.inet.ipf.fr_running",
        "net.fibs",
        "net.add_addr_allfibs",
        "kern.boottime");
  }
}
