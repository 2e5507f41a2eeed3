package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.model.Dependent;

/** The groups of hn. A program that names a group, such as a packet filter, continues to use it. */
final class GroupsOfHn {

  private GroupsOfHn() {}

  static Stream<Dependent> of(Subject s) {
    return s.hnNow().stream()
        .filter(hn -> s.moves())
        .flatMap(hn -> hn.groups().stream())
        .map(
            group ->
                Dependent.moved(
                    "group " + group,
                    s.lagg()
                        + " is in it before it has a port, and "
                        + s.hn()
                        + " leaves it after the move"));
  }
}
