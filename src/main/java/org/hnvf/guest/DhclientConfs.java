package org.hnvf.guest;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.freebsd.DhclientConf;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.SystemException;

/** The configuration file of dhclient(8), and the one that is derived from it for a lagg. */
public final class DhclientConfs {

  private final DurableFiles files;

  /** Creates the configuration in the guest of {@code files}. */
  public DhclientConfs(DurableFiles files) {
    this.files = files;
  }

  /**
   * Returns the interfaces with a block in the file. If the file exists and cannot be read, every
   * interface except laggs counts as having one: then no client is started on a lagg without the
   * file, and nothing else depends on it.
   */
  ImmutableSet<String> interfaces(ImmutableMap<String, NetInterface> there) {
    try {
      return text().map(DhclientConf::interfaces).orElse(ImmutableSet.of());
    } catch (SystemException e) {
      return there.values().stream()
          .filter(one -> one.lagg().isEmpty())
          .map(NetInterface::name)
          .collect(ImmutableSet.toImmutableSet());
    }
  }

  /**
   * Writes a copy in which the block of one interface applies to another. It is written for each
   * start of a client, so that it contains the current configuration.
   *
   * @throws SystemException if one of the files cannot be read or written
   */
  public void derive(InterfaceName from, InterfaceName to, String target) throws SystemException {
    files.write(target, DhclientConf.renamed(text().orElse(""), from.value(), to.value()));
  }

  /** Returns why the file cannot be read; empty if it can, or does not exist. */
  Optional<String> fault() {
    try {
      text();
      return Optional.empty();
    } catch (SystemException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> text() throws SystemException {
    return files.readThroughLinks(DhclientConf.FILE);
  }
}
