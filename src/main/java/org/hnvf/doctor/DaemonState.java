package org.hnvf.doctor;

/** Whether the daemon of hnvf answers. */
public enum DaemonState {
  /** It answered. */
  ANSWERS,
  /** No process listens on its socket. */
  ABSENT,
  /** A process listens and did not answer in time. */
  HUNG
}
