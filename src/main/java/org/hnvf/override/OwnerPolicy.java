package org.hnvf.override;

/** The required owner of a script and of every directory on its path. */
public enum OwnerPolicy {
  /** Root, as on every machine. */
  ROOT,
  /** Any user: on a simulated guest the files belong to the user who runs the simulation. */
  ANYBODY
}
