package org.hnvf.lab.cli;

import java.util.Iterator;
import org.hnvf.lab.SimulatedMachine;

/** The names of the kinds of simulated guests, for completion. */
final class GuestKinds implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return SimulatedMachine.KINDS.keySet().iterator();
  }
}
