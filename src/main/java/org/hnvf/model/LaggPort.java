package org.hnvf.model;

/** A {@code laggport:} line of ifconfig(8): {@code hn0 flags=5<MASTER,ACTIVE>}. */
public record LaggPort(String name, FlagWord flags) {

  /** Whether this is the first port, which gave the lagg its MAC address and MTU. */
  public boolean isMaster() {
    return flags.has("MASTER");
  }

  /** Whether the lagg now sends through this port. */
  public boolean isActive() {
    return flags.has("ACTIVE");
  }
}
