package org.hnvf.guest;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.freebsd.Dhclient;
import org.hnvf.freebsd.LeaseFile;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.SystemException;

/** The lease files of dhclient(8). */
public final class Leases {

  private final DurableFiles files;

  /** The lease files of the guest of {@code files}. */
  public Leases(DurableFiles files) {
    this.files = files;
  }

  /**
   * Makes the leases of {@code from} those of {@code to}: the name in each block is changed, since
   * a client passes over the leases of another interface and asks for a new one. A newer lease that
   * {@code to} has of its own stays.
   *
   * @return whether the file of {@code to} was written
   * @throws SystemException where a file cannot be read or written
   */
  public boolean carry(InterfaceName from, InterfaceName to) throws SystemException {
    Optional<String> source = files.read(Dhclient.leaseFile(from));
    if (source.isEmpty() || from.equals(to)) {
      return false;
    }
    Instant theirs = files.read(Dhclient.leaseFile(to)).map(Leases::expiry).orElse(Instant.MIN);
    if (theirs.isAfter(expiry(source.get()))) {
      return false;
    }
    files.write(Dhclient.leaseFile(to), LeaseFile.withInterface(source.get(), from, to));
    return true;
  }

  private static Instant expiry(String text) {
    return LeaseFile.parse(text).stream()
        .flatMap(lease -> lease.expire().stream())
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }
}
