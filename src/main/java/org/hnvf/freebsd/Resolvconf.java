package org.hnvf.freebsd;

import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;

/** The argument vectors and the directory of resolvconf(8). */
public final class Resolvconf {

  /** The directory in which resolvconf keeps one file for each interface with name servers. */
  public static final String INTERFACES = "/var/run/resolvconf/interfaces";

  private Resolvconf() {}

  /** Deletes the entry of an interface. */
  public static Command delete(InterfaceName name) {
    return Command.changing(TimeLimits.RESOLVCONF, "resolvconf", "-d", name.value());
  }

  /** Returns the path of an interface's entry. */
  public static String entry(InterfaceName name) {
    return INTERFACES + "/" + name;
  }
}
