package org.hnvf.model;

/** The state of a pair. It is always derived from a {@link GuestState}, never stored. */
public enum PairState {
  /** The kernel does the failover ({@code hw.hn.vf_transparent=1}); hnvf changes nothing. */
  TRANSPARENT,
  /** No VF, no lagg: hn carries its own configuration. */
  SYNTHETIC,
  /** The VF is attached and down; its delay is running. */
  VF_ATTACHED,
  /** The VF is up and there is no lagg: the guest is cut off. */
  VF_UP_NO_LAGG,
  /** The lagg holds the configuration and the VF is its active port. */
  LAGG_VF,
  /** The lagg holds the configuration and hn is its active port. */
  LAGG_SYNTHETIC,
  /** Any other state, with its reasons; hnvf repairs it. */
  INCONSISTENT
}
