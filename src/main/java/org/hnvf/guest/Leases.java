package org.hnvf.guest;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.ParseCache;
import org.hnvf.freebsd.Dhclient;
import org.hnvf.freebsd.LeaseFile;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LeasedAddress;
import org.hnvf.model.SystemException;

/** The lease files of dhclient(8). */
public final class Leases {

  private final DurableFiles files;
  private final ParseCache<ImmutableMap<String, String>, ImmutableMap<String, LeasedAddress>> last =
      new ParseCache<>(Leases::last);

  /** Creates the lease files in the guest of {@code files}. */
  public Leases(DurableFiles files) {
    this.files = files;
  }

  /**
   * Copies the leases of {@code from} to {@code to}: the name in each block is changed, because a
   * client skips the leases of another interface and requests a new one. A newer lease of {@code
   * to} is kept.
   *
   * @return whether the file of {@code to} was written
   * @throws SystemException if a file cannot be read or written
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

  /**
   * Returns the last lease of each of these interfaces. A lease file that cannot be read, because
   * it is a link or too large, counts as absent.
   */
  ImmutableMap<String, LeasedAddress> of(Collection<String> interfaces) {
    ImmutableSet<String> kept = leaseFiles();
    ImmutableMap.Builder<String, String> texts = ImmutableMap.builder();
    for (String name : interfaces) {
      InterfaceName.of(name)
          .filter(known -> kept.contains(Dhclient.leaseFile(known)))
          .flatMap(this::text)
          .ifPresent(text -> texts.put(name, text));
    }
    return last.of(texts.buildOrThrow());
  }

  /** Returns the names of the existing lease files; most interfaces have no lease. */
  private ImmutableSet<String> leaseFiles() {
    try {
      return files.list(Dhclient.LEASES).stream()
          .map(name -> Dhclient.LEASES + "/" + name)
          .collect(ImmutableSet.toImmutableSet());
    } catch (SystemException e) {
      warn("cannot read the DHCP leases: " + e.getMessage());
      return ImmutableSet.of();
    }
  }

  private Optional<String> text(InterfaceName name) {
    try {
      return files.read(Dhclient.leaseFile(name));
    } catch (SystemException e) {
      warn("cannot read the DHCP lease of " + name + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Logs a warning. A logger takes time to start, so it is created only for a message. */
  private static void warn(String what) {
    System.getLogger(Leases.class.getName()).log(Level.WARNING, what);
  }

  private static ImmutableMap<String, LeasedAddress> last(ImmutableMap<String, String> texts) {
    ImmutableMap.Builder<String, LeasedAddress> leases = ImmutableMap.builder();
    texts.forEach((name, text) -> last(name, text).ifPresent(lease -> leases.put(name, lease)));
    return leases.buildOrThrow();
  }

  private static Optional<LeasedAddress> last(String name, String text) {
    return LeaseFile.parse(text).stream()
        .filter(lease -> lease.interfaceName().map(name::equals).orElse(true))
        .reduce((earlier, later) -> later)
        .flatMap(
            lease ->
                lease
                    .prefix()
                    .map(
                        prefix ->
                            new LeasedAddress(
                                prefix,
                                lease.routers().stream()
                                    .findFirst()
                                    .map(InetAddresses::toAddrString))));
  }

  private static Instant expiry(String text) {
    return LeaseFile.parse(text).stream()
        .flatMap(lease -> lease.expire().stream())
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }
}
