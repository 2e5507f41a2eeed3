package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.model.Dependent;

/**
 * Nodes of netgraph(4) on hn, such as PPPoE. They are attached to the interface itself, and a port
 * of a lagg(4) passes received packets to the lagg first.
 */
final class NetgraphOnHn {

  private NetgraphOnHn() {}

  static Stream<Dependent> of(Subject s) {
    return !s.moves()
        ? Stream.empty()
        : s.use().netgraph().stream()
            .map(
                what ->
                    Dependent.refused(
                        "netgraph(4) on " + s.hn(),
                        what + ", which hnvf does not move",
                        "disconnect it from "
                            + s.hn()
                            + ", or make a lagg of "
                            + s.hn()
                            + " in rc.conf and put it on that"));
  }
}
