package org.hnvf.freebsd;

import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;

/** The argument vectors and the directory of resolvconf(8). */
public final class Resolvconf {

  /** Where resolvconf keeps a file for each interface that it has name servers of. */
  public static final String INTERFACES = "/var/run/resolvconf/interfaces";

  private Resolvconf() {}

  /** Takes the entry of an interface away. */
  public static Command delete(InterfaceName name) {
    return Command.changing(TimeLimits.RESOLVCONF, "resolvconf", "-d", name.value());
  }

  /** The entry of an interface, a file. */
  public static String entry(InterfaceName name) {
    return INTERFACES + "/" + name;
  }
}
