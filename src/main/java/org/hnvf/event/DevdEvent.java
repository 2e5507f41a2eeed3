package org.hnvf.event;

import org.hnvf.model.InterfaceName;

/**
 * An event of devd(8). It triggers a reconciliation and proves nothing about the guest: an event
 * may be lost, duplicated or late.
 */
public sealed interface DevdEvent {

  /**
   * An Ethernet interface was attached (ETHERNET/IFATTACH, net/if_ethersubr.c). Sent for every one:
   * a VF, a lagg, an epair.
   */
  record IfAttach(InterfaceName name) implements DevdEvent {}

  /**
   * The VF of {@code hn} was brought up and the host sends through it (HYPERV_NIC_VF/VF_UP, hn(4)).
   * The event does not contain the VF's name.
   */
  record VfUp(InterfaceName hn) implements DevdEvent {}

  /** The VF of {@code hn} went down. The event may be missing if the VF was detached while up. */
  record VfDown(InterfaceName hn) implements DevdEvent {}

  /** An interface is gone (IFNET/DETACH, net/if.c). */
  record IfDetach(InterfaceName name) implements DevdEvent {}

  /** An interface got its link (IFNET/LINK_UP). */
  record LinkUp(InterfaceName name) implements DevdEvent {}

  /** An interface lost its link (IFNET/LINK_DOWN). */
  record LinkDown(InterfaceName name) implements DevdEvent {}

  /** An interface was renamed (IFNET/RENAME). */
  record Renamed(InterfaceName from, InterfaceName to) implements DevdEvent {}

  /**
   * A device node was created under /dev (DEVFS/CDEV/CREATE).
   *
   * @param cdev its name as devfs(5) has it; not checked beyond the checks of every line
   */
  record DeviceCreated(String cdev) implements DevdEvent {}

  /**
   * A device node under /dev is gone (DEVFS/CDEV/DESTROY).
   *
   * @param cdev its name as devfs(5) has it; not checked beyond the checks of every line
   */
  record DeviceDestroyed(String cdev) implements DevdEvent {}

  /**
   * A well-formed event that hnvf ignores.
   *
   * @param text the line
   */
  record Other(String text) implements DevdEvent {}
}
