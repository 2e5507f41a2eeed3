package org.hnvf.override;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.InterfaceName;

/**
 * A file in one of the directories of override scripts.
 *
 * @param path its path on the guest
 * @param hn the interface in its name; empty if no interface can have this name
 * @param rights its owner and mode, for display
 * @param faults the reasons why it would not be run, the first one first; empty if it would be
 */
public record OverrideEntry(
    String path, Optional<InterfaceName> hn, String rights, ImmutableList<String> faults) {

  /** Returns a copy with one more reason. */
  public OverrideEntry with(String fault) {
    return new OverrideEntry(
        path, hn, rights, ImmutableList.<String>builder().addAll(faults).add(fault).build());
  }
}
