package org.hnvf.lab.cli;

import com.google.common.collect.ImmutableList;
import java.util.Iterator;

/** The drivers of VFs, for completion. */
final class VfDrivers implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return ImmutableList.of("mlxen", "mce", "mana").iterator();
  }
}
