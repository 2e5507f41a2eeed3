package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import java.time.Duration;

/**
 * How the DHCP server of a network behaves. Plain data.
 *
 * @param answers whether it answers at all
 * @param refuses whether it refuses (DHCPNAK) every old lease, the one that it would give included
 * @param address the address that it gives
 * @param delayMillis how long it takes for each answer, in milliseconds
 * @param leaseSeconds for how long it gives an address
 */
public record DhcpServer(
    boolean answers, boolean refuses, String address, long delayMillis, long leaseSeconds) {

  private static final long DAY = 86_400;

  /** Checks the address and that no time is negative. */
  public DhcpServer {
    if (answers && !InetAddresses.isInetAddress(address)) {
      throw new IllegalArgumentException("not an address: " + address);
    }
    if (delayMillis < 0 || leaseSeconds <= 0) {
      throw new IllegalArgumentException(
          "delay " + delayMillis + " ms, lease " + leaseSeconds + " s");
    }
  }

  /** It gives this address for a day, and refuses old leases of another one. */
  public static DhcpServer giving(String address) {
    return new DhcpServer(true, false, address, 0, DAY);
  }

  /** No server answers. */
  public static DhcpServer silent() {
    return new DhcpServer(false, false, "", 0, DAY);
  }

  /** The same, refusing every old lease before it gives an address. */
  public DhcpServer refusingOldLeases() {
    return new DhcpServer(answers, true, address, delayMillis, leaseSeconds);
  }

  /** The same, taking this long for each answer. */
  public DhcpServer delayedBy(Duration delay) {
    return new DhcpServer(answers, refuses, address, delay.toMillis(), leaseSeconds);
  }

  /** The same, giving leases of this length. */
  public DhcpServer leasing(Duration length) {
    return new DhcpServer(answers, refuses, address, delayMillis, length.toSeconds());
  }
}
