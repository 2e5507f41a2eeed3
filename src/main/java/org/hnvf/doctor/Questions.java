package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import org.hnvf.exec.OwnDirectories;
import org.hnvf.freebsd.Df;
import org.hnvf.freebsd.Pciconf;
import org.hnvf.freebsd.StockScripts;
import org.hnvf.freebsd.TimeLimits;
import org.hnvf.model.Command;

/** The commands that only the doctor runs. All of them only read. */
final class Questions {

  /** Exit status 0 if lagg(4) is in the kernel, 1 if not (transcript 21). */
  static final Command LAGG = Command.reading(TimeLimits.QUESTION, "kldstat", "-qm", "if_lagg");

  static final Command SECURE_LEVEL =
      Command.reading(TimeLimits.SYSCTL, "sysctl", "-n", "kern.securelevel");

  /** The asset tag of the machine, by which the agent of Azure recognises Azure. */
  static final Command CHASSIS =
      Command.reading(TimeLimits.QUESTION, "kenv", "-q", "smbios.chassis.tag");

  static final Command DEVICES = Pciconf.list();
  static final Command STOCK = StockScripts.running();
  static final Command DISK = Df.of(OwnDirectories.STATE);

  /** Without /var/db/hnvf, which the first workflow creates. */
  static final Command DISK_ABOVE = Df.of("/var/db");

  static final ImmutableList<Command> ALL =
      ImmutableList.of(LAGG, SECURE_LEVEL, CHASSIS, DEVICES, STOCK);

  private Questions() {}

  /** Shows the version of a Java on standard output; Java 8 does not know the option. */
  static Command version(String java) {
    return Command.reading(TimeLimits.READ, java, "--version");
  }
}
