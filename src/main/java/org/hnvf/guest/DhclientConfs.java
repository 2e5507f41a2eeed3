package org.hnvf.guest;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.freebsd.DhclientConf;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.SystemException;

/** The configuration of dhclient(8), and the one that is derived from it for a lagg. */
public final class DhclientConfs {

  private final DurableFiles files;

  /** The configuration of the guest of {@code files}. */
  public DhclientConfs(DurableFiles files) {
    this.files = files;
  }

  /**
   * The interfaces that it has a block of. Where it is there and cannot be read, it has one of
   * every interface that is no lagg, as far as anybody knows: then no client is started on a lagg
   * without it, and nothing else depends on it.
   */
  ImmutableSet<String> interfaces(ImmutableMap<String, NetInterface> there) {
    try {
      return files.read(DhclientConf.FILE).map(DhclientConf::interfaces).orElse(ImmutableSet.of());
    } catch (SystemException e) {
      return there.values().stream()
          .filter(one -> one.lagg().isEmpty())
          .map(NetInterface::name)
          .collect(ImmutableSet.toImmutableSet());
    }
  }

  /**
   * Writes a copy in which the block of one interface is that of another. It is made anew for each
   * start of a client, so that it says what the file says now.
   *
   * @throws SystemException where one of them cannot be read or written
   */
  public void derive(InterfaceName from, InterfaceName to, String target) throws SystemException {
    Optional<String> text = files.read(DhclientConf.FILE);
    files.write(target, DhclientConf.renamed(text.orElse(""), from.value(), to.value()));
  }
}
