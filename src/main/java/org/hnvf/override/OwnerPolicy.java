package org.hnvf.override;

/** Who must own a script and all that is on the way to it. */
public enum OwnerPolicy {
  /** Root, as on every machine. */
  ROOT,
  /** Anybody: on a simulated guest the files are those of whoever runs the simulation. */
  ANYBODY
}
