package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.model.Dependent;

/** The packet filters: what a move would make of their rules. */
final class FirewallOnHn {

  private FirewallOnHn() {}

  /** Where the configuration has moved already, it is told what has not moved along. */
  static Stream<Dependent> of(Subject s) {
    return FirewallJudge.of(s.guest(), s.hn(), s.lagg(), s.use().firewall()).stream()
        .map(
            row ->
                s.moves() || row.verdict() != Dependent.Verdict.REFUSE
                    ? row
                    : new Dependent(row.who(), Dependent.Verdict.TELL, row.reason(), row.remedy()));
  }
}
